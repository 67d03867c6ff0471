const ENTITIES: Record<string, string> = {
	amp: '&',
	plus: '+',
	sol: '/',
	period: '.',
	equals: '=',
	lowbar: '_',
	dash: '-',
	hyphen: '-',
};

/** No text of Laigu's is that long; of a longer one nobody needs to know the rest. */
const LONGEST_TEXT = 2_000;

/** How often a text may have been escaped. */
const LAYERS = 4;

/** A shorter secret may be part of any word; and of several words, where nothing but their letters and digits counts. */
const SHORTEST = { compared: 4, byLetters: 8 };

/** Letters and digits alone: what a text is read by, whatever stands between them and however wide they are. */
const lettersOf = (text: string): string =>
	text
		.normalize('NFKC')
		.replace(/[^a-z0-9]/gi, '')
		.toLowerCase();

function characterOf(digits: string, radix: number): string {
	const code = Number.parseInt(digits, radix);
	return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

/** A text with what the escapes in it stand for: those of URLs, HTML and JavaScript. */
function unescaped(text: string): string {
	return text
		.replace(/(?:%|\\x)([0-9a-f]{2})/gi, (_, digits: string) => characterOf(digits, 16))
		.replace(/[%\\]u([0-9a-f]{4})/gi, (_, digits: string) => characterOf(digits, 16))
		.replace(/\\u\{([0-9a-f]{1,6})\}/gi, (_, digits: string) => characterOf(digits, 16))
		.replace(/&#x([0-9a-f]{1,6});?/gi, (_, digits: string) => characterOf(digits, 16))
		.replace(/&#(\d{1,7});?/g, (_, digits: string) => characterOf(digits, 10))
		.replace(/&([a-z]{3,6});/gi, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
		.replaceAll('\\/', '/');
}

/**
 * A text without secrets. Where one is in it in another spelling than its own and that of a URL, nothing of the text is left.
 *
 * @param secrets empty ones do not count
 * @param said the text of which nobody knows what it repeats
 */
export function redact(secrets: string[], said: string): string {
	const own = secrets.filter((secret) => secret !== '');
	const spellings = own.flatMap((secret) => [secret, encodeURIComponent(secret)]);
	const clean = spellings.reduce((text, secret) => text.replaceAll(secret, '***'), said.slice(0, LONGEST_TEXT));
	const compared = own.filter(({ length }) => length >= SHORTEST.compared).map((secret) => secret.toLowerCase());
	const byLetters = own.map(lettersOf).filter(({ length }) => length >= SHORTEST.byLetters);
	let plain = clean;
	for (let layer = 0; layer <= LAYERS; layer++) {
		const text = plain.replace(/\s/g, '').toLowerCase();
		if (compared.some((secret) => text.includes(secret))) return '***';
		const letters = lettersOf(plain);
		if (byLetters.some((secret) => letters.includes(secret))) return '***';
		plain = unescaped(plain);
	}
	return clean;
}
