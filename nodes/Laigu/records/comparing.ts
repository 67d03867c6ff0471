import { isObject } from '../shared/json';
import { oneLine, withoutUnseen } from '../shared/text';
import { asText } from './values';

/** A value as it is compared: invisible characters, width and upper case do not matter. */
export const comparable = (value: unknown): string =>
	oneLine(withoutUnseen(asText(value)))
		.normalize('NFKC')
		.toLowerCase();

/** A flag of Laigu's, whose form is not documented. */
const YES = new Set(['true', '1', 'yes', 'y', '是', '遗漏', 'missed']);

/** Whether a flag is set, however it is written. */
export const isYes = (value: unknown): boolean => YES.has(comparable(value));

/** Everything by which a tag, or each of several tags, can be called: names and IDs, as they are compared. */
export function tagWords(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(tagWords);
	if (isObject(value)) return [value.name, value.id].map(comparable).filter((word) => word !== '');
	return asText(value)
		.split(/[,，;；]/)
		.map(comparable)
		.filter((word) => word !== '');
}
