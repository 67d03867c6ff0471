/**
 * The lines of n8n that the package is proven on, each pinned exactly with the Node it runs on here.
 *
 * @typedef {object} N8nLine
 * @property {string} n8n - n8n's exact version
 * @property {{ version: string, minimum: string }} node - the Node to bring, and the oldest of the same major that will do
 * @property {Record<string, string>} overrides - pins for packages whose newest version n8n cannot be installed with
 * @property {string[]} installOptions - for npm install, besides those of every line
 * @property {Record<string, string>} environment - variables that this line needs, or that keep it from reaching out
 */

/** The newest n8n 2.x whose pinned packages are all in the registry. @type {N8nLine} */
const current = {
	n8n: '2.41.1',
	node: { version: '24.21.0', minimum: '24.0.0' },
	overrides: { linkedom: '0.18.13' },
	installOptions: ['--omit=optional', '--legacy-peer-deps'],
	environment: {
		// the list of MCP servers is fetched at start; the assistant and the chat hub are of no use without a network
		N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,chat-hub,quick-connect',
	},
};

/** The newest n8n 1.x, for Node 20. @type {N8nLine} */
const legacy = {
	n8n: '1.123.81',
	node: { version: '20.20.2', minimum: '20.19.0' },
	overrides: { xlsx: '0.18.5' },
	installOptions: [],
	environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
};

/**
 * The oldest n8n that the package is proven on. n8n 1.88 and older install a package together with the newest n8n-workflow, as its
 * peer, and that does not install on their Node.
 *
 * @type {N8nLine}
 */
const oldest = {
	n8n: '1.94.1',
	node: { version: '20.20.2', minimum: '20.19.0' },
	overrides: { xlsx: '0.18.5' },
	installOptions: [],
	environment: {},
};

/** @type {{ current: N8nLine, legacy: N8nLine, oldest: N8nLine }} */
export const lines = { current, legacy, oldest };
