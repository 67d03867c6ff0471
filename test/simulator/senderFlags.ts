import { parseArgs } from 'node:util';
import { FlagFault } from './flagFault';
import { HEADER_NAMES, SIGNATURES, type SenderOptions, type SignatureMode } from './sender';
import { EVENT_NAMES, type EventName, type EventOptions } from './senderEvents';

interface SendFlag {
	value?: string;
	help: string;
}

const FLAGS = {
	to: { value: 'url', help: "the trigger's URL, Test or Production" },
	secret: { value: 'text', help: 'the signing secret; without it nothing is signed' },
	header: { value: 'name', help: `the signature's header: ${HEADER_NAMES.join(', ')}; the first` },
	signature: {
		value: SIGNATURES.join('|'),
		help: 'right, and missing for cus_became_leads, which Laigu does not sign',
	},
	count: { value: 'number', help: 'how many events; one of each' },
	'at-once': { value: 'number', help: 'deliveries at the same time; 1' },
	repeat: { value: 'number', help: 'deliver everything so often again; 0' },
	shuffle: { help: 'out of order' },
	gzip: { help: 'compress the bodies' },
	age: { value: 'seconds', help: 'events that were made so long ago; 0' },
	'old-ids': { help: 'ids of the older form, alike for all events of a second' },
	'enterprise-token': { value: 'text', help: "another than the demo account's" },
	'retry-delay': { value: 'seconds', help: 'deliver once more after anything but 200; never' },
	seed: { value: 'number', help: 'other demo records; 1' },
	help: { help: 'this table' },
} satisfies Record<string, SendFlag>;

export interface Send {
	sender: SenderOptions;
	events: EventOptions;
	repeat: number;
	shuffle: boolean;
	help: boolean;
}

function namesOf(given: string): EventName[] {
	if (given === 'all') return [...EVENT_NAMES];
	const names = given.split(',').map((name) => name.trim());
	for (const name of names) {
		if (!(EVENT_NAMES as readonly string[]).includes(name))
			throw new FlagFault(`send wants all or some of ${EVENT_NAMES.join(', ')}, not '${name}'`);
	}
	return names as EventName[];
}

function numberOf(flag: string, text: string | undefined, least: number): number | undefined {
	if (text === undefined) return undefined;
	const value = text.trim() === '' ? Number.NaN : Number(text);
	if (!(value >= least)) throw new FlagFault(`--${flag} wants a number from ${least}, not '${text}'`);
	return value;
}

function parse(args: string[]): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
	const options = Object.fromEntries(
		Object.entries<SendFlag>(FLAGS).map(([name, { value }]) => [
			name,
			{ type: value ? ('string' as const) : ('boolean' as const) },
		]),
	);
	try {
		return parseArgs({ args, options, strict: true, allowPositionals: true });
	} catch (error) {
		throw new FlagFault(error instanceof Error ? error.message : String(error));
	}
}

/** What `send …` asks for. Throws FlagFault for a flag that does not exist, a value that is not allowed, or a missing URL. */
export function readSendFlags(args: string[], now: Date = new Date()): Send {
	const { values, positionals } = parse(args);
	const help = values.help === true;
	const text = (name: keyof typeof FLAGS): string | undefined =>
		typeof values[name] === 'string' ? values[name] : undefined;
	const number = (name: keyof typeof FLAGS, least: number): number | undefined => numberOf(name, text(name), least);

	if (positionals.length > 1)
		throw new FlagFault(`send takes one list of events, separated by commas, not '${positionals.join(' ')}'`);
	const names = namesOf(positionals[0] ?? 'all');
	const url = text('to') ?? '';
	if (!help && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
		throw new FlagFault(`--to wants the trigger's URL, such as http://127.0.0.1:5678/webhook/…/webhook, not '${url}'`);
	const signature = text('signature');
	if (signature !== undefined && !(SIGNATURES as readonly string[]).includes(signature))
		throw new FlagFault(`--signature wants one of ${SIGNATURES.join(', ')}, not '${signature}'`);

	const retryDelay = number('retry-delay', 0);
	const enterpriseToken = text('enterprise-token');
	return {
		sender: {
			url,
			secret: text('secret'),
			header: text('header'),
			signature: signature as SignatureMode | undefined,
			gzip: values.gzip === true,
			atOnce: number('at-once', 1),
			retryAfterMs: retryDelay === undefined ? undefined : retryDelay * 1000,
		},
		events: {
			names,
			count: number('count', 1) ?? names.length,
			account: enterpriseToken === undefined ? {} : { enterpriseToken },
			seed: number('seed', 0),
			at: new Date(now.getTime() - (number('age', 0) ?? 0) * 1000),
			ids: values['old-ids'] === true ? 'seconds' : 'numbered',
		},
		repeat: number('repeat', 0) ?? 0,
		shuffle: values.shuffle === true,
		help,
	};
}

/** The table of all flags of `send`, for a person. */
export function sendHelpText(): string {
	const rows = Object.entries<SendFlag>(FLAGS).map(([name, { value, help }]) => [
		`--${name}${value ? ` ${value}` : ''}`,
		help,
	]);
	const width = Math.max(...rows.map(([left]) => left.length).filter((length) => length < 40));
	return [
		"Sends events to a Laigu Trigger, as Laigu's webhooks do.",
		'',
		'npm run simulator -- send [events] --to url [flags]',
		'',
		`Events: all, or some of ${EVENT_NAMES.join(', ')}`,
		'',
		...rows.map(([left, right]) =>
			left.length > width ? `  ${left}\n  ${' '.repeat(width)}  ${right}` : `  ${left.padEnd(width)}  ${right}`,
		),
		'',
		'For example: npm run simulator -- send client.updated --to http://127.0.0.1:5678/webhook/…/webhook --secret demo --count 500 --at-once 50',
	].join('\n');
}
