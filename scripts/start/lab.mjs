import { join } from 'node:path';
import { lines } from '../../test/lab/lines.mjs';
import { N8nClient } from '../../test/lab/n8n-client.mjs';
import { ensureN8n, isN8nInstalled } from '../../test/lab/n8n-install.mjs';
import { startN8n } from '../../test/lab/n8n-process.mjs';
import { installPackage, packPackage } from '../../test/lab/package-install.mjs';
import { startLoggedSimulator } from '../../test/lab/simulator.mjs';
import { setUpDemo } from './demo.mjs';

/**
 * @typedef {object} Lab
 * @property {import('../../test/lab/n8n-process.mjs').RunningN8n} n8n
 * @property {N8nClient} client - logged in
 * @property {{ url: string, account: any, page: import('../../test/simulator').SimulatorPage, logFile: string }} simulator
 * @property {import('./demo.mjs').Demo} demo
 */

/**
 * Brings up the simulator and a real n8n with the package, the demo credential and the examples in it.
 *
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ step: <T>(title: string, work: (report: (detail: string) => void) => Promise<T>) => Promise<T>, note: (text: string) => void }} progress - three steps are taken
 * @returns {Promise<Lab>}
 * @throws {UserError} when n8n cannot be had, or does not come up
 */
export async function bringUpLab({ folder, choosePorts }, progress) {
	const line = lines.current;
	const title = isN8nInstalled(line)
		? `Finding n8n ${line.n8n}`
		: `Bringing n8n ${line.n8n} (about 2 GB, once; takes some minutes)`;
	const installation = await progress.step(title, (report) => ensureN8n(line, { report }));

	const { port, simulatorPort, notes } = await choosePorts();
	notes.forEach(progress.note);
	const simulator = await progress.step(
		'Starting the Laigu simulator, putting the package into n8n',
		async (report) => {
			const logFile = join(folder, 'simulator.log');
			const running = await startLoggedSimulator({ port: simulatorPort, logFile, options: { live: true } });
			report('packing the package');
			const npmLog = join(folder, 'package.log');
			const tarball = await packPackage(join(folder, 'package'), { logFile: npmLog });
			report('installing it');
			await installPackage(tarball, { userFolder: folder, logFile: npmLog });
			return { ...running, logFile };
		},
	);

	return await progress.step(`Starting n8n ${line.n8n}`, async (report) => {
		report('its log goes to n8n-start.log');
		const n8n = await startN8n(installation, { userFolder: folder, port });
		report('putting the credential and the examples in');
		const client = new N8nClient(n8n.url);
		const demo = await setUpDemo(client, { userFolder: n8n.userFolder, simulator });
		simulator.page.setWebhook(demo.webhook);
		simulator.page.setDestination({ name: demo.table.name, url: demo.table.url });
		return { n8n, client, simulator, demo };
	});
}
