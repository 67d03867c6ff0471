const ELLIPSIS = '…';
const GAP = '  ';
const NARROWEST_CUT = 14;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * @typedef {(text: string) => number} MeasureWidth - how many terminal columns a text takes; a Chinese character takes two
 * @typedef {Record<string, string | number | boolean | null | undefined>} Row
 */

/**
 * Rows as a table for a terminal: as many columns as fit, cells cut with an ellipsis, aligned also where characters are two
 * columns wide.
 *
 * @param {Row[]} rows
 * @param {{ width: number, measure: MeasureWidth, columns?: string[], maxRows?: number, maxCell?: number }} options -
 *   `width`: of the terminal, in columns; `columns`: which of them, in this order (default: all, as in the rows); columns that are
 *   empty in every row are left out; `maxRows`: more are only counted; `maxCell`: the widest that a cell may be
 * @returns {string} lines without a final line break; '' for no rows
 */
export function formatTable(rows, { width, measure, columns, maxRows = 30, maxCell = 28 }) {
	const filled = filledColumns(rows);
	if (filled.length === 0) return '';
	const shown = rows.slice(0, maxRows);
	const wanted = columns ? columns.filter((name) => filled.includes(name)) : filled;
	const fitting = fit(wanted.length > 0 ? wanted : filled, shown, { width, measure, maxCell });
	const line = (cells) =>
		cells
			.map((cell, index) => padTo(cutTo(cell, fitting[index].width, measure), fitting[index].width, measure))
			.join(GAP)
			.trimEnd();
	const lines = [
		line(fitting.map(({ name }) => name)),
		fitting.map((column) => '─'.repeat(column.width)).join(GAP),
		...shown.map((row) => line(fitting.map(({ name }) => cellText(row[name])))),
	];
	if (rows.length > shown.length) lines.push(`${ELLIPSIS} and ${rows.length - shown.length} more`);
	return lines.join('\n');
}

/**
 * The columns of rows that have a value anywhere, in the order in which they first appear.
 *
 * @param {Row[]} rows
 * @returns {string[]}
 */
export function filledColumns(rows) {
	const names = new Set(rows.flatMap((row) => Object.keys(row)));
	return [...names].filter((name) => rows.some((row) => cellText(row[name]) !== ''));
}

/**
 * A text cut to a width between two whole characters, with an ellipsis where something is missing.
 *
 * @param {string} text
 * @param {number} width - in terminal columns
 * @param {MeasureWidth} measure
 * @returns {string} at most `width` columns wide
 */
export function cutTo(text, width, measure) {
	if (measure(text) <= width) return text;
	let kept = '';
	for (const { segment } of segmenter.segment(text)) {
		if (measure(kept + segment) > width - 1) break;
		kept += segment;
	}
	return kept + ELLIPSIS;
}

const padTo = (text, width, measure) => text + ' '.repeat(Math.max(width - measure(text), 0));

/** A cell has one line and no control characters, whatever the value. */
const cellText = (value) =>
	String(value ?? '')
		.replace(/[\s\p{Cc}]+/gu, ' ')
		.trim();

/** Takes columns as long as they fit; the last one may be cut narrower than its cells. */
function fit(names, rows, { width, measure, maxCell }) {
	const taken = [];
	let left = width;
	for (const name of names) {
		const widest = Math.max(measure(name), ...rows.map((row) => measure(cellText(row[name]))));
		const room = left - (taken.length > 0 ? GAP.length : 0);
		const wanted = Math.min(widest, Math.max(maxCell, measure(name)));
		if (wanted > room && room < NARROWEST_CUT && taken.length > 0) break;
		const given = Math.max(Math.min(wanted, room), 1);
		taken.push({ name, width: given });
		left = room - given;
	}
	return taken;
}
