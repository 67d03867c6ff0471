/**
 * @typedef {object} WorkflowNode
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {number} typeVersion
 * @property {Record<string, unknown>} parameters
 * @property {Record<string, { id: string | null, name: string }>} [credentials]
 *
 * @typedef {object} NewWorkflow
 * @property {string} [id] - kept by n8n where it is free
 * @property {string} name
 * @property {WorkflowNode[]} nodes
 * @property {Record<string, { main: Array<Array<{ node: string }>> }>} connections - by the name of the node they go out from
 * @property {object} [settings]
 *
 * @typedef {NewWorkflow & { id: string, versionId?: string, isArchived?: boolean }} Workflow
 *
 * @typedef {object} Execution
 * @property {string} [id]
 * @property {string} status - `success`, `error`, `canceled`, …
 * @property {{ resultData: { runData?: Record<string, any[]>, error?: { message?: string, description?: string | null, node?: { name: string } } } }} data
 */

/**
 * The items that a node gave in a decoded execution.
 *
 * @param {Execution} execution - as `N8nClient.run` gives it
 * @param {string} nodeName
 * @param {number} [output] - which of its outputs
 * @returns {Array<Record<string, any>> | undefined} each item's `json`; undefined when the node did not run
 */
export function itemsOf(execution, nodeName, output = 0) {
	return execution.data.resultData.runData?.[nodeName]?.[0]?.data?.main?.[output]?.map((item) => item.json);
}

/**
 * The node that a manual run begins with: the one that nothing points at.
 *
 * @param {Workflow} workflow
 * @returns {WorkflowNode | undefined}
 */
export function startNodeOf({ nodes, connections }) {
	const targets = new Set(
		Object.values(connections)
			.flatMap((outputs) => Object.values(outputs).flat(2))
			.map((target) => target?.node),
	);
	return nodes.find((node) => !targets.has(node.name) && !node.type.endsWith('.stickyNote'));
}
