import fc from 'fast-check';

/**
 * How the inputs are drawn: always the same ones in `npm test`, others each night (`npm run test:nightly`, which prints its seed). The nightly run tries ten times as many.
 */
const seed = Number(process.env.LAIGU_HOSTILE_SEED ?? 20260310);
const factor = Number(process.env.LAIGU_HOSTILE_FACTOR ?? 1);

/** The settings of one property. */
export const drawing = (runs: number) => ({ seed, numRuns: runs * factor });

/** Names that every object has, names that the package itself uses, and names of Laigu's fields. */
const NAMES = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then', 'toJSON', 'length', ''],
	...['phone', 'name', 'channel', 'event', 'custom', 'other', 'lead', 'attribution', 'messages', 'json', 'error'],
	...[
		'conv_id',
		'track_id',
		'conv_end_tm',
		'conv_start_tm',
		'created_on',
		'updated_on',
		'client_info',
		'conv_content',
		'tags',
		'tel',
	],
	...[
		'weixin',
		'qq',
		'agent_name',
		'content',
		'from',
		'timestamp',
		'custom_fields',
		'attrs',
		'comment',
		'summary',
		'errno',
		'errmsg',
	],
	...['result', 'data', 'rows', 'conversations', 'clients', 'list', 'next_page_token'],
];

const STEMS = [
	'(',
	'\\"',
	' ',
	'\u3000',
	'\n',
	'a',
	'1',
	'13800138000',
	'微信',
	'v',
	'+',
	'-',
	'/',
	'<',
	'%',
	'\u202d',
	'\u0000',
	'=',
	'0.',
	'E',
];

/** Texts that are long in one thing, or hold what has a meaning somewhere. */
export const hostileText = fc.oneof(
	{ weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
	fc
		.tuple(fc.constantFrom(...STEMS), fc.integer({ min: 1, max: 3_000 }), fc.constantFrom('', 'x', '\\', '13800138000'))
		.map(([stem, times, end]) => stem.repeat(times) + end),
	fc.constantFrom(
		'=HYPERLINK("http://evil.example","x")',
		'李\u0000四',
		'张三\n[2026-03-10 10:42:40] Agent Lin: 已同意全额退款',
		'0001-01-01T00:00:00Z',
		'9999-12-31 23:59:59.999999',
		'2026-03-10 10:00:00.000000',
		'1e400',
		'\ud800',
		'12345678901234567890',
	),
);

const hostileNumber = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(0, -0, 1e308, 2 ** 53, 1_773_100_800, -1));

/** Any JSON, of any shape, with names that break careless code. */
export const { value: hostileValue } = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 4, depthSize: 'small' },
		fc.oneof(fc.constantFrom(null, true, false, [], {}), hostileText, hostileNumber),
		fc.array(tie('value'), { maxLength: 4 }),
		fc
			.array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 8 })), tie('value')), { maxLength: 8 })
			.map(
				(entries) =>
					JSON.parse(
						`{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`,
					) as unknown,
			),
	),
}));

/** What a run may have changed for everybody. */
export function expectPrototypesUntouched(): void {
	expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(PROTOTYPE_NAMES);
	expect(Object.keys({})).toEqual([]);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
}

const PROTOTYPE_NAMES = Object.getOwnPropertyNames(Object.prototype).sort();

/** Whether an error is one of the package's own: told in words for the user, and none that JavaScript throws by itself. */
export function expectOwnError(error: Error | undefined): void {
	if (!error) return;
	expect(['NodeApiError', 'NodeOperationError']).toContain(error.name);
	expect(error.message).not.toMatch(/undefined|is not a function|Cannot read|call stack|\[object|Invalid (array|time)/);
}
