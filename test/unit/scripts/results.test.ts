import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromJest, fromTap } from '../../../scripts/lib/results.mjs';
import { repositoryRoot } from '../../../scripts/lib/paths.mjs';

describe("a report of Node's test runner", () => {
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(tmpdir(), 'laigu-results-'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	function report(tests: string): string {
		const file = join(folder, 'some.test.mjs');
		writeFileSync(file, `import { describe, it, test } from 'node:test';\n${tests}`);
		return spawnSync(process.execPath, ['--test', '--test-reporter=tap', file], { encoding: 'utf8' }).stdout;
	}

	it('is counted, and names what failed, without the suite that it failed in', () => {
		const text = report(`
			describe('a suite', () => { it('holds', () => {}); it('does not hold', () => { throw new Error('no'); }); });
			test('throws', () => { throw new Error('not ok 9 - this is no test'); });
			test('holds, too', () => {});`);
		expect(fromTap(text)).toEqual({ passed: 2, failed: 2, failures: ['does not hold', 'throws'] });
	});

	it('counts a file that cannot be read as one failure', () => {
		expect(fromTap(report('no JavaScript'))).toMatchObject({ passed: 0, failed: 1 });
	});
});

test("a report of jest's is counted, and names what failed by file", () => {
	const name = join(repositoryRoot, 'test/unit/some.test.ts');
	const report = {
		numPassedTests: 1,
		numFailedTests: 1,
		numRuntimeErrorTestSuites: 1,
		testResults: [
			{
				name,
				status: 'failed',
				assertionResults: [
					{ status: 'passed', fullName: 'a' },
					{ status: 'failed', fullName: 'b' },
				],
			},
			{ name: join(repositoryRoot, 'test/unit/other.test.ts'), status: 'failed', assertionResults: [] },
		],
	};
	expect(fromJest(report)).toEqual({
		passed: 1,
		failed: 2,
		failures: ['test/unit/some.test.ts: b', 'test/unit/other.test.ts: could not be run'],
	});
});
