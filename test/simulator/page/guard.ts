import type { IncomingMessage } from 'node:http';

/** Why a request or a value is refused: `reason` for programs, the message for people. */
export class PageRefusal extends Error {
	constructor(
		readonly status: number,
		readonly reason: string,
		message: string,
	) {
		super(message);
	}
}

const LOOPBACK_NAME = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;
const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;

/** Whether the connection comes from this machine itself. */
export function isFromThisMachine(request: IncomingMessage): boolean {
	return LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '');
}

/** Whether a Host header names this machine. A page that reaches the server by DNS rebinding sends the name of its own site. */
export function isLoopbackHost(host: string | undefined): boolean {
	const url = `http://${host ?? ''}`;
	return URL.canParse(url) && LOOPBACK_NAME.test(new URL(url).hostname);
}

/**
 * Checks that a request which reads comes from the page itself, or from a program on this machine. Throws PageRefusal for another Host, and for a foreign page's request as far as
 * browsers mark those.
 */
export function requireOwnPage({ headers }: IncomingMessage): void {
	if (!isLoopbackHost(headers.host))
		throw new PageRefusal(403, 'foreignHost', 'This page answers on localhost and 127.0.0.1 only.');
	if (headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate')
		throw new PageRefusal(403, 'foreignOrigin', 'This page may be read by itself only, not by another site.');
}

/** Checks that a request which changes something was sent by the page itself. Throws PageRefusal for another method, origin, Host or content type. */
export function requireOwnAction(request: IncomingMessage): void {
	const { method, headers } = request;
	requireOwnPage(request);
	if (method !== 'POST') throw new PageRefusal(405, 'method', 'Only POST changes something here.');
	if (headers.origin !== `http://${headers.host ?? ''}`)
		throw new PageRefusal(403, 'foreignOrigin', 'Only the page of the simulator itself may do this.');
	if (!/^application\/json\b/.test(headers['content-type'] ?? ''))
		throw new PageRefusal(415, 'contentType', 'This wants JSON.');
}

/** The webhook's URL without blanks around it, or '' for none. Throws PageRefusal for one that is no http URL or, unless `anywhere`, not on this machine. */
export function checkWebhookUrl(text: string, anywhere: boolean): string {
	const url = text.trim();
	if (url === '') return '';
	const parsed = URL.canParse(url) ? new URL(url) : undefined;
	if (!parsed || !/^https?:$/.test(parsed.protocol))
		throw new PageRefusal(422, 'webhookUrl', 'The webhook URL has to be a URL that begins with http:// or https://.');
	if (!anywhere && !LOOPBACK_NAME.test(parsed.hostname))
		throw new PageRefusal(
			422,
			'webhookElsewhere',
			'Events go to this computer only (127.0.0.1 or localhost). To send them elsewhere, start the simulator with --webhooks-anywhere.',
		);
	return url;
}
