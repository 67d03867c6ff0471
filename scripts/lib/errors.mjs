/**
 * An outcome that a person can act on: its message is shown as it stands, without a stack trace.
 *
 * @property {string | undefined} logFile - file with the whole story, named under the message
 */
export class UserError extends Error {
	/**
	 * @param {string} message - what happened and how to get on, in plain sentences
	 * @param {{ logFile?: string, tail?: string, cause?: unknown }} [details] - `tail`: the last lines of a log, shown indented
	 */
	constructor(message, { logFile, tail, cause } = {}) {
		super(message, { cause });
		this.name = 'UserError';
		this.logFile = logFile;
		this.tail = tail;
	}
}

/**
 * The text that a person sees for anything thrown: a UserError's own message with the tail and the path of its log,
 * a stack trace for everything unexpected.
 *
 * @param {unknown} error
 * @returns {string} one or more lines without a final line break
 */
export function describeError(error) {
	if (!(error instanceof UserError)) return error instanceof Error ? (error.stack ?? error.message) : String(error);
	const tail = error.tail ? `\n\n${indent(error.tail)}` : '';
	const log = error.logFile ? `\n\nThe whole log: ${error.logFile}` : '';
	return `${error.message}${tail}${log}`;
}

const indent = (text) => text.trimEnd().replace(/^/gm, '    ');
