import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** What is wrong with a filled-in credential, in words for the person who filled it in. */
export interface CredentialFlaw {
	/** Display name of the credential's field. */
	field: string;
	message: string;
	description: string;
}

/** n8n's HTTP Request node hands its older request shape to `authenticate`, with `uri` in place of `url`. */
type OutgoingRequest = IHttpRequestOptions & { uri?: string };

const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where Laigu's document wants app_id and sign in the query; everywhere else they go into headers, which no proxy logs. */
const V1_PATH = /\/v1\/conversations(\/|$)/;

const text = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? `${value}`.trim() : '';

/**
 * The credential's base URL without trailing slashes, or `https://api.laigu.com` where none is set.
 *
 * @param credentials the decrypted credential
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
	return (text(credentials.baseUrl) || 'https://api.laigu.com').replace(/\/+$/, '');
}

function baseUrlFlaw(credentials: ICredentialDataDecryptedObject): CredentialFlaw | undefined {
	const field = 'Base URL';
	const baseUrl = baseUrlOf(credentials);
	if (!URL.canParse(baseUrl) || !/^https?:$/.test(new URL(baseUrl).protocol)) {
		return {
			field,
			message: `'${field}' in the Laigu credential is not a web address`,
			description: `Enter it with its scheme, e.g. https://api.laigu.com. It is now "${baseUrl}".`,
		};
	}
	const { protocol, hostname, username, password, search, hash } = new URL(baseUrl);
	if (username || password || search || hash) {
		return {
			field,
			message: `'${field}' in the Laigu credential holds more than an address`,
			description:
				'Enter scheme and host alone, e.g. https://api.laigu.com: no user, no password, nothing behind ? or #.',
		};
	}
	if (protocol === 'http:' && !LOOPBACK_HOSTS.test(hostname) && credentials.allowHttp !== true) {
		return {
			field,
			message: `'${field}' in the Laigu credential uses plain http://`,
			description:
				"Anyone on the way could read your access token. Use https://, or turn on 'Allow Plain HTTP' in the credential if the network is private.",
		};
	}
	return undefined;
}

/**
 * Looks for what would make every request fail, before any is sent: a missing token or sign, an enterprise ID that is not a number,
 * a base URL that is no URL, or plain http:// to anything but this machine.
 *
 * @param credentials the decrypted credential
 * @returns the first flaw found, or undefined for a credential that can be tried
 */
export function findCredentialFlaw(credentials: ICredentialDataDecryptedObject): CredentialFlaw | undefined {
	const missing = (field: string, where: string): CredentialFlaw => ({
		field,
		message: `'${field}' in the Laigu credential is empty`,
		description: `Copy it from Laigu: ${where}.`,
	});
	const apis = 'Settings > Developer > APIs (设置 / 开发者 / APIs)';
	if (credentials.authentication === 'appSign') {
		if (!text(credentials.appId)) return missing('App ID', apis);
		if (!text(credentials.signSecret)) return missing('Sign', apis);
	} else if (!text(credentials.accessToken)) {
		return missing('Access Token', apis);
	}
	if (!/^\d+$/.test(text(credentials.enterpriseId))) {
		return {
			field: 'Enterprise ID',
			message: "'Enterprise ID' in the Laigu credential is not a number",
			description:
				'It is a whole number such as 12345, found in Laigu under Settings > Team > Team management > ID lookup. It is not the 32-character enterprise token of the webhooks.',
		};
	}
	return baseUrlFlaw(credentials);
}

/**
 * Adds the account to one request: the access token as Bearer header, or app_id + sign in the query of v1 and in the headers of everything
 * else, never both; and the enterprise ID where the request does not name one. (Laigu's API document; for the reports, which do not
 * document it, as in v2.)
 *
 * Beside `withoutSecrets` this function is the only code of the package that reads the token, app_id or sign. It serves the Laigu nodes,
 * the credential's test and n8n's HTTP Request node alike.
 *
 * @returns a new request; the given one is left as it is
 * @throws Error when the credential has a flaw, or when the request goes to another host than the credential's
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const flaw = findCredentialFlaw(credentials);
	if (flaw) throw new Error(`${flaw.message}. ${flaw.description}`);

	const request: OutgoingRequest = requestOptions;
	const target = new URL(request.url ?? request.uri ?? '', request.baseURL ?? `${baseUrlOf(credentials)}/`);
	const own = new URL(baseUrlOf(credentials));
	if (target.origin !== own.origin) {
		throw new Error(
			`The Laigu credential is for ${own.host}, the request goes to ${target.host}. Use a URL on ${own.host}, or change 'Base URL' in the credential.`,
		);
	}

	const headers: IDataObject = { ...request.headers };
	const qs: IDataObject = { ...request.qs };
	if (qs.enterprise_id === undefined && !target.searchParams.has('enterprise_id')) {
		qs.enterprise_id = text(credentials.enterpriseId);
	}
	if (credentials.authentication !== 'appSign') {
		headers.Authorization = `Bearer ${text(credentials.accessToken)}`;
	} else if (V1_PATH.test(target.pathname)) {
		Object.assign(qs, { app_id: text(credentials.appId), sign: text(credentials.signSecret) });
	} else {
		Object.assign(headers, { 'X-App-ID': text(credentials.appId), 'X-Sign': text(credentials.signSecret) });
	}
	return { ...request, headers, qs };
}

/**
 * A text of Laigu's without the account's secrets, in case an answer repeats what it was sent.
 *
 * @param credentials the decrypted credential
 */
export function redactSecrets(credentials: ICredentialDataDecryptedObject, said: string): string {
	const secrets = [credentials.accessToken, credentials.appId, credentials.signSecret].map(text).filter(Boolean);
	const spellings = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]);
	return spellings.reduce((clean, secret) => clean.replaceAll(secret, '***'), said);
}

/** Credential for Laigu's API: an access token, or app_id + sign; the enterprise ID; and the host. */
export class LaiguApi implements ICredentialType {
	name = 'laiguApi';

	displayName = 'Laigu API';

	icon: Icon = { light: 'file:../nodes/Laigu/laigu.svg', dark: 'file:../nodes/Laigu/laigu.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-laigu/n8n-nodes-laigu#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Access Token', value: 'accessToken' },
				{ name: 'App ID and Sign', value: 'appSign' },
			],
			default: 'accessToken',
			description:
				'Either is enough. Both are in Laigu under Settings > Developer > APIs, once Laigu has opened the API for the account.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description:
				'From Settings > Developer > APIs in Laigu. It does not expire, but creating a new one ends the old one.',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 0123456789abcdef0123456789abcdef',
			displayOptions: { show: { authentication: ['appSign'] } },
			description: 'The app_id from Settings > Developer > APIs in Laigu',
		},
		{
			displayName: 'Sign',
			name: 'signSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['appSign'] } },
			description: 'The sign that Laigu shows beside the app_id. It is a secret, just as a password is.',
		},
		{
			displayName: 'Enterprise ID',
			name: 'enterpriseId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 12345',
			description:
				'A whole number, from Settings > Team > Team management > ID lookup in Laigu. It is not the enterprise token of the webhooks.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.laigu.com',
			placeholder: 'e.g. https://api.laigu.com',
			description: 'Change it only if Laigu gave you an address of your own',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept a Base URL that begins with http:// and is not on this machine. Everyone on the network between can then read the token.',
		},
	];

	httpRequestNode = {
		name: 'Laigu',
		docsUrl: 'https://github.com/n8n-nodes-laigu/n8n-nodes-laigu#credentials',
		apiBaseUrlPlaceholder: 'https://api.laigu.com/v2/conversations',
	};

	authenticate = authenticate;
}
