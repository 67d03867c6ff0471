import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { createCounter } from '../../nodes/Laigu/records/count';
import { countChoices } from '../../nodes/Laigu/records/countBy';
import { filterFor } from '../../nodes/Laigu/records/filter';
import { alignRows } from '../../nodes/Laigu/records/rows';
import { shaperFor } from '../../nodes/Laigu/records/shape';
import type { Output } from '../../nodes/Laigu/records/shape';
import { conversationTable, customerTable } from '../../nodes/Laigu/records/tables';
import { growthOf, LINEAR } from '../unit/growth';
import { deepFreeze } from '../unit/helpers';
import { CONVERSATION, CUSTOMER } from '../unit/records/samples';
import { drawing, expectPrototypesUntouched, hostileText, hostileValue } from './hostile';

afterEach(expectPrototypesUntouched);

const TABLES = { customer: customerTable, conversation: conversationTable };
const SHAPED: Output[] = ['simplified', 'spreadsheetRow', 'databaseRow', 'selectedFields'];
const OUTPUTS: Record<keyof typeof TABLES, Output[]> = {
	customer: [...SHAPED, 'raw'],
	conversation: [...SHAPED, 'raw', 'messages', 'transcript'],
};

/** A record of Laigu's of which some fields hold what nobody expects there. */
const spoiled = (kind: keyof typeof TABLES) => {
	const sound: IDataObject = kind === 'customer' ? CUSTOMER : CONVERSATION;
	const names = fc.oneof(
		fc.constantFrom(...Object.keys(sound)),
		fc.constantFrom('__proto__', 'toString', 'phone', 'customer', 'other'),
	);
	return fc
		.array(fc.tuple(names, fc.oneof(hostileValue, hostileText)), { maxLength: 6 })
		.map((entries) => JSON.parse(JSON.stringify({ ...sound, ...Object.fromEntries(entries) })) as IDataObject);
};

describe.each(['customer', 'conversation'] as const)('whatever a %s holds', (kind) => {
	test.each(OUTPUTS[kind])('%s is made of it without a throw, a change or a U+0000', (output) => {
		fc.assert(
			fc.property(spoiled(kind), fc.boolean(), fc.boolean(), (record, findContacts, maskContacts) => {
				const frozen = deepFreeze(record);
				const items = shaperFor(TABLES[kind], { output, fields: ['name', 'phone'], findContacts, maskContacts })(
					frozen,
				);
				const text = JSON.stringify(items);
				expect(Array.isArray(items)).toBe(true);
				for (const item of items) expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
				if (output !== 'raw') expect(text).not.toContain('\\u0000');
				if (output === 'spreadsheetRow' || output === 'databaseRow') {
					for (const value of items.flatMap((item) => Object.values(item)))
						expect(typeof value === 'object' && value !== null).toBe(false);
					alignRows(items);
				}
			}),
			drawing(100),
		);
	});

	test('it is filtered and counted', () => {
		const isWanted = filterFor(TABLES[kind], { channels: ['redbook'], agents: ['Lin'], onlyWithContact: true });
		fc.assert(
			fc.property(spoiled(kind), fc.constantFrom(...countChoices(TABLES[kind])), (record, by) => {
				expect(typeof isWanted?.(record)).toBe('boolean');
				const counter = createCounter(TABLES[kind], by, kind === 'customer' ? 'created_on' : 'conv_end_tm', []);
				counter.add(record);
				expect(counter.items({ from: 0, to: 1 })).toHaveLength(1);
			}),
			drawing(300),
		);
	});
});

const REPEATED = [
	'(',
	'"',
	'\\',
	' ',
	'\u3000',
	'\r\n',
	'\n[',
	'a',
	'1',
	'1 ',
	'138',
	'+86 ',
	'微信',
	'v',
	'v:a',
	'￼',
	'\u200d',
	'=',
	'%',
	'<',
	':',
	'，',
];

describe.each(REPEATED)('a text of nothing but %j takes time linear in its length', (unit) => {
	const record = (size: number): IDataObject => {
		const text = unit.repeat(Math.floor(size / unit.length));
		const message = { content: `a${text}b`, content_type: 'text', from: 'client', timestamp: text.slice(0, 90) };
		return {
			...CONVERSATION,
			conv_content: [message],
			agent_name: text,
			summary: text,
			client_info: { name: text, tel: text, weixin: text },
		};
	};

	test('shaped in full and as a transcript, its contacts found and masked', () => {
		const settings = { findContacts: true, maskContacts: true };
		const shapers = (['simplified', 'transcript'] as const).map((output) =>
			shaperFor(conversationTable, { output, ...settings }),
		);
		const shape = (given: IDataObject) => shapers.map((shaper) => shaper(given));
		expect(growthOf(shape, record, 12_000)).toBeLessThan(LINEAR * 2);
	});
});
