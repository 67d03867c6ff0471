import { tokenCredential } from '../../lab/credential.mjs';

/**
 * The credentials that a person would make in n8n, with a sign-in at Google.
 *
 * @param {any} world - of `startWorld`
 * @param {typeof import('./world.mjs').ACCOUNTS} accounts
 * @returns {Promise<Record<string, { id: string, name: string }>>} by type; further ones of a type that two examples use differently by name
 */
export async function saveCredentials({ lab: { client }, simulator, laigu, mail, postgres, ...world }, accounts) {
	const { google, feishu, hubspot, openAi } = accounts;
	const database = (name) => ({
		host: '127.0.0.1',
		database: name,
		...pick(postgres, 'user', 'password', 'port'),
		ssl: 'disable',
	});
	const all = {
		laiguApi: tokenCredential(simulator),
		laiguWebhookApi: {
			signingSecret: accounts.webhookSecret,
			enterpriseToken: laigu.DEMO_ACCOUNT.enterpriseToken,
		},
		googleSheetsOAuth2Api: google,
		httpCustomAuth: { json: JSON.stringify({ body: { app_id: feishu.appId, app_secret: feishu.appSecret } }) },
		hubspotAppToken: { appToken: hubspot.token },
		openAiApi: openAi,
		smtp: { ...accounts.mail, host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true },
		leadRobot: { type: 'httpQueryAuth', name: 'key', value: world.leadRobot.key },
		alarmRobot: { type: 'httpQueryAuth', name: 'key', value: world.alarmRobot.key },
		missedRobot: { type: 'httpQueryAuth', name: 'key', value: world.missedRobot.key },
		nightly: { type: 'postgres', ...database('nightly') },
		history: { type: 'postgres', ...database('history') },
	};
	const saved = {};
	for (const [name, { type = name, ...data }] of Object.entries(all)) {
		const { id } = await client.saveCredential({ name: `Test: ${name}`, type, data });
		saved[name] = { id, name: `Test: ${name}` };
	}
	await signInWithGoogle(client, saved.googleSheetsOAuth2Api.id);
	return saved;
}

/** What the button "Sign in with Google" does, with the consent already given. */
async function signInWithGoogle(client, id) {
	const { json } = await client.request('GET', `/rest/oauth2-credential/auth?id=${id}`);
	const state = new URL(json.data).searchParams.get('state');
	const query = new URLSearchParams({ state, code: 'consent' });
	const { status, text } = await client.request('GET', `/rest/oauth2-credential/callback?${query}`);
	if (status !== 200 || /error/i.test(text.replace(/<style.*?<\/style>|<script.*?<\/script>/gs, '')))
		throw new Error(`The sign-in with Google ended with ${status}: ${text.slice(0, 500)}`);
}

const pick = (object, ...names) => Object.fromEntries(names.map((name) => [name, object[name]]));
