import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import { ROOT } from './tarball';

/** A step of a job, so far as the tests look at it. */
export interface Step {
	uses?: string;
	run?: string;
	with?: Record<string, string>;
}

/** A job of a workflow; one that only calls another workflow has `uses` and no steps. */
export interface Job {
	uses?: string;
	needs?: string[];
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	strategy?: { matrix: Record<string, string[]> };
	environment?: string;
	steps?: Step[];
}

/** A workflow of GitHub Actions with its name and its text. */
export interface Workflow {
	file: string;
	text: string;
	permissions?: Record<string, string>;
	concurrency?: { group: string };
	jobs: Record<string, Job>;
}

const FOLDER = '.github/workflows';

/** Every workflow of the repository. */
export function workflows(): Workflow[] {
	return readdirSync(path.join(ROOT, FOLDER)).map((name) => {
		const file = `${FOLDER}/${name}`;
		const text = readFileSync(path.join(ROOT, file), 'utf8');
		return { ...(parse(text) as Omit<Workflow, 'file' | 'text'>), file, text };
	});
}

/** All jobs of a workflow with their names. */
export const jobsOf = ({ jobs }: Workflow) => Object.entries(jobs);

/** All steps of a workflow, of every job. */
export const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps ?? []);
