import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';

const CHECKS = [
	['formatting (prettier)', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
	["rules (eslint with n8n's plugins)", ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.']],
	['types, n8n-workflow 2.x', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json']],
	['types, n8n-workflow 1.120', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.n8n-1.json']],
];

/** `npm run lint`: formatting, rules and types of everything in the checkout. All are run, whatever the first of them says. */
async function lint() {
	let failed = 0;
	for (const [name, args] of CHECKS) {
		const { ended } = startOwned(process.execPath, args, {
			cwd: repositoryRoot,
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		const isClean = (await ended) === 0;
		if (!isClean) failed++;
		console.log(`${isClean ? 'clean' : 'NOT CLEAN'}: ${name}`);
	}
	return failed === 0 ? 0 : 1;
}

await runMain(lint);
