import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toString } from 'nlcst-to-string';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRetext from 'remark-retext';
import retextEnglish from 'retext-english';
import retextIndefiniteArticle from 'retext-indefinite-article';
import retextRedundantAcronyms from 'retext-redundant-acronyms';
import retextRepeatedWords from 'retext-repeated-words';
import retextSimplify from 'retext-simplify';
import { glob } from 'tinyglobby';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { reporter } from 'vfile-reporter';
import { runMain } from './lib/lifecycle.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { PHRASES } from './prose/phrases.mjs';
import { TERMS } from './prose/terms.mjs';

/** A longer sentence is hard to follow. In words. */
const LONGEST_SENTENCE = 45;

/** Warns of the phrases that this project does not use, and of sentences that are too long. */
function retextPhrases({ longest = Infinity } = {}) {
	return (tree, file) =>
		visit(tree, 'SentenceNode', (sentence) => {
			const text = toString(sentence).replace(/\s+/g, ' ');
			const place = sentence.position;
			for (const [phrase, instead] of PHRASES)
				for (const [found] of text.matchAll(phrase))
					file.message(`\`${found}\`: ${instead}`, { place, ruleId: 'phrase' });
			const words = sentence.children.filter(({ type }) => type === 'WordNode').length;
			if (words > longest) file.message(`A sentence of ${words} words`, { place, ruleId: 'sentence-length' });
		});
}

/** Nothing is written back: what is asked for are the messages. */
function noOutput() {
	this.compiler = () => '';
}

const comments = unified().use(retextEnglish).use(retextRepeatedWords).use(retextPhrases);
const english = comments()
	.use(retextIndefiniteArticle)
	.use(retextRedundantAcronyms)
	.use(retextSimplify, { ignore: TERMS })
	.use(retextPhrases, { longest: LONGEST_SENTENCE });
const markdown = unified().use(remarkParse).use(remarkGfm).use(remarkRetext, english);

/** A text to be read, and what a message about it says of its place. */
const fileOf = (path, value) => new VFile({ path, value });

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

/** Every comment of a program, without what is code in it. */
function commentsOf(path, source) {
	return [...source.matchAll(COMMENT)].map(({ 0: comment, index }) => {
		const text = comment.replace(/^[ \t]*(?:\/\*\*?|\*\/|\*|\/\/)/gm, '').replace(/`[^`]*`|\{@\w+[^}]*\}|@\w+/g, 'X');
		return fileOf(`${path}:${source.slice(0, index).split('\n').length}`, text);
	});
}

/** Every English text of the interface: the keys of the dictionary that the Chinese package is made of. */
const interfaceTexts = (dictionary) =>
	Object.keys(JSON.parse(dictionary)).map((text) => fileOf(text.slice(0, 80), text.replace(/\{(\d+)\}/g, 'thing$1')));

/** The sticky notes of an example. */
const notesOf = (path, workflow) =>
	JSON.parse(workflow)
		.nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ name, parameters: { content } }) => fileOf(`${path}: ${name}`, content));

const SOURCES = [
	{ files: ['*.md', '{docs,examples,bench,.github}/**/*.md'], processor: markdown, read: fileOf },
	{ files: ['examples/*.json'], processor: markdown, read: notesOf },
	{ files: ['{nodes,credentials,scripts,bench,test}/**/*.{ts,mjs,cjs}'], processor: comments, read: commentsOf },
	{ files: ['i18n/zh-CN.json'], processor: english, read: (_, dictionary) => interfaceTexts(dictionary) },
];

/** The check of `npm run lint` on English: documents, the notes of examples, the texts of the interface, and comments. */
async function lintProse() {
	const read = [];
	for (const { files, processor, read: textsOf } of SOURCES) {
		const paths = await glob(files, { cwd: repositoryRoot, ignore: ['examples/zh-CN/**', '**/*.zh-CN.md'], dot: true });
		for (const path of paths.toSorted())
			for (const file of [textsOf(path, await readFile(join(repositoryRoot, path), 'utf8'))].flat()) {
				await processor().use(noOutput).process(file);
				file.messages = file.messages.filter(({ actual }) => actual !== 'an');
				read.push(file);
			}
	}
	const faulty = read.filter(({ messages }) => messages.length > 0);
	if (faulty.length > 0) console.error(reporter(faulty));
	return faulty.length === 0 ? 0 : 1;
}

await runMain(lintProse);
