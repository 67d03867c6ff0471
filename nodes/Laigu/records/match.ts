import type { IDataObject } from 'n8n-workflow';

import { personOf } from './conversation';
import { cleanPhone } from './lead';
import { textOf } from './names';

/** What a customer can be found by. */
export type FindBy = 'phone' | 'wechat' | 'qq' | 'trackId' | 'name';

/** Laigu's fields for it. A conversation knows two names: the one an agent noted, and the one the customer has on the channel. */
const FIELDS: Record<FindBy, string[]> = {
	phone: ['tel'],
	wechat: ['weixin'],
	qq: ['qq'],
	trackId: ['track_id'],
	name: ['name', 'visitor_name'],
};

/** Nobody writes a number in one way: beside what {@link cleanPhone} does, 86 and 0086 before a mobile number do not matter. */
const comparablePhone = (value: string) => cleanPhone(value).replace(/^(\+|00)?86(?=1\d{10}$)/, '');

/** What a field is compared by: several texts where it holds several phone numbers. A track ID is compared as it stands. */
function comparables(value: unknown, by: FindBy): string[] {
	if (by === 'trackId') return [textOf(value)];
	if (by !== 'phone') return [textOf(value).normalize('NFKC').toLowerCase()];
	const whole = cleanPhone(value);
	return [whole, ...whole.split(/[^\d+]+/)].map(comparablePhone);
}

/**
 * A test for customers, or conversations with customers, who fit a value, both cleaned in the same way: of phone numbers only the digits
 * count, names fit by any part, anything else by the whole; upper and lower case and full-width letters do not matter.
 *
 * @param by the field to look at
 * @param value what to look for
 * @returns undefined where the value is empty once cleaned
 */
export function matcher(by: FindBy, value: unknown): ((record: IDataObject) => boolean) | undefined {
	const [wanted] = comparables(value, by);
	if (wanted === '') return undefined;
	return (record) => {
		const person = personOf(record);
		const found = FIELDS[by].flatMap((field) => comparables(person[field], by));
		return found.some((one) => (by === 'name' ? one.includes(wanted) : one === wanted));
	};
}
