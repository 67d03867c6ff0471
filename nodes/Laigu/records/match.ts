import type { IDataObject } from 'n8n-workflow';

import { oneLine, withoutUnseen } from '../shared/text';
import { comparable } from './comparing';
import type { RecordTable } from './field';
import { cleanPhone } from './phone';
import { givenValuesOf } from './read';
import { asText } from './values';

/** What a customer can be found by. */
export type FindBy = 'phone' | 'wechat' | 'qq' | 'trackId' | 'name';

/** Our names of what is looked at. */
const LOOKED_AT: Record<FindBy, string[]> = {
	phone: ['phone'],
	wechat: ['wechat'],
	qq: ['qq'],
	trackId: ['trackId'],
	name: ['name', 'customerName'],
};

/** Nobody writes a number in one way: beside what {@link cleanPhone} does, 86 and 0086 before a mobile number do not matter. */
const comparablePhone = (value: string) => value.replace(/^(\+|00)?86(?=1\d{10}$)/, '');

/** What a value is compared by: several texts where it holds several phone numbers. A track ID's upper case counts. */
function comparables(value: unknown, by: FindBy): string[] {
	if (by === 'trackId') return [oneLine(withoutUnseen(asText(value)))];
	if (by !== 'phone') return [comparable(value)];
	const whole = cleanPhone(value);
	return [whole, ...whole.split(/[^\d+]+/)].map(comparablePhone);
}

/**
 * A test for customers, or conversations with customers, who fit a value, both cleaned in the same way: of phone numbers only the digits
 * count, names fit by any part, anything else by the whole; upper and lower case and full-width letters do not matter. A conversation knows two names: the
 * one an agent noted, and the one the customer has on the channel; either fits.
 *
 * @param table the kind of record
 * @param by what to look at
 * @param value what to look for
 * @returns undefined where the value is empty once cleaned
 */
export function matcher(
	table: RecordTable,
	by: FindBy,
	value: unknown,
): ((record: IDataObject) => boolean) | undefined {
	const [wanted] = comparables(value, by);
	if (wanted === '') return undefined;
	const fields = table.fields.filter(({ name }) => LOOKED_AT[by].includes(name));
	const givenOf = givenValuesOf(table, fields);
	return (record) => {
		const found = givenOf(record).flatMap((given) => comparables(given, by));
		return found.some((one) => (by === 'name' ? one.includes(wanted) : one === wanted));
	};
}
