import type { IDataObject } from 'n8n-workflow';

import { inBeijing, parseLaiguTime } from '../shared/time';
import type { Range } from '../shared/time';
import { personOf } from './conversation';
import { attributionOf, leadOf } from './lead';
import { textOf } from './names';
import { rangeOf } from './report';

/** What records can be counted by, the first by default. Agents and their groups are known of conversations only. */
export const COUNT_BY = {
	customer: ['channel', 'account', 'advertiser', 'campaign', 'creative', 'day', 'note'],
	conversation: ['channel', 'account', 'advertiser', 'agent', 'campaign', 'creative', 'day', 'group', 'note'],
} as const;

/** One of them. */
export type CountBy = (typeof COUNT_BY)['conversation'][number];

/** Counts records as they are read, so that none has to be kept. */
export interface Counter {
	add(record: IDataObject): void;
	/** An item for each value, the most frequent first; days in their order. */
	items(range: Range): IDataObject[];
}

function valueOf(record: IDataObject, by: CountBy, timeField: string): string {
	switch (by) {
		case 'agent':
			return textOf(record.agent_name) || textOf(record.agent_ID);
		case 'group':
			return textOf(record.group_name) || textOf(record.group_id);
		case 'day': {
			const at = parseLaiguTime(record[timeField]);
			return at === undefined ? '' : inBeijing(at).toFormat('yyyy-MM-dd');
		}
		default:
			return textOf(attributionOf(record)[by]);
	}
}

/**
 * Counts the records of a list by a value: `count`, and of these `leads` (those with a phone, WeChat or QQ), `withPhone`, `withWechat` and
 * `withQq`. Records without the value are counted under an empty one.
 *
 * @param by what to count by
 * @param timeField the record's time that decides on its day
 * @param expected values that are to be there even where nothing has them
 */
export function createCounter(by: CountBy, timeField: string, expected: string[]): Counter {
	const zero = { count: 0, leads: 0, withPhone: 0, withWechat: 0, withQq: 0 };
	const counts = new Map(expected.map((value) => [value, { ...zero }]));

	return {
		add(record) {
			const value = valueOf(record, by, timeField);
			const counted = counts.get(value) ?? { ...zero };
			const { phone, wechat, qq } = leadOf(personOf(record));
			counted.count++;
			if (phone || wechat || qq) counted.leads++;
			if (phone) counted.withPhone++;
			if (wechat) counted.withWechat++;
			if (qq) counted.withQq++;
			counts.set(value, counted);
		},
		items(range) {
			const all = counts.size > 0 ? [...counts] : [['', zero] as const];
			if (by !== 'day') all.sort(([, one], [, other]) => other.count - one.count);
			return all.map(([value, counted]) => ({ ...rangeOf(range), [by]: value, ...counted }));
		},
	};
}
