import { ensureBuilt, isBuilt } from './build.mjs';
import { ensureInstalled, findInstallGap } from './install.mjs';
import { requireNode } from './node-version.mjs';
import { createProgress } from './progress.mjs';

/**
 * Makes a checkout ready for a script: Node new enough, dependencies installed, and, where wanted, the package built.
 * Says nothing when there is nothing to do. Uses Node's own modules only, so it can run before anything is installed.
 *
 * @param {{ build?: boolean }} [options] - `build`: whether `dist` is needed
 * @returns {Promise<void>}
 * @throws {UserError} when one of them cannot be had
 */
export async function prepare({ build = false } = {}) {
	await requireNode();
	const gap = await findInstallGap();
	const steps = [];
	if (gap) steps.push([`Installing dependencies (${gap})`, ensureInstalled]);
	if (build && (gap || !(await isBuilt()))) steps.push(['Building the package', ensureBuilt]);
	const progress = createProgress({ total: steps.length, stream: process.stderr });
	for (const [title, work] of steps) await progress.step(title, (report) => work({ report }));
}
