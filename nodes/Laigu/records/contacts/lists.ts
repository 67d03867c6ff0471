import type { Group } from './digits';

/** Groups of digits with what separates them, one gap fewer. */
interface Written {
	texts: string[];
	gaps: string[];
}

/** 192.168.10.100 */
const isIpAddress = ({ texts, gaps }: Written) =>
	texts.length === 4 &&
	gaps.every((gap) => gap === '.') &&
	texts.every((text) => Number(text) < 256 && `${Number(text)}` === text);

/** 1998-12-05, whatever follows */
const isDate = ({ texts: [year, month, day], gaps }: Written) =>
	/^(?:19|20)\d\d$/.test(year) &&
	/^(?:0?[1-9]|1[0-2])$/.test(month ?? '') &&
	/^(?:0?[1-9]|[12]\d|3[01])$/.test(day ?? '') &&
	/^[-./]$/.test(gaps[0]) &&
	gaps[0] === gaps[1];

/** 13:30-18:30 9:30 */
const areTimes = ({ texts, gaps }: Written) =>
	texts.length % 2 === 0 &&
	texts.every((text, index) => (index % 2 === 0 ? /^(?:[01]?\d|2[0-4])$/ : /^[0-5]\d$/).test(text)) &&
	gaps.every((gap, index) => (gap === ':') === (index % 2 === 0));

/** 160/165/170, whatever follows */
function areSizes({ texts, gaps }: Written): boolean {
	const [a, b, c] = texts.map(Number);
	return b > a && c - b === b - a && texts.slice(0, 3).every((text) => text.length === 3) && gaps[0] === gaps[1];
}

/** 131.1590,46.64 */
const isPosition = ({ texts, gaps }: Written) =>
	texts.length === 4 && gaps[0] === '.' && gaps[2] === '.' && /^[,、] ?$/.test(gaps[1]);

/** Whether groups of digits are a date, times, a row of sizes, an IP address or a position, going by their form. */
export function isSomethingElse(groups: Group[]): boolean {
	if (groups.length < 3) return false;
	const written = { texts: groups.map(({ digits }) => digits), gaps: groups.slice(1).map(({ gap }) => gap ?? '') };
	return [isIpAddress, isDate, areTimes, areSizes, isPosition].some((is) => is(written));
}
