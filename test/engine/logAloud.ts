import { inspect } from 'node:util';

/** All that n8n logged since it was last emptied. Import this before the engine: n8n takes its log level when it is loaded. */
export const logged: string[] = [];

const keep = (...parts: unknown[]) => {
	logged.push(parts.map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 12 }))).join(' '));
	return true;
};

process.env.N8N_LOG_LEVEL = 'debug';
for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) console[level] = keep;
// n8n's logger writes past the console's methods, into its streams
for (const stream of ['_stdout', '_stderr']) Object.assign(console, { [stream]: { write: keep } });
