import { FlagFault } from './flagFault';
import { FAULT_KINDS, type FaultKind, type FaultRule } from './faults';

const NUMBERS: Readonly<Record<string, 'times' | 'after' | 'delayMs' | 'retryAfterSeconds' | 'rate'>> = {
	times: 'times',
	after: 'after',
	delay: 'delayMs',
	'retry-after': 'retryAfterSeconds',
	rate: 'rate',
};

function isKind(text: string): text is FaultKind {
	return (FAULT_KINDS as readonly string[]).includes(text);
}

function patternOf(text: string): RegExp {
	try {
		return new RegExp(text);
	} catch {
		throw new FlagFault(`--fault: match wants a regular expression, not '${text}'`);
	}
}

function option(part: string): Partial<FaultRule> {
	const cut = part.indexOf('=');
	const name = cut < 0 ? 'rate' : part.slice(0, cut).trim();
	const value = part.slice(cut + 1).trim();
	if (name === 'match') return { match: patternOf(value) };
	const field = NUMBERS[name];
	if (!field)
		throw new FlagFault(
			`--fault: options are a share from 0 to 1, match=, ${Object.keys(NUMBERS).join('=, ')}=, not '${part}'`,
		);
	const number = value === '' ? Number.NaN : Number(value);
	const most = field === 'rate' ? 1 : Infinity;
	if (!(number >= 0 && number <= most))
		throw new FlagFault(`--fault: ${name} wants a number from 0${field === 'rate' ? ' to 1' : ''}, not '${value}'`);
	return { [field]: number };
}

/** A fault as written on the command line: `kind`, `kind:0.05` (a share of the requests), `kind:times=2,match=/v2/clients`. */
export function parseFault(text: string): FaultRule {
	const cut = text.indexOf(':');
	const kind = cut < 0 ? text : text.slice(0, cut);
	if (!isKind(kind)) throw new FlagFault(`--fault wants one of ${FAULT_KINDS.join(', ')}, not '${kind}'`);
	const parts = cut < 0 ? [] : text.slice(cut + 1).split(',');
	return parts.reduce<FaultRule>((rule, part) => ({ ...rule, ...option(part) }), { kind });
}
