import { parseArgs } from 'node:util';
import { parseFault } from './cliFault';
import { FlagFault } from './flagFault';
import type { SimulatorOptions } from './options';
import { SERVER_FLAGS, SWITCH_FLAGS, type Flag, type SwitchFlag } from './flagTable';
import { DEFAULT_SWITCHES, type Switches } from './switches';

const SWITCH_NAMES = Object.keys(SWITCH_FLAGS) as Array<keyof Switches>;

/** `v2WindowHours` as a flag: `v2-window-hours`. */
function kebab(name: string): string {
	return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function numberIn(flag: string, text: string, least: number, most = Number.MAX_SAFE_INTEGER, whole = true): number {
	const value = text.trim() === '' ? Number.NaN : Number(text);
	const kind = whole ? 'a whole number' : 'a number';
	const range = most === Number.MAX_SAFE_INTEGER ? `${kind} from ${least}` : `${kind} from ${least} to ${most}`;
	if (!(value >= least && value <= most) || (whole && !Number.isInteger(value)))
		throw new FlagFault(`--${flag} wants ${range}, not '${text}'`);
	return value;
}

function choiceIn(flag: string, text: string, values: readonly string[]): string {
	if (!values.includes(text)) throw new FlagFault(`--${flag} wants one of ${values.join(', ')}, not '${text}'`);
	return text;
}

function switchValue(flag: string, takes: SwitchFlag, text: string): unknown {
	if (takes === 'onOff') return true;
	if ('least' in takes) return numberIn(flag, text, takes.least, undefined, false);
	return takes.list
		? text.split(',').map((one) => choiceIn(flag, one.trim(), takes.values))
		: choiceIn(flag, text, takes.values);
}

type Values = Record<string, string | boolean | Array<string | boolean> | undefined>;

function parse(args: string[]): Values {
	const options: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> = {};
	for (const [name, flag] of Object.entries<Flag>(SERVER_FLAGS))
		options[name] = { type: flag.value ? 'string' : 'boolean', multiple: flag.multiple };
	for (const name of SWITCH_NAMES)
		options[kebab(name)] = { type: SWITCH_FLAGS[name].takes === 'onOff' ? 'boolean' : 'string' };
	try {
		return parseArgs({ args, options: JSON.parse(JSON.stringify(options)) as typeof options, strict: true }).values;
	} catch (error) {
		throw new FlagFault(error instanceof Error ? error.message : String(error));
	}
}

export interface Serve {
	options: SimulatorOptions;
	quiet: boolean;
	help: boolean;
}

/** What the command line asks for. Throws FlagFault for a flag that does not exist, or a value that is not allowed. */
export function readFlags(args: string[]): Serve {
	const values = parse(args);
	const text = (name: keyof typeof SERVER_FLAGS): string | undefined =>
		typeof values[name] === 'string' ? values[name] : undefined;
	const number = (name: keyof typeof SERVER_FLAGS, least: number, most?: number, whole = true): number | undefined => {
		const given = text(name);
		return given === undefined ? undefined : numberIn(name, given, least, most, whole);
	};

	const perSecond = number('rate-limit', 0.1, undefined, false);
	const refusal = choiceIn('rate-answer', text('rate-answer') ?? '10014', ['10014', '429']) as '10014' | '429';
	const burst = number('rate-burst', 1);
	const retryAfterSeconds = number('retry-after', 0);
	const account = {
		accessToken: text('access-token'),
		appId: text('app-id'),
		sign: text('sign'),
		enterpriseId: number('enterprise-id', 1),
	};
	const faults = Array.isArray(values.fault) ? values.fault : [];
	const chosen = SWITCH_NAMES.filter((name) => values[kebab(name)] !== undefined);
	const switches = chosen.map((name) => [
		name,
		switchValue(kebab(name), SWITCH_FLAGS[name].takes, String(values[kebab(name)])),
	]);

	return {
		options: {
			port: number('port', 0, 65_535) ?? 8787,
			latencyMs: number('latency', 0),
			rateLimit: perSecond === undefined ? undefined : { perSecond, burst, answer: refusal, retryAfterSeconds },
			faults: faults.map((fault) => parseFault(String(fault))),
			apiOpened: values['api-closed'] !== true,
			days: number('days', 1, 3_650),
			conversationsPerDay: number('per-day', 1, 100_000),
			seed: number('seed', 0),
			live: values.frozen !== true,
			account: Object.fromEntries(Object.entries(account).filter(([, value]) => value !== undefined)),
			switches: Object.fromEntries(switches) as Partial<Switches>,
			page: {
				webhook: { url: text('webhook'), secret: text('webhook-secret') },
				webhooksAnywhere: values['webhooks-anywhere'] === true,
			},
		},
		quiet: values.quiet === true,
		help: values.help === true,
	};
}

function table(rows: Array<[string, string]>): string {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}

function takenBy(takes: SwitchFlag): string {
	if (takes === 'onOff') return '';
	return 'least' in takes ? ' number' : ` ${takes.values.join('|')}`;
}

/** The table of all flags, for a person. */
export function helpText(): string {
	const server = Object.entries<Flag>(SERVER_FLAGS).map(([name, { value, help }]): [string, string] => [
		`--${name}${value ? ` ${value}` : ''}`,
		help,
	]);
	const switches = SWITCH_NAMES.map((name): [string, string] => {
		const { takes, help } = SWITCH_FLAGS[name];
		return [
			`--${kebab(name)}${takenBy(takes)}`,
			takes === 'onOff' ? help : `${help}; ${String(DEFAULT_SWITCHES[name])}`,
		];
	});
	return [
		'A Laigu server for development, with demo data up to now, and a page at its address to make things happen.',
		'',
		'npm run simulator -- [flags]',
		'npm run simulator -- send --help    sends webhook events instead',
		'',
		'Server (the default stands after the semicolon)',
		table(server),
		'',
		"What Laigu's document leaves open",
		table(switches),
		'',
		'For example: npm run simulator -- --latency 50 --rate-limit 20 --fault 10015:0.05 --envelope data --ends halfOpen',
	].join('\n');
}
