import type { IDataObject } from 'n8n-workflow';

import { cleanPhone } from './lead';
import { textOf } from './names';

/** What a customer can be found by. */
export type FindBy = 'phone' | 'wechat' | 'qq' | 'trackId' | 'name';

const FIELD: Record<FindBy, string> = { phone: 'tel', wechat: 'weixin', qq: 'qq', trackId: 'track_id', name: 'name' };

/** Names and WeChat IDs are compared without regard to case; a track ID is compared as it stands. */
function comparable(value: unknown, by: FindBy): string {
	if (by === 'phone') return cleanPhone(value);
	return by === 'trackId' ? textOf(value) : textOf(value).toLowerCase();
}

/**
 * A test for customers who fit a value, both cleaned in the same way: phone numbers as {@link cleanPhone} does, names by any part, anything
 * else by the whole.
 *
 * @param by the field to look at
 * @param value what to look for
 * @returns undefined where the value is empty once cleaned
 */
export function matcher(by: FindBy, value: unknown): ((record: IDataObject) => boolean) | undefined {
	const wanted = comparable(value, by);
	if (wanted === '') return undefined;
	return (record) => {
		const found = comparable(record[FIELD[by]], by);
		return by === 'name' ? found.includes(wanted) : found === wanted;
	};
}
