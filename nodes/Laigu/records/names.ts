import { camelCase } from 'lodash';

/** Names already looked at, as the same few come in every record. They come from outside, too: neither the list nor a name in it may grow forever. */
const known = new Map<string, string>();
const MOST_NAMES = 2_000;
const LONGEST_NAME = 100;

/**
 * The name of a field in camelCase, seconds told as such.
 *
 * @param field the API's name, e.g. `waited_in_secs`
 * @returns e.g. `waitedSeconds`; a name that has no Latin letters or is over-long stays as it is
 */
export function camelName(field: string): string {
	if (field.length > LONGEST_NAME) return field;
	let name = known.get(field);
	if (name === undefined) {
		name = camelCase(field.replace(/_in_secs$/, '_seconds')) || field;
		if (known.size >= MOST_NAMES) known.clear();
		known.set(field, name);
	}
	return name;
}
