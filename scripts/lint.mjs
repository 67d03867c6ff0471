import { runMain } from './lib/lifecycle.mjs';
import { startOwned } from './lib/owned-process.mjs';
import { repositoryRoot } from './lib/paths.mjs';

const ESLINT = ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '--no-inline-config'];

/** The configuration of `n8n-node lint`, as the tool writes it into a new package; its rules are for what is published alone. */
const OFFICIAL = 'node_modules/@n8n/node-cli/dist/template/templates/shared/default/eslint.config.mjs';

const CHECKS = [
	['formatting (prettier)', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
	["our rules, and n8n's plugins", [...ESLINT, '.']],
	["n8n's own configuration", [...ESLINT, '--config', OFFICIAL, 'nodes', 'credentials', 'package.json']],
	['English: documents, interface and comments (retext)', ['scripts/prose.mjs']],
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
