import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { startOwnedProgram } from '../../../scripts/lib/owned-program.mjs';
import { repositoryRoot } from '../../../scripts/lib/paths.mjs';

const SHELL = '/bin/sh';
let cwd: string;

beforeEach(async () => {
	cwd = await mkdtemp(join(tmpdir(), 'laigu-owned-'));
});

afterEach(() => rm(cwd, { recursive: true, force: true }));

/** Writes its own process id, and what asked it to end. */
const waiting = (file: string, onTerm: string) =>
	`trap '${onTerm}' TERM; trap 'echo INT >> ${file}; exit 4' INT; echo $$ > ${file}; while :; do sleep 0.1; done`;

async function linesOf(file: string, count: number): Promise<string[]> {
	for (;;) {
		const text = await readFile(join(cwd, file), 'utf8').catch(() => '');
		const lines = text.split('\n').slice(0, -1);
		if (lines.length >= count) return lines;
		await sleep(50);
	}
}

const isAlive = (pid: number) => {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
};

async function expectGone(pid: number) {
	while (isAlive(pid)) await sleep(50);
}

const start = (script: string, options = {}) =>
	startOwnedProgram(SHELL, ['-c', script], { cwd, stdio: ['ignore', 'ignore', 'ignore'], ...options });

it.each([
	['its exit code', 'exit 3', 3],
	['1 when a signal ended it', 'kill -9 $$', 1],
])('gives %s', async (_, script, code) => {
	expect(await start(script).ended).toBe(code);
});

it('gives 127 for a program that is not there', async () => {
	const { ended } = startOwnedProgram('/nowhere/program', [], { cwd, stdio: ['ignore', 'ignore', 'ignore'] });
	expect(await ended).toBe(127);
});

it('asks it to end in the way that it wants', async () => {
	const { ended, stop } = start(waiting('out', 'exit 5'), { stopSignal: 'SIGINT' });
	const [pid] = await linesOf('out', 1);
	await stop();
	expect(await ended).toBe(4);
	expect(await linesOf('out', 2)).toEqual([pid, 'INT']);
	await expectGone(Number(pid));
});

it('ends one that will not, together with what stands between', async () => {
	const { stop } = start(waiting('out', ':'));
	const [pid] = await linesOf('out', 1);
	await stop(300);
	await expectGone(Number(pid));
});

it('ends it when the process that started it was killed', async () => {
	const library = pathToFileURL(join(repositoryRoot, 'scripts/lib/owned-program.mjs')).href;
	const parent = spawn(process.execPath, [
		'--input-type=module',
		'--eval',
		`import { startOwnedProgram } from '${library}';
		startOwnedProgram('${SHELL}', ['-c', ${JSON.stringify(waiting(join(cwd, 'out'), `echo TERM >> ${join(cwd, 'out')}; exit 0`))}],
			{ cwd: ${JSON.stringify(cwd)}, stdio: ['ignore', 'ignore', 'ignore'] });
		setInterval(() => {}, 1000);`,
	]);
	const [pid] = await linesOf('out', 1);
	parent.kill('SIGKILL');
	await once(parent, 'exit');
	expect(await linesOf('out', 2)).toEqual([pid, 'TERM']);
	await expectGone(Number(pid));
});
