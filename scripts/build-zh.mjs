import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { UserError } from './lib/errors.mjs';
import { runMain } from './lib/lifecycle.mjs';
import { repositoryRoot } from './lib/paths.mjs';
import { createTranslator } from './zh/translator.mjs';

const at = (...names) => join(repositoryRoot, ...names);
const readJson = async (...names) => JSON.parse(await readFile(at(...names), 'utf8'));

/** What makes the package another one; everything else is that of the English package. */
const CHINESE = {
	name: 'n8n-nodes-laigu-zh',
	description: '来鼓（Laigu）的 n8n 社区节点，中文界面：小红书、抖音、企业微信和网页私信的对话、顾客、线索与客服报表',
};

/** In package.json for those who work on the package, not for those who use it. */
const NOT_PUBLISHED = ['scripts', 'devDependencies', 'overrides', 'allowScripts'];

function compile(dictionary, folder) {
	const { config } = ts.readConfigFile(at('tsconfig.json'), ts.sys.readFile);
	const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, repositoryRoot);
	const program = ts.createProgram(fileNames, { ...options, outDir: join(folder, 'dist') });
	const faults = ts.getPreEmitDiagnostics(program);
	if (faults.length > 0) throw new UserError(ts.formatDiagnostics(faults, ts.createCompilerHost(options)));
	const translator = createTranslator(dictionary);
	program.emit(undefined, undefined, undefined, undefined, { before: [translator.transformer] });
	return translator;
}

/** `npm run build:zh`: the whole Chinese package in dist-zh/, ready for `npm pack ./dist-zh`; in another folder with `--to <folder>`. */
async function buildChinese() {
	const { values } = parseArgs({ options: { to: { type: 'string', default: at('dist-zh') } } });
	const folder = resolve(values.to);
	await rm(folder, { recursive: true, force: true });
	const translator = compile(await readJson('i18n', 'zh-CN.json'), folder);
	const faults = [
		...translator.missing().map((text) => `no translation: ${JSON.stringify(text)}`),
		...translator.unused().map((text) => `no such text:   ${JSON.stringify(text)}`),
	];
	if (faults.length > 0) {
		await rm(folder, { recursive: true, force: true });
		throw new UserError(`i18n/zh-CN.json does not fit the sources:\n${faults.join('\n')}`);
	}

	// whatever is no code is the same in both: icons, codex files, output schemas
	await cp(at('dist'), join(folder, 'dist'), { recursive: true, filter: (source) => !source.endsWith('.js') });
	for (const file of await readdir(join(folder, 'dist', 'nodes', 'Laigu'))) {
		if (!file.endsWith('.node.json')) continue;
		const codex = join(folder, 'dist', 'nodes', 'Laigu', file);
		const text = await readFile(codex, 'utf8');
		await writeFile(codex, text.replace('"node": "n8n-nodes-laigu.', `"node": "${CHINESE.name}.`));
	}
	const manifest = Object.entries({ ...(await readJson('package.json')), ...CHINESE });
	const published = Object.fromEntries(manifest.filter(([name]) => !NOT_PUBLISHED.includes(name)));
	await writeFile(join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
	await cp(at('i18n', 'README.zh-CN.md'), join(folder, 'README.md'));
	for (const file of ['LICENSE', 'index.js']) await cp(at(file), join(folder, file));
	return 0;
}

await runMain(buildChinese);
