import { CHINESE_GUIDE, everyPage, readPage } from './pages';

const pages = everyPage();

/** Pages that hold Chinese beside English, as data: words, samples, names on Laigu's screens. */
const HAN = /\p{Script=Han}+/gu;

test('no page names a path of a machine or the host of a registry, or leaves work for later', () => {
	const forbidden = [
		// the home of n8n's own Docker image is the same on every machine
		/(^|[^\w.~])\/(work|root|home(?!\/node\/\.n8n)|Users)\//m,
		/(^|[^\w.])\/tmp\//m,
		/registry\.|npmmirror|verdaccio|artifactory/i,
		/\b(TODO|TBD|FIXME|XXX)\b|lorem ipsum|coming soon/i,
	];
	const found = pages.flatMap(({ file, text }) =>
		forbidden.flatMap((pattern) => pattern.exec(text)?.map((match) => `${file}: ${match}`) ?? []),
	);
	expect(found).toEqual([]);
});

test('only the Chinese guide is written in Chinese', () => {
	// a word beside its English one is no prose: no Chinese punctuation, and no more than a dozen characters
	const sentences = pages
		.filter(({ file }) => file !== CHINESE_GUIDE)
		.flatMap(({ file, prose }) =>
			prose.flatMap((text) => [
				...(text.match(/[\u3002\uff0c\uff1a\uff1b\uff1f\uff01\u201c\u201d]/g) ?? []).map((mark) => `${file}: ${mark}`),
				...(text.match(HAN) ?? []).filter((words) => words.length > 12).map((words) => `${file}: ${words}`),
			]),
		);
	expect(sentences).toEqual([]);
});

test('the Chinese guide is in Chinese, with the punctuation of Chinese', () => {
	const { prose, tables } = readPage(CHINESE_GUIDE);
	const texts = [...prose, ...tables.flatMap(({ rows }) => rows.flat())].filter((text) => /\p{Script=Han}/u.test(text));
	expect(texts.join('').match(HAN)?.join('').length).toBeGreaterThan(4_000);
	const halfWidth = /\p{Script=Han}\s*[,;:?!()]|[,;:?!()]\s*\p{Script=Han}/u;
	expect(texts.filter((text) => halfWidth.test(text))).toEqual([]);
	const joined = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u;
	expect(texts.filter((text) => joined.test(text))).toEqual([]);
});

test('bold and italic are closed everywhere', () => {
	const open = pages.flatMap(({ file, prose, tables }) =>
		[...prose, ...tables.flatMap(({ rows }) => rows.flat())]
			.filter((text) => /\*\*|__(?=\w)/.test(text.replace(/\w\*+\w|__proto__/g, '')))
			.map((text) => `${file}: ${text}`),
	);
	expect(open).toEqual([]);
});
