import { parseArgs } from 'node:util';
import { UserError } from '../lib/errors.mjs';
import { parsePort } from '../lib/ports.mjs';

const HELP = `A real n8n with the Laigu nodes in it, and a Laigu server of our own to try them on.

  npm start                       set everything up, run the examples, send a lead, leave the editor open until Ctrl-C
  npm start -- --once             end after that; exit code 0 only if the rows are right, and the lead is in n8n's table once

Options (after "--")
  --once                          see above
  --port <number>                 n8n's port; without it 5678, or the next free one
  --simulator-port <number>       the Laigu simulator's port; without it 8787, or the next free one
  --reset                         throw away this checkout's n8n (workflows, credentials, log-in) and begin anew
  --help                          this text

Everything runs on this machine only (127.0.0.1). n8n and its Node.js are kept in
~/.cache/n8n-nodes-laigu (or where LAIGU_LAB_CACHE says), about 2.4 GB; the first start brings them
and takes some minutes.
`;

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} once - end after the examples and the lead
 * @property {boolean} reset - forget what is in this checkout's n8n
 * @property {number | undefined} port - n8n's, when the user insists on one
 * @property {number | undefined} simulatorPort - the simulator's, when the user insists on one
 */

/**
 * Reads the command line of `npm start`.
 *
 * @param {string[]} args - without node and the script
 * @returns {StartOptions}
 * @throws {UserError} for an unknown option or a value that makes no sense
 */
export function readStartOptions(args) {
	const values = parse(args);
	const port = values.port === undefined ? undefined : parsePort(values.port, '--port');
	const simulatorPort =
		values['simulator-port'] === undefined ? undefined : parsePort(values['simulator-port'], '--simulator-port');
	if (port !== undefined && port === simulatorPort)
		throw new UserError('--port and --simulator-port have to be different.');
	return { help: values.help ?? false, once: values.once ?? false, reset: values.reset ?? false, port, simulatorPort };
}

/** The text of `--help`. @returns {string} */
export const startHelp = () => HELP;

function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				help: { type: 'boolean', short: 'h' },
				once: { type: 'boolean' },
				reset: { type: 'boolean' },
				port: { type: 'string' },
				'simulator-port': { type: 'string' },
			},
		}).values;
	} catch (error) {
		throw new UserError(`${error.message.split('. ')[0]}.\nAll options: npm start -- --help`, { cause: error });
	}
}
