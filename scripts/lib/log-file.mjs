import { stripVTControlCharacters } from 'node:util';

/**
 * The end of a log, without colours and empty lines.
 *
 * @param {string} text
 * @param {number} count - how many lines at most
 * @returns {string}
 */
export function lastLines(text, count) {
	return stripVTControlCharacters(text)
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '')
		.slice(-count)
		.join('\n');
}
