import fc from 'fast-check';

import { oneLine } from '../../../nodes/Laigu/shared/text';

/** What `oneLine` promises, in one way for every text. */
const plainly = (text: string): string =>
	text
		.replace(/[\p{Cf}\0]/gu, '')
		.split(/[\p{Cc}\p{Zl}\p{Zp}]+/u)
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.join(' ');

const SIGNS = [
	...'王芳客服aZ09-_@. \u007e\u007f\u0000\u0009\u000a\u000d\u001f\u0085\u00a0\u00ad\u4dff\u4e00\u9fff\ua000，！👩‍👧',
	...'\u200b\u2028\u2029\u202e\u3000\u3164\ufe0f\ufeff',
];

test.each([
	['short', 12],
	['of every length around the limit of the quick look', 45],
	['long', 200],
])('texts that are %s become one line', (_, maxLength) => {
	const texts = fc.oneof(
		fc.array(fc.constantFrom(...SIGNS), { maxLength }).map((signs) => signs.join('')),
		fc.array(fc.constantFrom(...'王a0 '), { maxLength }).map((signs) => signs.join('')),
		fc.string({ unit: 'binary', maxLength }),
	);
	fc.assert(
		fc.property(texts, (text) => {
			expect([text, oneLine(text)]).toEqual([text, plainly(text)]);
		}),
		{ numRuns: 2_000 },
	);
});
