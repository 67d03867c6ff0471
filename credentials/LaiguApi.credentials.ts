import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { redact } from '../nodes/Laigu/http/redact';
import { isPlainHost, targetOf } from '../nodes/Laigu/http/target';
import { pastedKey, pastedText } from '../nodes/Laigu/shared/pasted';

/** What is wrong with a filled-in credential, in words for the person who filled it in. */
export interface CredentialFlaw {
	/** Display name of the credential's field. */
	field: string;
	message: string;
	description: string;
}

/** What n8n's two HTTP helpers take: the one `url` and disableFollowRedirect, the other (of the HTTP Request node) also `uri` and followRedirect. */
type OutgoingRequest = IHttpRequestOptions & { uri?: unknown; followRedirect?: boolean; followAllRedirects?: boolean };

const LOOPBACK_HOSTS = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Where Laigu's document wants app_id and sign in the query; everywhere else they go into headers, which no proxy logs. */
const V1_PATH = /\/v1\/conversations(\/|$)/;

/** The enterprise ID as it was meant to be pasted: half-width digits without anything that is not seen. */
export const enterpriseIdOf = (credentials: ICredentialDataDecryptedObject): string =>
	pastedKey(credentials.enterpriseId).normalize('NFKC');

/** What each field of the account is, as it was meant to be pasted. */
const accountOf = (credentials: ICredentialDataDecryptedObject) => ({
	accessToken: pastedKey(credentials.accessToken),
	appId: pastedKey(credentials.appId),
	signSecret: pastedKey(credentials.signSecret),
	enterpriseId: enterpriseIdOf(credentials),
});

/**
 * The credential's base URL without trailing slashes, or `https://api.laigu.com` where none is set.
 *
 * @param credentials the decrypted credential
 */
export function baseUrlOf(credentials: ICredentialDataDecryptedObject): string {
	const baseUrl = pastedText(credentials.baseUrl) || 'https://api.laigu.com';
	let end = baseUrl.length;
	while (baseUrl[end - 1] === '/') end--;
	return baseUrl.slice(0, end);
}

function baseUrlFlaw(credentials: ICredentialDataDecryptedObject): CredentialFlaw | undefined {
	const field = 'Base URL';
	const baseUrl = baseUrlOf(credentials);
	if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
		return {
			field,
			message: `'${field}' in the Laigu credential is not a web address`,
			description: `Enter it with its scheme, such as https://api.laigu.com. The current value is "${baseUrl}".`,
		};
	}
	const { protocol, hostname, username, password, search, hash } = new URL(baseUrl);
	if (username || password || search || hash || !isPlainHost(baseUrl)) {
		return {
			field,
			message: `'${field}' in the Laigu credential contains more than an address`,
			description:
				'Enter only the scheme and the host, such as https://api.laigu.com, without a user, a password, a query or a fragment.',
		};
	}
	if (protocol === 'http:' && !LOOPBACK_HOSTS.test(hostname) && credentials.allowHttp !== true) {
		return {
			field,
			message: `'${field}' in the Laigu credential uses plain http://`,
			description:
				"Anyone on the network in between could read your access token. Use https://, or turn on 'Allow Plain HTTP' in the credential if the network is private.",
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
	const { accessToken, appId, signSecret, enterpriseId } = accountOf(credentials);
	const keys: Array<[string, string]> =
		credentials.authentication === 'appSign'
			? [
					['App ID', appId],
					['Sign', signSecret],
				]
			: [['Access Token', accessToken]];
	for (const [field, key] of keys) {
		if (key === '') return missing(field, apis);
		if (/^[\x21-\x7e]+$/.test(key)) continue;
		return {
			field,
			message: `'${field}' in the Laigu credential contains characters that cannot be sent`,
			description: `Copy it again from Laigu: ${apis}. It contains no Chinese or full-width characters.`,
		};
	}
	if (!/^\d+$/.test(enterpriseId)) {
		return {
			field: 'Enterprise ID',
			message: "'Enterprise ID' in the Laigu credential is not a number",
			description:
				'It is a whole number such as 12345, found in Laigu under Settings > Team > Team management > ID lookup. It is not the 32-character enterprise token of the webhooks.',
		};
	}
	return baseUrlFlaw(credentials);
}

/** The request without the headers that carry an account, however their names are written. */
function withoutAccount(headers: IDataObject | undefined): IDataObject {
	const own = ['authorization', 'x-app-id', 'x-sign'];
	return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !own.includes(name.toLowerCase())));
}

/**
 * Adds the account to one request: the access token as Bearer header, or app_id + sign in the query of v1 and in the headers of everything
 * else, never both; and the enterprise ID where the request does not name one. (Laigu's API document; for the reports, which do not
 * document it, as in v2.) The request then follows no redirect, by whichever of n8n's helpers it is sent.
 *
 * Beside `redactSecrets` this function is the only code of the package that reads the token, app_id or sign. It serves the Laigu nodes,
 * the credential's test and n8n's HTTP Request node alike.
 *
 * @returns a new request; the given one is left as it is
 * @throws Error when the credential has a flaw, or when the request goes, or might go, to another origin than the credential's
 */
export async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const flaw = findCredentialFlaw(credentials);
	if (flaw) throw new Error(`${flaw.message}. ${flaw.description}`);

	const given: OutgoingRequest = requestOptions;
	const base = baseUrlOf(credentials);
	const own = new URL(base);
	// a path alone goes to the credential's own base URL: nobody else would know where it belongs
	const request: OutgoingRequest = { ...given };
	for (const name of ['url', 'uri'] as const) {
		const path = given[name];
		if (given.baseURL === undefined && typeof path === 'string' && /^\/[^/]/.test(path))
			request[name] = `${base}${path}`;
	}
	// which of the two counts is the helper's to decide
	const addresses = [request.url, request.uri].filter((address) => address !== undefined);
	const targets = (addresses.length > 0 ? addresses : ['']).map((address) => targetOf(address, request.baseURL));
	const bases = request.baseURL === undefined ? [] : [targetOf(request.baseURL, undefined)];
	for (const target of [...targets, ...bases]) {
		if (target?.origin === own.origin) continue;
		const goesTo = target ? `the request goes to ${target.host}` : 'the address of the request is ambiguous';
		throw new Error(
			`The Laigu credential is for ${own.host} only, but ${goesTo}. Use a URL that begins with ${own.origin}/, or change 'Base URL' in the credential.`,
		);
	}

	const { accessToken, appId, signSecret, enterpriseId } = accountOf(credentials);
	const headers = withoutAccount(request.headers);
	const qs: IDataObject = { ...request.qs };
	const isNamed = targets.some((target) => target?.searchParams.has('enterprise_id'));
	if (qs.enterprise_id === undefined && !isNamed) qs.enterprise_id = enterpriseId;
	if (credentials.authentication !== 'appSign') headers.Authorization = `Bearer ${accessToken}`;
	else if (targets.every((target) => target && V1_PATH.test(target.pathname)))
		Object.assign(qs, { app_id: appId, sign: signSecret });
	else Object.assign(headers, { 'X-App-ID': appId, 'X-Sign': signSecret });
	const noRedirect = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };
	return { ...request, ...noRedirect, headers, qs };
}

/**
 * A text of Laigu's without the account's secrets, in case an answer repeats what it was sent.
 *
 * @param credentials the decrypted credential
 */
export function redactSecrets(credentials: ICredentialDataDecryptedObject, said: string): string {
	const { accessToken, appId, signSecret } = accountOf(credentials);
	return redact([accessToken, appId, signSecret], said);
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
				'Use either one. Both are in Laigu under Settings > Developer > APIs, once Laigu has enabled the API for your account.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['accessToken'] } },
			description:
				'From Settings > Developer > APIs in Laigu. It does not expire, but creating a new one invalidates the old one.',
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
			description: 'The sign that Laigu shows next to the app_id. Keep it secret, like a password.',
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
			description: 'Change it only if Laigu gave you a different address',
		},
		{
			displayName: 'Allow Plain HTTP',
			name: 'allowHttp',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept a Base URL that begins with http:// and is not on this machine. Anyone on the network in between can then read the token.',
		},
	];

	httpRequestNode = {
		name: 'Laigu',
		docsUrl: 'https://github.com/n8n-nodes-laigu/n8n-nodes-laigu#credentials',
		apiBaseUrlPlaceholder: 'https://api.laigu.com/v2/conversations',
	};

	authenticate = authenticate;
}
