import { isAccountId } from './ids';
import { kept, TOKEN, withAsterisks } from './mask';
import { readTexts } from './reading';

/** A shorter number may well be another one. */
const QQ_NUMBER = /^[1-9]\d{6,10}$/;

/** Nobody has more; of what a field holds beyond that, each would be another look at every text. */
const MOST = 20;

/**
 * The WeChat IDs and QQ numbers among values that are these by their field, in lower case.
 *
 * @param values texts, or lists of texts; anything else holds none
 */
export function accountsIn(values: readonly unknown[]): string[] {
	const texts = values.flat().filter((value) => typeof value === 'string');
	const tokens = texts.flatMap((text) => readTexts([text]).plain.match(TOKEN) ?? []);
	return [...new Set(tokens.filter((token) => isAccountId(token) || QQ_NUMBER.test(token)))].slice(0, MOST);
}

/** Whether what stands between two positions is neither part of a longer word or number nor of an address. */
const isApart = (plain: string, from: number, to: number): boolean =>
	!/[a-z0-9_@/]/.test(plain.charAt(from - 1)) && !/^(?:[a-z0-9_@]|[.-][a-z0-9])/.test(plain.slice(to, to + 2));

/**
 * Masks accounts that are known wherever they stand by themselves: no word for WeChat or QQ has to stand next to them, as in an answer that consists
 * of the ID.
 *
 * @param known what {@link accountsIn} gave
 */
export function maskAccounts(text: string, known: readonly string[]): string {
	if (known.length === 0) return text;
	const { plain, offsets } = readTexts([text]);
	const hidden = new Set<number>();
	for (const value of known) {
		const { head, tail } = kept(value);
		for (let at = plain.indexOf(value); at >= 0; at = plain.indexOf(value, at + value.length)) {
			if (!isApart(plain, at, at + value.length)) continue;
			for (let hide = at + head; hide < at + value.length - tail; hide++) hidden.add(offsets[hide]);
		}
	}
	return hidden.size === 0
		? text
		: withAsterisks(
				text,
				[...hidden].sort((a, b) => a - b),
			);
}
