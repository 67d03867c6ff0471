import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onEnd } from '../../scripts/lib/lifecycle.mjs';
import { startOwned } from '../../scripts/lib/owned-process.mjs';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { lines } from '../../test/lab/lines.mjs';
import { ensureN8n } from '../../test/lab/n8n-install.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Starts a program that is asked over IPC, one question at a time, and that says first that it is ready. */
async function startAsked(node, args, { env = {}, onLine } = {}) {
	const { child, ended, stop } = startOwned(node, args, {
		cwd: repositoryRoot,
		env: { ...process.env, ...env },
		stdio: ['ignore', onLine ? 'pipe' : 'inherit', 'inherit'],
	});
	let text = '';
	child.stdout?.on('data', (chunk) => {
		const found = `${text}${chunk}`.split('\n');
		text = found.pop();
		found.forEach(onLine);
	});
	const died = ended.then((code) => {
		throw new Error(`${args.find((arg) => /\.c?m?js$/.test(arg))} ended with ${code}`);
	});
	died.catch(() => {});
	const next = async () => (await Promise.race([once(child, 'message'), died]))[0];
	const ready = await next();
	async function ask(question) {
		const answer = next();
		child.send(question);
		return await answer;
	}
	return { ready, ask, stop };
}

/**
 * Starts the simulated Laigu with so many conversations.
 *
 * @param {{ count: number, days: number, tls?: { key: string, cert: string }, latencyMs?: number, rateLimit?: object }} options - `tls`: serves TLS, too
 */
export async function startServer(options) {
	const heap = Math.max(2_000, options.count / 50);
	const { ready, ask, stop } = await startAsked(process.execPath, [
		`--max-old-space-size=${heap}`,
		here('serve.mjs'),
		JSON.stringify(options),
	]);
	const answered = async (name, value) => (await ask({ ask: name, value })).answer;
	return {
		...ready,
		stop,
		/** What it was asked since the last reset: `{ url, fault, at }` each. */
		requests: () => answered('requests'),
		reset: () => answered('reset'),
		/** A range from the beginning with so many conversations, as the Laigu node takes it. */
		async rangeOf(wanted) {
			const inBeijing = (text) => `${text.replace(' ', 'T')}+08:00`;
			return { timeRange: 'custom', from: inBeijing(ready.from), to: inBeijing(await answered('endOf', wanted)) };
		},
	};
}

/** The n8n whose engine runs the nodes, with the built package beside it: found by Node.js as in n8n's own folder of community packages. */
async function prepareHost() {
	const { node, program } = await ensureN8n(lines.current);
	const modules = dirname(dirname(dirname(program)));
	const folder = await mkdtemp(join(tmpdir(), 'laigu-bench-'));
	onEnd(() => rm(folder, { recursive: true, force: true }));
	await symlink(modules, join(folder, 'node_modules'));
	for (const name of ['dist', 'package.json', 'index.js']) {
		await cp(join(repositoryRoot, name), join(folder, 'package', name), { recursive: true });
	}
	return { node, folder };
}

let host;

/**
 * Starts n8n's engine in a process of its own, on the n8n installation's own n8n-core and n8n-nodes-base.
 *
 * @param {{ flags?: string[], env?: NodeJS.ProcessEnv, onLine?: (line: string) => void }} [options] - `flags`: of Node.js
 * @returns {Promise<{ run: (job: object) => Promise<any>, stop: () => Promise<void> }>} `run`: see engine.cjs for the jobs
 */
export async function startEngine({ flags = [], env, onLine } = {}) {
	const { node, folder } = await (host ??= prepareHost());
	const own = { N8N_USER_FOLDER: folder, N8N_ENCRYPTION_KEY: 'only for measuring', N8N_LOG_LEVEL: 'silent' };
	const engine = await startAsked(node, [...flags, here('engine.cjs'), folder], { env: { ...own, ...env }, onLine });
	return {
		async run(job) {
			const { result, error } = await engine.ask(job);
			if (error) throw new Error(`${job.kind}: ${error}`);
			return result;
		},
		stop: engine.stop,
	};
}

/**
 * How long n8n's loader takes for the package, in a fresh process, and how long all that takes which the nodes load when they first run.
 *
 * @returns {Promise<{ start: number, firstRun: number }>} milliseconds
 */
export async function timeLoading() {
	const { node, folder } = await (host ??= prepareHost());
	const { ready, stop } = await startAsked(node, [here('load.cjs'), folder], { env: { N8N_USER_FOLDER: folder } });
	await stop();
	return ready;
}
