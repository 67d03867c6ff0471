import { setTimeout as sleep } from 'node:timers/promises';
import { decodeFlatted } from './flatted.mjs';
import { startNodeOf } from './workflow.mjs';

/**
 * @typedef {import('./workflow.mjs').Workflow} Workflow
 * @typedef {import('./workflow.mjs').NewWorkflow} NewWorkflow
 * @typedef {import('./workflow.mjs').Execution} Execution
 */

// n8n ties a session to the browser that began it: every call has to repeat the header of the log-in
const BROWSER = { 'browser-id': 'n8n-nodes-laigu', 'push-ref': 'n8n-nodes-laigu' };
const UNFINISHED = ['new', 'running', 'waiting'];

/** An answer of n8n with a status of 400 or more. */
export class N8nRequestError extends Error {
	/**
	 * @param {string} request - method and path
	 * @param {number} status - HTTP status
	 * @param {string} body - the answer's text
	 */
	constructor(request, status, body) {
		super(`n8n answered ${request} with ${status}: ${body.slice(0, 600)}`);
		this.name = 'N8nRequestError';
		this.status = status;
		this.body = body;
	}
}

/** Drives a running n8n as its editor does, over its REST API. Works with n8n 1.94 to 2.41. */
export class N8nClient {
	#cookie = '';

	/** @param {string} url - the editor's, e.g. `http://127.0.0.1:5678` */
	constructor(url) {
		this.url = url.replace(/\/$/, '');
	}

	/**
	 * One call with the session's cookie.
	 *
	 * @param {string} method
	 * @param {string} path - from the root, e.g. `/types/nodes.json`
	 * @param {unknown} [body] - sent as JSON
	 * @returns {Promise<{ status: number, text: string, json: any }>} `json` undefined when the answer is something else
	 */
	async request(method, path, body) {
		const headers = {
			...BROWSER,
			// a busy n8n closes an idle connection in the very moment in which it is used again
			connection: 'close',
			...(this.#cookie && { cookie: this.#cookie }),
			...(body !== undefined && { 'content-type': 'application/json' }),
		};
		const response = await fetch(this.url + path, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
			redirect: 'manual',
		});
		const cookie = response.headers.getSetCookie().find((entry) => /^n8n-auth=[^;]/.test(entry));
		if (cookie) this.#cookie = cookie.split(';')[0];
		const text = await response.text();
		return { status: response.status, text, json: parseJson(text) };
	}

	/**
	 * A call of the editor's API.
	 *
	 * @param {string} method
	 * @param {string} path - below `/rest`
	 * @param {unknown} [body]
	 * @returns {Promise<any>} the answer's `data`
	 * @throws {N8nRequestError} for a status of 400 or more
	 */
	async rest(method, path, body) {
		const { status, text, json } = await this.request(method, `/rest${path}`, body);
		if (status >= 400) throw new N8nRequestError(`${method} /rest${path}`, status, text);
		return json && typeof json === 'object' && 'data' in json ? json.data : json;
	}

	/**
	 * Makes the owner's account in a new n8n, or logs in where it exists.
	 *
	 * @param {{ email: string, password: string, firstName?: string, lastName?: string }} owner
	 * @returns {Promise<void>}
	 * @throws {N8nRequestError} when the account exists with another password
	 */
	async logIn({ email, password, firstName = 'Demo', lastName = 'Owner' }) {
		const setUp = await this.request('POST', '/rest/owner/setup', { email, password, firstName, lastName });
		if (setUp.status !== 200) await this.rest('POST', '/login', { emailOrLdapLoginId: email, password });
	}

	/** Descriptions of all node types that n8n has loaded. @returns {Promise<Array<{ name: string, version: number | number[] }>>} */
	async nodeTypes() {
		return (await this.request('GET', '/types/nodes.json')).json ?? [];
	}

	/** Descriptions of all credential types. @returns {Promise<Array<{ name: string }>>} */
	async credentialTypes() {
		return (await this.request('GET', '/types/credentials.json')).json ?? [];
	}

	/**
	 * Saves a credential: a new one, or, with an id, in the place of an old one.
	 *
	 * @param {{ id?: string, name: string, type: string, data: object }} credential
	 * @returns {Promise<{ id: string, name: string, type: string }>}
	 * @throws {N8nRequestError}
	 */
	saveCredential({ id, ...credential }) {
		return id ? this.rest('PATCH', `/credentials/${id}`, credential) : this.rest('POST', '/credentials', credential);
	}

	/**
	 * Runs the test of a saved credential, as the editor does when it is saved.
	 *
	 * @param {{ id: string, name: string, type: string }} credential
	 * @param {object} data - the fields
	 * @returns {Promise<{ status: 'OK' | 'Error', message: string }>}
	 */
	testCredential({ id, name, type }, data) {
		return this.rest('POST', '/credentials/test', { credentials: { id, name, type, data } });
	}

	/** Creates a workflow; an `id` in it is kept. n8n 1.x insists on `active`. @param {NewWorkflow} workflow @returns {Promise<Workflow>} as saved */
	createWorkflow(workflow) {
		return this.rest('POST', '/workflows', {
			active: false,
			settings: {},
			pinData: {},
			meta: {},
			tags: [],
			...workflow,
		});
	}

	/** A workflow as it is saved, or undefined when there is none. @param {string} id @returns {Promise<Workflow | undefined>} */
	async findWorkflow(id) {
		try {
			return await this.rest('GET', `/workflows/${id}`);
		} catch (error) {
			// a workflow that is not there is "forbidden" to n8n, too
			if (error.status === 404 || error.status === 403) return undefined;
			throw error;
		}
	}

	/** Saves over a workflow. @param {string} id @param {Partial<Workflow>} workflow @returns {Promise<Workflow>} as saved */
	updateWorkflow(id, workflow) {
		return this.rest('PATCH', `/workflows/${id}`, workflow);
	}

	/** Deletes a workflow; n8n wants it archived first. @param {string} id @returns {Promise<void>} */
	async deleteWorkflow(id) {
		await this.request('POST', `/rest/workflows/${id}/archive`, {});
		await this.rest('DELETE', `/workflows/${id}`);
	}

	/**
	 * Publishes a workflow and waits until its triggers are really there: n8n 2.x answers before that.
	 *
	 * @param {string} id
	 * @param {{ timeoutMs?: number }} [options]
	 * @returns {Promise<{ status: string }>} `synchronous` on n8n 1.x; otherwise `published`, `partial` or `failed`, with n8n's details
	 * @throws {N8nRequestError | Error} when it is refused, or takes too long
	 */
	async activate(id, { timeoutMs = 60_000 } = {}) {
		const { versionId } = await this.rest('GET', `/workflows/${id}`);
		await this.#setActive(id, true, { versionId, name: '', description: '' });
		return await until(timeoutMs, `workflow ${id} to be published`, async () => {
			const { status, json } = await this.request('GET', `/rest/workflows/${id}/publication-status`);
			if (status === 404) return { status: 'synchronous' };
			// in queue mode it can say for a moment that it has not begun
			return ['in_progress', 'not_published'].includes(json.data.status) || json.data.pendingVersionId
				? undefined
				: json.data;
		});
	}

	/** Takes a workflow out of service (a PATCH is ignored by n8n 2.x without a word). @returns {Promise<void>} */
	deactivate(id) {
		return this.#setActive(id, false, {});
	}

	/** Older n8n 1.x have no routes of their own for it. */
	async #setActive(id, active, details) {
		const path = `/workflows/${id}/${active ? 'activate' : 'deactivate'}`;
		const { status, json, text } = await this.request('POST', `/rest${path}`, details);
		if (status === 404 && json === undefined) await this.updateWorkflow(id, { active });
		else if (status >= 400) throw new N8nRequestError(`POST /rest${path}`, status, text);
	}

	/**
	 * Begins a workflow as the editor's "Execute workflow" does.
	 *
	 * @param {Workflow} workflow - as it is saved: what n8n runs is what it has saved
	 * @param {{ trigger?: string }} [options] - `trigger`: the name of the node to begin with; without it the first that nothing points at
	 * @returns {Promise<string>} the execution's ID
	 * @throws {N8nRequestError} when it cannot be started
	 */
	async start(workflow, { trigger = startNodeOf(workflow)?.name } = {}) {
		const { executionId } = await this.rest('POST', `/workflows/${workflow.id}/run`, {
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name: trigger },
		});
		return executionId;
	}

	/**
	 * Runs a workflow as `start` does and waits for its end.
	 *
	 * @param {Workflow} workflow
	 * @param {{ timeoutMs?: number, trigger?: string }} [options] - `trigger`: as for `start`
	 * @returns {Promise<Execution>} with its data decoded
	 * @throws {N8nRequestError | Error} when it cannot be started, or takes too long
	 */
	async run(workflow, { timeoutMs, trigger } = {}) {
		return await this.finishedExecution(await this.start(workflow, { trigger }), { timeoutMs });
	}

	/** One execution with its data decoded. @param {string} id @returns {Promise<Execution>} */
	async execution(id) {
		const execution = await this.rest('GET', `/executions/${id}`);
		return { ...execution, data: typeof execution.data === 'string' ? decodeFlatted(execution.data) : execution.data };
	}

	/** Waits for an execution to end. @param {string} id @returns {Promise<Execution>} with its data decoded */
	async finishedExecution(id, { timeoutMs = 60_000 } = {}) {
		return await until(timeoutMs, `execution ${id} to end`, async () => {
			const execution = await this.execution(id).catch((error) => {
				if (error.status === 404) return undefined;
				throw error;
			});
			// n8n 1.x sets the status a moment before the data are there
			return execution?.data && !UNFINISHED.includes(execution.status) ? execution : undefined;
		});
	}

	/** Executions, the newest first, without their data. @returns {Promise<Array<{ id: string, status: string, mode: string }>>} */
	async executions(workflowId) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const found = await this.rest('GET', `/executions?filter=${filter}&limit=50`);
		return found.results ?? found;
	}
}

async function until(timeoutMs, what, look) {
	for (const since = Date.now(); ; await sleep(150)) {
		const found = await look();
		if (found !== undefined) return found;
		if (Date.now() - since > timeoutMs) throw new Error(`Waited ${timeoutMs / 1000} s for ${what} in vain.`);
	}
}

function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
