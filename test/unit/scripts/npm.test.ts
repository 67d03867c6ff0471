import { explainNpmLog, npmEnvironment } from '../../../scripts/lib/npm.mjs';

describe('npm', () => {
	it.each([
		['npm error code ENOSPC', 'The disk is full'],
		['npm error code EAI_AGAIN\nnpm error request to … failed', 'could not reach its registry'],
		['npm error code E404', 'does not have a package'],
		['gyp ERR! find Python', 'C++ compiler'],
		['something else', ''],
	])('explains %j', (log, reason) => {
		expect(explainNpmLog(log)).toContain(reason);
	});

	it('hands down the registry and the proxy, but nothing of the script it was called from', () => {
		const env = npmEnvironment(
			{
				PATH: '/usr/bin',
				npm_config_registry: 'r',
				npm_config_ignore_scripts: 'true',
				npm_config_legacy_peer_deps: 'true',
				npm_package_name: 'x',
				npm_lifecycle_event: 'start',
				https_proxy: 'p',
			},
			'/node/bin',
		);
		expect(env).toMatchObject({ PATH: '/node/bin:/usr/bin', npm_config_registry: 'r', https_proxy: 'p' });
		expect(
			Object.keys(env).filter((name) => /ignore_scripts|legacy_peer|npm_package|npm_lifecycle/.test(name)),
		).toEqual([]);
	});
});
