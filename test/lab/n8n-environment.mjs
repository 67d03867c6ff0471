import { dirname, delimiter, join } from 'node:path';

/** Variables of the caller that would make n8n another n8n. */
const FOREIGN =
	/^(N8N_|DB_|QUEUE_|EXECUTIONS_|CREDENTIALS_|EXTERNAL_|GENERIC_|WEBHOOK_|NODES_|VUE_APP_|OFFLOAD_|CODE_|TASK_BROKER|WORKFLOWS_|DEPLOYMENT_|CACHE_|OTEL_|npm_|NODE_OPTIONS$|NODE_ENV$|NODE_PATH$|INIT_CWD$)/i;

/** Everything that n8n, or its editor, would ask for or tell to a server of somebody else. */
const SILENCE = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

/** n8n 2.x lets its file nodes write here only, as seen from the user folder; the same place as on any other n8n. */
export const FILES_FOLDER = '.n8n-files';

/**
 * The environment of one n8n process: its own user folder, database, key and ports, nothing of the caller's n8n, no traffic
 * but on the loopback address.
 *
 * @param {{ installation: import('./n8n-install.mjs').N8nInstallation, userFolder: string, port: number, brokerPort: number, encryptionKey: string, extra?: NodeJS.ProcessEnv, inherited?: NodeJS.ProcessEnv }} settings -
 *   `brokerPort`: for the task runners; `extra`: wins over everything; `inherited`: the caller's environment
 * @returns {NodeJS.ProcessEnv}
 */
export function n8nEnvironment({
	installation,
	userFolder,
	port,
	brokerPort,
	encryptionKey,
	extra = {},
	inherited = process.env,
}) {
	const caller = Object.fromEntries(
		Object.entries(inherited).filter(([name]) => !FOREIGN.test(name) && name.toUpperCase() !== 'PATH'),
	);
	return {
		...caller,
		...SILENCE,
		// n8n starts its task runner with the `node` that it finds on the path
		PATH: [dirname(installation.node), inherited.PATH].filter(Boolean).join(delimiter),
		NODE_ENV: 'production',
		DB_TYPE: 'sqlite',
		GENERIC_TIMEZONE: 'Asia/Shanghai',
		N8N_BLOCK_FILE_ACCESS_TO_N8N_FILES: 'true',
		N8N_ENCRYPTION_KEY: encryptionKey,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_RESTRICT_FILE_ACCESS_TO: join(userFolder, FILES_FOLDER),
		N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_SECURE_COOKIE: 'false',
		N8N_USER_FOLDER: userFolder,
		NO_PROXY: ['127.0.0.1', 'localhost', inherited.NO_PROXY ?? inherited.no_proxy].filter(Boolean).join(','),
		...installation.line.environment,
		...extra,
	};
}
