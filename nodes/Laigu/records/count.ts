import type { IDataObject } from 'n8n-workflow';

import { oneLine } from '../shared/text';
import { toBeijingText } from '../shared/time';
import type { Range } from '../shared/time';
import { COUNTED } from './countBy';
import type { CountBy } from './countBy';
import type { RecordTable } from './field';
import { valueReaderFor } from './read';
import { readTime } from './readings';
import { rangeOf } from './reportGroups';
import { asText } from './values';

/** Counts records as they are read, so that none has to be kept. */
export interface Counter {
	add(record: IDataObject): void;
	/** An item for each value, the most frequent first; days in their order. */
	items(range: Range): IDataObject[];
}

/**
 * Counts the records of a list by a value: `count`, and of these `leads` (those with a phone, WeChat or QQ), `withPhone`, `withWechat` and
 * `withQq`. Records without the value are counted under an empty one.
 *
 * @param table the kind of record
 * @param by what to count by
 * @param timeField Laigu's name of the time that decides on a record's day
 * @param expected values that are to be there even where nothing has them
 */
export function createCounter(table: RecordTable, by: CountBy, timeField: string, expected: string[]): Counter {
	const zero = { count: 0, leads: 0, withPhone: 0, withWechat: 0, withQq: 0 };
	const counts = new Map(expected.map((value) => [value, { ...zero }]));
	const [readPhone, readWechat, readQq] = ['phone', 'wechat', 'qq'].map((name) => valueReaderFor(table, name));
	const readValue = by === 'day' ? undefined : valueReaderFor(table, COUNTED[by]);

	function valueOf(record: IDataObject): string {
		if (readValue) return oneLine(asText(readValue(record)));
		const at = readTime(record[timeField]);
		return at === undefined ? '' : toBeijingText(at).slice(0, 10);
	}

	return {
		add(record) {
			const value = valueOf(record);
			const counted = counts.get(value) ?? { ...zero };
			const [phone, wechat, qq] = [readPhone, readWechat, readQq].map((read) => read(record) !== undefined);
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
			return all.map(([value, counted]) => ({ [by]: value, ...counted, ...rangeOf(range) }));
		},
	};
}
