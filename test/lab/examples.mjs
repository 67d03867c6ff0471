import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';

/**
 * @typedef {import('./workflow.mjs').Workflow} Workflow
 * @typedef {object | ((parameters: any) => object)} Change - parameters in the place of the node's own, or made from them
 *
 * @typedef {object} FilledIn
 * @property {Record<string, { id: string, name: string }>} [credentials] - by type
 * @property {Record<string, Change>} [parameters] - by the node's name
 */

const folder = join(repositoryRoot, 'examples');

/** The names of all example workflows, sorted. @returns {Promise<string[]>} */
export async function exampleFiles() {
	return (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
}

/** An example as it is in the repository. @param {string} file - its name @returns {Promise<Workflow>} */
export async function readExample(file) {
	return JSON.parse(await readFile(join(folder, file), 'utf8'));
}

/**
 * What a person makes of an example in the editor: credentials are chosen, and what the notes ask for is filled in.
 *
 * @param {Workflow} workflow - it is not changed
 * @param {FilledIn} filledIn - credentials of types that are not given stay empty
 * @returns {Workflow}
 * @throws when the workflow has no node of a given name
 */
export function fillIn(workflow, { credentials = {}, parameters = {} }) {
	const names = new Set(workflow.nodes.map(({ name }) => name));
	const unknown = Object.keys(parameters).find((name) => !names.has(name));
	if (unknown) throw new Error(`"${workflow.name}" has no node "${unknown}".`);
	const nodes = workflow.nodes.map((node) => {
		const change = parameters[node.name] ?? {};
		const changed = typeof change === 'function' ? change(node.parameters) : change;
		return {
			...node,
			parameters: { ...node.parameters, ...changed },
			...(node.credentials && { credentials: chosen(node.credentials, credentials) }),
		};
	});
	return { ...workflow, nodes };
}

function chosen(wanted, given) {
	return Object.fromEntries(
		Object.entries(wanted).map(([type, empty]) => {
			const { id, name } = given[type] ?? empty;
			return [type, { id, name }];
		}),
	);
}

/**
 * Other values for fields of an Edit Fields node.
 *
 * @param {Record<string, unknown>} values - by the field's name
 * @returns {(parameters: any) => object} for `parameters` of `fillIn`
 */
export function fields(values) {
	return ({ assignments: { assignments } }) => ({
		assignments: { assignments: assignments.map((one) => ({ ...one, value: values[one.name] ?? one.value })) },
	});
}
