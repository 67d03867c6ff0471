import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { anyFreePort } from '../../scripts/lib/ports.mjs';
import { lines } from '../lab/lines.mjs';
import { N8nClient } from '../lab/n8n-client.mjs';
import { ensureN8n } from '../lab/n8n-install.mjs';
import { startN8n } from '../lab/n8n-process.mjs';
import { recordPackage } from '../lab/installed-packages.mjs';
import { installPackage, packPackage } from '../lab/package-install.mjs';

/** The log-in of every n8n that a test starts. */
export const OWNER = { email: 'owner@laigu.example', password: 'Only-for-tests-1' };

/**
 * @typedef {object} Lab
 * @property {N8nClient} client - of the latest start
 * @property {import('../lab/n8n-process.mjs').RunningN8n} n8n - of the latest start
 * @property {() => Promise<void>} start - starts n8n again after it has ended
 * @property {() => Promise<void>} record - writes into n8n's database that the package is installed, as n8n's own installation does
 * @property {(tarball: string) => Promise<void>} install - puts another version of the package in; n8n is started again for it
 * @property {() => Promise<void>} stop - ends n8n and removes its folder
 */

/**
 * A real n8n in a folder of its own, with the packed package installed as users have it, and its owner logged in.
 *
 * @param {{ line?: import('../lab/lines.mjs').N8nLine, environment?: NodeJS.ProcessEnv, root?: string, tarball?: string, owner?: { email: string, password: string } | false }} [options] -
 *   `root`: the folder of the package; `tarball`: instead of the package as it is built; `owner`: who is logged in, false for nobody
 * @returns {Promise<Lab>}
 */
export async function startLab({
	line = lines.current,
	environment = {},
	root = repositoryRoot,
	tarball,
	owner = OWNER,
} = {}) {
	const { name: packageName } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
	const installation = await ensureN8n(line, { report: (detail) => console.log(`n8n ${line.n8n}: ${detail}`) });
	const userFolder = await mkdtemp(join(tmpdir(), 'laigu-e2e-'));
	const logFile = join(userFolder, 'npm.log');
	tarball ??= await packPackage(join(userFolder, 'packed'), { root, logFile });
	await installPackage(tarball, { userFolder, packageName, logFile });
	const port = await anyFreePort();

	const lab = {
		async start() {
			lab.n8n = await startN8n(installation, { userFolder, port, environment });
			lab.client = new N8nClient(lab.n8n.url);
			if (owner) await lab.client.logIn(owner);
		},
		async record() {
			await recordPackage(installation, { userFolder, nodeTypes: await lab.client.nodeTypes() });
		},
		async install(other) {
			await lab.n8n.stop();
			await installPackage(other, { userFolder, packageName, logFile });
			await lab.start();
			await lab.record();
		},
		async stop() {
			await lab.n8n.stop();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
	await lab.start();
	return lab;
}

/**
 * A workflow with a manual trigger and nodes in a row behind it.
 *
 * @param {string} name
 * @param {Array<Partial<import('../lab/workflow.mjs').WorkflowNode> & { name: string, type: string }>} nodes
 * @param {{ withStart?: boolean }} [options] - `withStart` false: no manual trigger, the first node is one itself
 * @returns {import('../lab/workflow.mjs').NewWorkflow}
 */
export function inARow(name, nodes, { withStart = true } = {}) {
	const start = withStart ? [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }] : [];
	const all = [...start, ...nodes].map((node, index) => ({
		id: `${index}`,
		typeVersion: 1,
		position: [index * 220, 0],
		parameters: {},
		...node,
	}));
	const connections = {};
	for (let index = 1; index < all.length; index++) {
		connections[all[index - 1].name] = { main: [[{ node: all[index].name, type: 'main', index: 0 }]] };
	}
	return { name, nodes: all, connections };
}
