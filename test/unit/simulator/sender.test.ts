import { execFile } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { listenOnLoopback } from '../../lab/loopback.mjs';
import {
	DEMO_ACCOUNT,
	EVENT_NAMES,
	HEADER_NAMES,
	SIGNATURES,
	makeEvents,
	openSender,
	signatureFor,
	signatureHeaders,
	type SenderOptions,
} from '../../simulator';
import { FlagFault } from '../../simulator/flagFault';
import { readSendFlags, sendHelpText } from '../../simulator/senderFlags';
import { pass, useVirtualTime } from '../../virtualTime';

const AT = new Date('2026-03-10T15:00:00+08:00');
const root = join(__dirname, '..', '..', '..');

interface Seen {
	headers: IncomingHttpHeaders;
	raw: Buffer;
	socket: number;
	at: number;
}

const closing: Array<() => Promise<void>> = [];

afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

/** A receiver that answers with the given statuses in turn, the last one forever. */
async function receiver(...statuses: number[]): Promise<{ url: string; seen: Seen[] }> {
	const seen: Seen[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const { headers, socket } = request;
			seen.push({ headers, raw: Buffer.concat(chunks), socket: socket.remotePort ?? 0, at: Date.now() });
			response.writeHead(statuses[Math.min(seen.length - 1, statuses.length - 1)] ?? 200).end('{"message":"ok"}');
		});
	});
	const { url, close } = await listenOnLoopback(server);
	closing.push(close);
	return { url: `${url}/webhook/x?y=1`, seen };
}

function open(options: SenderOptions) {
	const sender = openSender(options);
	closing.unshift(sender.close);
	return sender;
}

const one = () => makeEvents({ names: ['client.updated'], count: 1, at: AT })[0];

describe('events', () => {
	test('every one, in the envelope of its channel', () => {
		const events = makeEvents({ names: EVENT_NAMES, count: EVENT_NAMES.length, at: AT });
		expect(events.map(({ name }) => name)).toEqual([...EVENT_NAMES]);
		for (const { name, id, body } of events) {
			if (name === 'cus_became_leads') {
				expect(Object.keys(body)).toEqual(['id', 'eventType', 'createdAt', 'body']);
				expect(body).toMatchObject({ id, eventType: name, createdAt: AT.getTime() });
				continue;
			}
			const dataKey = name === 'cus.upsert' ? 'body' : name.split('.')[0];
			expect(Object.keys(body)).toEqual(['id', 'event', 'enterprise_token', 'created_at', dataKey]);
			expect(body).toMatchObject({
				id,
				event: name,
				enterprise_token: DEMO_ACCOUNT.enterpriseToken,
				created_at: AT.getTime() / 1000,
			});
			expect(id).toMatch(/^sub_[0-9a-f]{32}_1773126000_\d+$/);
		}
		expect(events[7].body.body).not.toHaveProperty('enterprise_token');
		expect(events[0].body.conversation).toMatchObject({ conv_end_tm: null, agent_name: '' });
	});

	test('the same for the same options, others for another seed; ids of the older form', () => {
		const options = { names: EVENT_NAMES, count: 20, at: AT };
		expect(makeEvents(options)).toEqual(makeEvents(options));
		expect(makeEvents({ ...options, seed: 2 })).not.toEqual(makeEvents(options));
		expect(new Set(makeEvents(options).map(({ id }) => id)).size).toBe(20);
		const old = makeEvents({ names: ['client.created'], count: 5, at: AT, ids: 'seconds' });
		expect(new Set(old.map(({ id }) => id)).size).toBe(1);
	});
});

describe('signatures', () => {
	test("the vector of Laigu's document", () => {
		expect(signatureFor('{"id":"sub_x_1","event":"client.updated"}', 'testsecret')).toBe(
			'1e71ec052d369cd4090e4a4d0b4fbe170313ed91',
		);
	});

	test('only the right one is right', () => {
		const raw = Buffer.from(JSON.stringify(one().body));
		const right = signatureFor(raw, 's');
		const made = Object.fromEntries(
			SIGNATURES.map((signature) => [signature, signatureHeaders(raw, { secret: 's', signature })]),
		);
		expect(made.right).toEqual({ 'Meiqia-Signature': right });
		expect(made.missing).toEqual({});
		expect(made.empty).toEqual({ 'Meiqia-Signature': '' });
		for (const mode of ['wrong', 'stale', 'reencoded', 'hmac']) {
			expect(made[mode]['Meiqia-Signature']).toMatch(/^[0-9a-f]{40}$/);
			expect(made[mode]['Meiqia-Signature']).not.toBe(right);
		}
		expect(Object.keys(made.disagreeing)).toEqual(['Meiqia-Signature', 'Laigu-Signature']);
		expect(signatureHeaders(raw, {})).toEqual({});
	});
});

describe('delivery', () => {
	test('as Laigu sends', async () => {
		const { url, seen } = await receiver();
		const event = one();
		const { last, attempts } = await open({ url, secret: 's', header: HEADER_NAMES[2] }).deliver(event);
		expect([last.status, last.text, attempts.length]).toEqual([200, '{"message":"ok"}', 1]);
		expect(JSON.parse(seen[0].raw.toString())).toEqual(event.body);
		expect(seen[0].headers).toMatchObject({
			'content-type': 'application/json; charset=utf-8',
			'user-agent': 'Go-http-client/1.1',
			'laigu-sign': signatureFor(seen[0].raw, 's'),
		});
	});

	test("the automation's event is not signed, unless one says how", async () => {
		const { url, seen } = await receiver();
		const [lead] = makeEvents({ names: ['cus_became_leads'], count: 1, at: AT });
		await open({ url, secret: 's' }).deliver(lead);
		await open({ url, secret: 's', signature: 'right' }).deliver(lead);
		expect(Object.keys(seen[0].headers).filter((name) => name.includes('sign'))).toEqual([]);
		expect(seen[1].headers['meiqia-signature']).toBe(signatureFor(seen[1].raw, 's'));
	});

	test('gzip: signed as it was before', async () => {
		const { url, seen } = await receiver();
		await open({ url, secret: 's', gzip: true }).deliver(one());
		expect(seen[0].headers['content-encoding']).toBe('gzip');
		expect(seen[0].headers['meiqia-signature']).toBe(signatureFor(gunzipSync(seen[0].raw), 's'));
	});

	describe('a second time', () => {
		useVirtualTime();

		test.each([401, 500, 204, 302])('after %i once more, so much later, and no third time', async (status) => {
			const { url, seen } = await receiver(status, status);
			const { attempts, last } = await open({ url, retryAfterMs: 60_000 }).deliver(one());
			expect(attempts.map((attempt) => attempt.status)).toEqual([status, status]);
			expect(last.status).toBe(status);
			expect(seen[1].at - seen[0].at).toBeGreaterThanOrEqual(60_000);
			expect(seen[1].raw.equals(seen[0].raw)).toBe(true);
			await pass(120_000);
			expect(seen).toHaveLength(2);
		});
	});

	test('after 200, or without a delay for it, never', async () => {
		const good = await receiver(200);
		await open({ url: good.url, retryAfterMs: 10 }).deliver(one());
		const bad = await receiver(500);
		await open({ url: bad.url }).deliver(one());
		expect([good.seen.length, bad.seen.length]).toEqual([1, 1]);
	});

	test('a burst keeps its connections', async () => {
		const { url, seen } = await receiver();
		const events = makeEvents({ names: ['client.updated'], count: 200, at: AT });
		const results = await open({ url, atOnce: 10 }).deliverAll(events);
		expect(results.map(({ event }) => event.id)).toEqual(events.map(({ id }) => id));
		expect(seen).toHaveLength(200);
		expect(new Set(seen.map(({ socket }) => socket)).size).toBeLessThanOrEqual(10);
	});

	test('nobody there', async () => {
		const { last } = await open({ url: 'http://127.0.0.1:9/x' }).deliver(one());
		expect(last.status).toBe(0);
		expect(last.text).not.toBe('');
	});
});

describe('flags of send', () => {
	const to = ['--to', 'http://127.0.0.1:5678/webhook/x/webhook'];

	test('every one', () => {
		const args = `client.updated,cus.upsert ${to.join(' ')} --secret s --header Laigu-Sign --signature stale --count 500 --at-once 50 --repeat 2 --shuffle --gzip --age 90 --old-ids --enterprise-token t --retry-delay 60 --seed 3`;
		expect(readSendFlags(args.split(' '), AT)).toEqual({
			sender: {
				url: to[1],
				secret: 's',
				header: 'Laigu-Sign',
				signature: 'stale',
				gzip: true,
				atOnce: 50,
				retryAfterMs: 60_000,
			},
			events: {
				names: ['client.updated', 'cus.upsert'],
				count: 500,
				account: { enterpriseToken: 't' },
				seed: 3,
				at: new Date(AT.getTime() - 90_000),
				ids: 'seconds',
			},
			repeat: 2,
			shuffle: true,
			help: false,
		});
	});

	test('without any: one of each', () => {
		expect(readSendFlags(to)).toMatchObject({
			events: { names: [...EVENT_NAMES], count: 9, ids: 'numbered' },
			repeat: 0,
		});
		expect(readSendFlags(to).sender.signature).toBeUndefined();
	});

	test.each([
		[['client.renamed', ...to], "not 'client.renamed'"],
		[[], "--to wants the trigger's URL"],
		[['--to', 'ftp://x'], "--to wants the trigger's URL"],
		[[...to, '--count', 'many'], "--count wants a number from 1, not 'many'"],
		[[...to, '--signature', 'good'], '--signature wants one of'],
		[[...to, '--nothing'], '--nothing'],
		[['client.updated', 'cus.upsert', ...to], 'separated by commas'],
	])('%j is refused', (args, message) => {
		expect(() => readSendFlags(args)).toThrow(FlagFault);
		expect(() => readSendFlags(args)).toThrow(message);
	});

	test('the help', () => {
		expect(readSendFlags(['--help']).help).toBe(true);
		for (const word of ['--retry-delay', '--signature', 'cus_became_leads']) expect(sendHelpText()).toContain(word);
	});
});

describe('the command', () => {
	const run = async (...args: string[]) =>
		await new Promise<{ code: number; out: string; err: string }>((resolve) => {
			const cli = [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'test/simulator/cli.ts'), 'send', ...args];
			execFile(process.execPath, cli, { timeout: 100_000 }, (error, out, err) =>
				resolve({ code: Number(error?.code ?? 0), out, err }),
			);
		});

	test('a line each, or a summary', async () => {
		const { url, seen } = await receiver();
		const few = await run('client.updated', '--to', url, '--secret', 's', '--repeat', '1');
		expect(few.code).toBe(0);
		expect(few.out.trim().split('\n')).toHaveLength(2);
		expect(few.out).toMatch(/^200 in \d+ ms {2}client\.updated {2}sub_/);
		const many = await run('--to', url, '--count', '100', '--at-once', '10', '--shuffle');
		expect(many.out).toContain('100 × 200  {"message":"ok"}');
		expect(many.out).toContain('100 deliveries in ');
		expect(seen).toHaveLength(102);
		expect(few.out + many.out).not.toContain('--secret');
	});

	test('nobody there: says so, and ends with 1', async () => {
		const { code, out } = await run('client.updated', '--to', 'http://127.0.0.1:9/x');
		expect(code).toBe(1);
		expect(out).toContain('no answer');
	});
});
