import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

/**
 * `node scripts/scan.mjs [tarball.tgz]`: the rule set of n8n's verification scan, run on this checkout's sources and on a packed tarball. The
 * stock scanner takes published packages only. Ends with code 1 where a rule is broken.
 */
async function scan(tarball) {
	const results = [['source', await analyzePackage(process.cwd(), SOURCE_FILE_PATTERNS)]];
	if (tarball) {
		const folder = mkdtempSync(path.join(tmpdir(), 'laigu-scan-'));
		execFileSync('tar', ['-xzf', path.resolve(tarball), '-C', folder, '--strip-components=1']);
		results.push(['tarball', await analyzePackage(folder, ['**/*.js', '**/*.json'])]);
		rmSync(folder, { recursive: true });
	}
	for (const [name, { passed, message, details }] of results) {
		console.log(`${name}: ${passed ? 'passed' : `${message}\n${details ?? ''}`}`);
	}
	return results.every(([, { passed }]) => passed);
}

process.exitCode = (await scan(process.argv[2])) ? 0 : 1;
