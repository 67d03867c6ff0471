import type { Switches } from './switches';

/** Laigu's error numbers, the whole table of its API document, with the HTTP status that would fit each. */
const HTTP_STATUS = { 10011: 401, 10012: 404, 10013: 400, 10014: 429, 10015: 500, 10016: 400 } as const;

export type Errno = keyof typeof HTTP_STATUS;

/** A request that the server refuses with an errno. `note` is for the server's own log, never for the client. */
export class Refusal extends Error {
	constructor(
		readonly errno: Errno,
		errmsg: string,
		readonly note?: string,
	) {
		super(errmsg);
	}
}

/** Errno 10011; the note says in the log what was wrong, which Laigu's message does not. */
export const authenticationFailed = (note: string): Refusal =>
	new Refusal(10011, 'Authentication failed. Please check app_id and sign.', note);

/** Errno 10012: no such endpoint, or none opened for this account. */
export const wrongUrl = (note: string): Refusal => new Refusal(10012, 'URL is error. Please check url.', note);

/** Errno 10013: more records a page than Laigu gives. */
export const limitTooLarge = (limit: number, most: number): Refusal =>
	new Refusal(10013, `The param of limit in request is ${limit}, exceed max value ${most}.`);

/** Errno 10014: the rate limit. */
export const tooManyRequests = (): Refusal =>
	new Refusal(10014, 'Request api exceed specified times. Please request later.');

/** Errno 10015: Laigu's own trouble. */
export const internalError = (): Refusal =>
	new Refusal(10015, 'Server-side internal logic error. Please try again later.');

/** Errno 10016, naming the parameter as Laigu spells it. */
export const invalidParam = (name: string, note?: string): Refusal =>
	new Refusal(10016, `The param of ${name} is invalid.`, note);

/** The HTTP status that an errno comes with. Not documented: a switch. */
export function statusOf(errno: Errno, mode: Switches['errnoStatus']): number {
	return mode === 'ok' ? 200 : HTTP_STATUS[errno];
}
