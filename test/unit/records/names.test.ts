import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { isEmpty, simpleFields, simpleName, simpleValue, withoutEmpty } from '../../../nodes/Laigu/records/names';
import { deepFreeze } from '../helpers';

const object = fc.object({ maxDepth: 3, key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')) });

test.each([
	['conv_id', 'conversationId'],
	['conv_start_tm', 'startedAt'],
	['conv_end_tm', 'endedAt'],
	['created_on', 'createdAt'],
	['updated_on', 'updatedAt'],
	['agent_ID', 'agentId'],
	['track_id', 'trackId'],
	['conv_first_resp_wait_in_secs', 'convFirstRespWaitSeconds'],
	['visitor_name', 'visitorName'],
	['clue_conv_cnt', 'clueConvCnt'],
	['wecom_link_id', 'wecomLinkId'],
	['备注', '备注'],
	['toString', 'toString'],
	['constructor', 'constructor'],
	['valueOf', 'valueOf'],
])('%s is called %s', (field, name) => {
	expect(simpleName(field)).toBe(name);
});

test.each([
	['conv_start_tm', '2017-04-20 10:42:33.465659', '2017-04-20T10:42:33.465+08:00'],
	['created_on', '2025-07-29T05:40:58.46Z', '2025-07-29T13:40:58.460+08:00'],
	['summary_update_at', 1753767658, '2025-07-29T13:40:58.000+08:00'],
	['conv_end_tm', 'soon', 'soon'],
	['conv_end_tm', null, null],
	['conv_agent_msg_count', '12', 12],
	['conv_agent_msg_count', ' 12 ', 12],
	['duration_time', '8.5', 8.5],
	['age', '28', 28],
	['age', '二十八', '二十八'],
	['age', '', ''],
	['offline', '0', 0],
	['missed_conv_cnt', 3, 3],
	['agent_id', '007', '007'],
	['effective', 'true', 'true'],
])('%s: %p is read as %p', (field, value, read) => {
	expect(simpleValue(field, value)).toBe(read);
});

test('0 and false say something, nothing else that is empty does', () => {
	for (const value of [null, undefined, '', [], {}]) expect(isEmpty(value)).toBe(true);
	for (const value of [0, false, ' ', [null], { a: null }, new Date(0)]) expect(isEmpty(value)).toBe(false);
});

test('empty values go at every depth; lists keep their places', () => {
	expect(
		withoutEmpty({ a: '', b: { c: null, d: { e: [] } }, f: { g: 0, h: '' }, list: [null, '', { i: '' }], no: false }),
	).toEqual({ f: { g: 0 }, list: [null, '', { i: '' }], no: false });
});

test('what is left is a part of what was there, without names that could reach a prototype', () => {
	fc.assert(
		fc.property(object, (given) => {
			const kept = withoutEmpty(deepFreeze(given) as IDataObject);
			expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
			expect(Object.keys(kept)).toEqual(expect.not.arrayContaining(['__proto__', 'constructor']));
			expect(withoutEmpty(kept)).toEqual(kept);
			for (const [name, value] of Object.entries(kept)) {
				expect(isEmpty(value)).toBe(false);
				if (typeof value !== 'object') expect(value).toBe((given as IDataObject)[name]);
			}
		}),
	);
});

test('a field named after a prototype is harmless', () => {
	const hostile = JSON.parse(
		'{"__proto__":{"isAdmin":true},"constructor":"x","custom":{"__proto__":{"isAdmin":true},"a":1}}',
	) as IDataObject;
	const simple = simpleFields(hostile);
	expect(simple).toMatchObject({ custom: { a: 1 } });
	expect(Object.keys(simple.custom as IDataObject)).toEqual(['a']);
	expect(Object.getPrototypeOf(simple.custom)).toBe(Object.prototype);
	expect('isAdmin' in simple || 'isAdmin' in {}).toBe(false);
});

test('fields that are not known pass, those left out do not', () => {
	expect(
		simpleFields(deepFreeze({ new_field: { in_ner: 1 }, drop_me: 1, empty: '' }), { leftOut: ['drop_me'] }),
	).toEqual({
		newField: { in_ner: 1 },
	});
});
