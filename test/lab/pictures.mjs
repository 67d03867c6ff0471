import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isDrawn, visibleText } from './in-page.mjs';

/** What comes and goes by itself, or lies over the thing itself. */
const BARE = `
	.el-notification, [data-test-id="floating-nodes"], [data-test-id="canvas-controls"],
	[data-test-id="execute-workflow-button"], [data-test-id="node-creator-plus-button"], [data-test-id="ask-assistant-floating-button"],
	[data-test-id="panel-drag-button"], [data-test-id="node-feature-request"],
	[data-test-id="credentials-config-container-test-success"] button { display: none !important; }
	* { caret-color: transparent !important; }
`;
const RENEW = 'LAIGU_UPDATE_PICTURES=1 npm run test:e2e -- ';
const RECORD = 'pictures.json';
/** The same text in the same fonts may come out a little wider on another machine. */
const SIZE_TOLERANCE = 0.08;

/** How long something took, and the port of a server, are another at every run. */
const CHANGING = [
	[/\d+(\.\d+)? (ms|毫秒)/g, '… $2'],
	[/127\.0\.0\.1:\d+/g, '127.0.0.1:…'],
];

/** Pictures of the editor or of another page, held against those that the documents show. */
export class Pictures {
	/** @type {Map<string, { width: number, height: number, text: string }>} */
	#taken = new Map();

	/**
	 * @param {object} settings
	 * @param {string} settings.committed - the folder with the documents' pictures and their record; folders in it that have a record of their own
	 *   are another test's
	 * @param {string} settings.taken - the folder where a run puts its own
	 * @param {string} settings.test - the file that takes them
	 * @param {string} [settings.hide] - a style sheet for what is not to be seen; '' for none
	 */
	constructor({ committed, taken, test, hide = BARE }) {
		this.committed = committed;
		this.taken = taken;
		this.test = test;
		this.hide = hide;
	}

	/** Empties the folder of the run. @returns {Promise<void>} */
	async begin() {
		await rm(this.taken, { recursive: true, force: true });
		await mkdir(this.taken, { recursive: true });
	}

	/**
	 * Takes a picture.
	 *
	 * @param {import('playwright-core').Page} page
	 * @param {string} name - the file's, without `.png`; may hold a folder
	 * @param {import('./clips.mjs').Clip} clip
	 * @returns {Promise<void>}
	 */
	async take(page, name, clip) {
		await page.mouse.move(1, 1);
		const bare = this.hide && (await page.addStyleTag({ content: this.hide }));
		await page.waitForFunction(isDrawn);
		const file = join(this.taken, `${name}.png`);
		await mkdir(dirname(file), { recursive: true });
		await page.screenshot({ path: file, clip, animations: 'disabled' });
		const text = await page.evaluate(visibleText, clip);
		if (bare) await bare.evaluate((style) => style.remove());
		const steady = CHANGING.reduce((rest, [pattern, stand]) => rest.replace(pattern, stand), text);
		this.#taken.set(name, { width: clip.width, height: clip.height, text: steady });
	}

	/** The names of the pictures taken so far, sorted. @returns {string[]} */
	get names() {
		return [...this.#taken.keys()].sort();
	}

	/**
	 * What differs between the pictures taken and those of the documents: names, sizes, and the words that can be read in them.
	 *
	 * @returns {Promise<string[]>} a sentence for each; empty when the documents' pictures are up to date
	 */
	async faults() {
		const record = JSON.parse(await readFile(join(this.committed, RECORD), 'utf8').catch(() => '{}'));
		const files = await picturesIn(this.committed);
		const names = new Set([...files, ...Object.keys(record), ...this.names]);
		const faults = [];
		for (const name of [...names].sort()) {
			const now = this.#taken.get(name);
			const before = record[name];
			if (!now) faults.push(`${name}: nothing takes this picture any more`);
			else if (!before || !files.includes(name)) faults.push(`${name}: not among the documents' pictures yet`);
			else if (!isAlike(now, before) || !isAlike(await sizeOf(join(this.committed, `${name}.png`)), before))
				faults.push(`${name}: its size was ${before.width} x ${before.height}, now ${now.width} x ${now.height}`);
			else faults.push(...differences(before.text, now.text).map((difference) => `${name}: ${difference}`));
		}
		return faults.length > 0 ? [`The pictures are out of date, run: ${RENEW}${this.test}`, ...faults] : [];
	}

	/** Puts the pictures taken in the place of the documents' pictures. @returns {Promise<void>} */
	async renew() {
		await mkdir(this.committed, { recursive: true });
		for (const name of await picturesIn(this.committed)) await rm(join(this.committed, `${name}.png`));
		await cp(this.taken, this.committed, { recursive: true });
		const record = Object.fromEntries(this.names.map((name) => [name, this.#taken.get(name)]));
		await writeFile(join(this.committed, RECORD), `${JSON.stringify(record, null, 2)}\n`);
	}
}

async function picturesIn(folder) {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const nameOf = (entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
	const names = entries.filter((entry) => entry.isFile()).map(nameOf);
	const others = names.filter((name) => name.endsWith(`/${RECORD}`)).map((name) => name.slice(0, -RECORD.length));
	return names
		.filter((name) => name.endsWith('.png') && !others.some((other) => name.startsWith(other)))
		.map((name) => name.slice(0, -4));
}

/** Width and height stand at the same place in every PNG. */
async function sizeOf(file) {
	const png = await readFile(file);
	return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

const isAlike = (one, other) =>
	['width', 'height'].every((side) => Math.abs(one[side] - other[side]) <= Math.max(4, other[side] * SIZE_TOLERANCE));

/** Without their order: fonts of another version may move a line. */
function differences(before, now) {
	const [old, fresh] = [before.split(' | '), now.split(' | ')];
	const gone = old.filter((text) => !fresh.includes(text)).map((text) => `"${text}" is gone`);
	const added = fresh.filter((text) => !old.includes(text)).map((text) => `"${text}" is new`);
	return [...gone, ...added];
}
