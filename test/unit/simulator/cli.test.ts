import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DEFAULT_SWITCHES, ENVELOPES, FAULT_KINDS } from '../../simulator';
import { banner } from '../../simulator/banner';
import { parseFault } from '../../simulator/cliFault';
import { helpText, readFlags } from '../../simulator/cliFlags';
import { FlagFault } from '../../simulator/flagFault';
import { start, stopAll } from './helpers';

const root = join(__dirname, '..', '..', '..');

afterAll(stopAll);

/** The command line itself, run to its end. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
	const cli = [
		join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs'),
		join(root, 'test', 'simulator', 'cli.ts'),
		...args,
	];
	return await new Promise((resolve) => {
		execFile(process.execPath, cli, { timeout: 100_000 }, (error, out, err) =>
			resolve({ code: Number(error?.code ?? 0), out, err }),
		);
	});
}

describe('flags', () => {
	test('without any', () => {
		const { options, quiet, help } = readFlags([]);
		expect(options).toMatchObject({ port: 8787, faults: [], apiOpened: true, live: true, switches: {}, account: {} });
		expect(options.rateLimit).toBeUndefined();
		expect([quiet, help]).toEqual([false, false]);
	});

	test('every switch', () => {
		const args =
			'--envelope data --success-errno absent --ends exclusive --errno-status http --v2-window-hours 24 --v1-window-hours 6.5 --v1-filters-on start --compare-precision seconds --time-forms string,epochSeconds --reversed-window empty --counts-as string --last-token null --empty-list null --client-order shuffled --empty-page-in-middle --repeat-token --token-seconds 30 --moving-pages --moves-towards earlier --lag-seconds 30 --conv-id-in-query optional --wrong-enterprise 10011 --reports-need-enterprise --reports-accept bearer --reports-filter-on start --first-response sum';
		const { switches } = readFlags(args.split(' ')).options;
		expect(switches).toEqual({
			envelope: 'data',
			successErrno: 'absent',
			ends: 'exclusive',
			errnoStatus: 'http',
			v2WindowHours: 24,
			v1WindowHours: 6.5,
			v1FiltersOn: 'start',
			comparePrecision: 'seconds',
			timeForms: ['string', 'epochSeconds'],
			reversedWindow: 'empty',
			countsAs: 'string',
			lastToken: 'null',
			emptyList: 'null',
			clientOrder: 'shuffled',
			emptyPageInMiddle: true,
			repeatToken: true,
			tokenSeconds: 30,
			movingPages: true,
			movesTowards: 'earlier',
			lagSeconds: 30,
			convIdInQuery: 'optional',
			wrongEnterprise: '10011',
			reportsNeedEnterprise: true,
			reportsAccept: 'bearer',
			reportsFilterOn: 'start',
			firstResponse: 'sum',
		});
		expect(Object.keys(switches ?? {}).sort()).toEqual(Object.keys(DEFAULT_SWITCHES).sort());
	});

	test('the server', () => {
		const args =
			'--port 0 --latency 50 --rate-limit 20 --rate-burst 5 --rate-answer 429 --retry-after 2 --fault 10015:0.05 --fault slow:delay=10,times=2 --api-closed --days 3 --per-day 500 --seed 9 --frozen --access-token t --app-id a --sign s --enterprise-id 5 --webhook http://127.0.0.1:5678/webhook/x/webhook --webhook-secret w --webhooks-anywhere --quiet';
		const { options, quiet } = readFlags(args.split(' '));
		expect(options).toMatchObject({
			port: 0,
			latencyMs: 50,
			rateLimit: { perSecond: 20, burst: 5, answer: '429', retryAfterSeconds: 2 },
			faults: [
				{ kind: '10015', rate: 0.05 },
				{ kind: 'slow', delayMs: 10, times: 2 },
			],
			apiOpened: false,
			days: 3,
			conversationsPerDay: 500,
			seed: 9,
			live: false,
			account: { accessToken: 't', appId: 'a', sign: 's', enterpriseId: 5 },
			page: { webhook: { url: 'http://127.0.0.1:5678/webhook/x/webhook', secret: 'w' }, webhooksAnywhere: true },
		});
		expect(quiet).toBe(true);
	});

	test.each([
		[['--envelope', 'list'], `--envelope wants one of ${ENVELOPES.join(', ')}, not 'list'`],
		[['--port', '70000'], "--port wants a whole number from 0 to 65535, not '70000'"],
		[['--port', '80x'], "--port wants a whole number from 0 to 65535, not '80x'"],
		[['--latency', ''], "--latency wants a whole number from 0, not ''"],
		[['--v2-window-hours', 'wide'], "--v2-window-hours wants a number from 0, not 'wide'"],
		[
			['--time-forms', 'string,iso'],
			"--time-forms wants one of string, stringMicroseconds, epochSeconds, epochMicroseconds, not 'iso'",
		],
		[['--rate-answer', '503'], "--rate-answer wants one of 10014, 429, not '503'"],
		[['--fault', 'broken'], `--fault wants one of ${FAULT_KINDS.join(', ')}, not 'broken'`],
		[['--fault', '10015:1.5'], "--fault: rate wants a number from 0 to 1, not '1.5'"],
		[['--fault', '10015:soon=1'], "not 'soon=1'"],
		[['--fault', '10015:match=('], 'regular expression'],
		[['--nothing'], '--nothing'],
	])('%j is refused', (args, message) => {
		expect(() => readFlags(args)).toThrow(FlagFault);
		expect(() => readFlags(args)).toThrow(message);
	});

	test('faults', () => {
		expect(parseFault('reset')).toEqual({ kind: 'reset' });
		expect(parseFault('10014:0.1,retry-after=3,after=4')).toEqual({
			kind: '10014',
			rate: 0.1,
			retryAfterSeconds: 3,
			after: 4,
		});
		expect(parseFault('500:match=/v2/clients')).toEqual({ kind: '500', match: /\/v2\/clients/ });
	});

	test('the help names every flag', () => {
		for (const name of Object.keys(DEFAULT_SWITCHES)) {
			expect(helpText()).toContain(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`);
		}
		expect(helpText()).toContain('--fault');
	});
});

test('the banner has what a credential needs, and a request that works', async () => {
	const now = new Date('2026-03-10T15:00:00+08:00');
	const simulator = await start({ now });
	const text = banner(simulator, now);
	const { accessToken, appId, sign, enterpriseId } = simulator.account;
	for (const value of [simulator.url, accessToken, appId, sign, String(enterpriseId)]) expect(text).toContain(value);
	const [, header, url] = /curl -H 'Authorization: ([^']+)' '([^']+)'/.exec(text) ?? [];
	const reply = (await (await fetch(url, { headers: { authorization: header } })).json()) as {
		errno: number;
		result: unknown[];
	};
	expect(reply.errno).toBe(0);
	expect(reply.result).toHaveLength(5);
});

describe('the command', () => {
	test('help', async () => {
		const { code, out } = await run('--help');
		expect(code).toBe(0);
		expect(out).toContain('npm run simulator -- [flags]');
	});

	test('a bad value, an unknown command', async () => {
		const [bad, unknown] = await Promise.all([run('--ends', 'both'), run('listen')]);
		expect(bad).toMatchObject({ code: 1, out: '' });
		expect(bad.err).toContain("--ends wants one of inclusive, halfOpen, exclusive, startExclusive, not 'both'");
		expect(unknown.code).toBe(1);
		expect(unknown.err).toContain("There is no command 'listen'");
	});

	test('a webhook on another machine', async () => {
		const { code, err } = await run('--port', '0', '--days', '1', '--webhook', 'https://n8n.example.com/webhook/x');
		expect(code).toBe(1);
		expect(err).toMatch(/^Events go to this computer only .*--webhooks-anywhere\.\nAll flags: /);
	});

	test('a port in use', async () => {
		const { port } = await start({ conversations: [] });
		const { code, err } = await run('--port', String(port), '--days', '1');
		expect(code).toBe(1);
		expect(err).toContain(`Port ${port} is in use. Choose another with --port`);
	});
});
