import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/**
 * A mail server on the loopback address that keeps what it gets.
 *
 * @param {{ user: string, password: string }} account
 * @returns {Promise<{ port: number, mails: Array<{ from: string, to: string[], text: string }>, close: () => Promise<void> }>} `text`: the whole mail as it was sent
 */
export async function startMail({ user, password }) {
	const mails = [];
	const server = new SMTPServer({
		hideSTARTTLS: true,
		allowInsecureAuth: true,
		onAuth({ username, password: given }, session, callback) {
			const isKnown = username === user && given === password;
			callback(isKnown ? null : new Error('Invalid user name or password'), { user: username });
		},
		async onData(stream, { envelope }, callback) {
			let text = '';
			for await (const chunk of stream.setEncoding('utf8')) text += chunk;
			mails.push({ from: envelope.mailFrom.address, to: envelope.rcptTo.map(({ address }) => address), text });
			callback();
		},
	});
	server.listen(0, '127.0.0.1');
	await once(server.server, 'listening');
	return {
		port: server.server.address().port,
		mails,
		close: () => new Promise((resolve) => void server.close(resolve)),
	};
}
