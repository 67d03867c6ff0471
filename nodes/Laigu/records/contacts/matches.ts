/**
 * Every match of a pattern in a text. `matchAll` would make a copy of the pattern for each text, which costs more than the search.
 *
 * @param pattern a global one that never matches nothing
 */
export function allMatches(pattern: RegExp, text: string): RegExpExecArray[] {
	const found: RegExpExecArray[] = [];
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) found.push(match);
	return found;
}
