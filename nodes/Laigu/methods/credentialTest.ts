import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { authenticate, baseUrlOf, findCredentialFlaw } from '../../../credentials/LaiguApi.credentials';
import { readPage } from '../http/answer';
import { checkResponse, requestFor } from '../http/client';
import { conversationsBy } from '../lists/endpoints';
import { descriptionOf, isAboutTime, unreadableFault } from '../http/faults';
import type { Fault } from '../http/faults';
import { receive, TIMEOUT } from '../http/receive';
import type { RawResponse } from '../http/receive';
import { HOUR, MILLISECOND, formatTime } from '../shared/time';

type Helpers = ICredentialTestFunctions['helpers'];

/** One small page of the last hour: it needs the right host, token and enterprise ID, and an API that is opened for the account. */
function probe(baseUrl: string) {
	const now = Date.now() * MILLISECOND;
	const { path, from, to } = conversationsBy.v2;
	return requestFor(baseUrl, path, {
		limit: 1,
		page_token: '',
		[from]: formatTime(now - HOUR, 'string'),
		[to]: formatTime(now, 'string'),
	});
}

/** In a credential's test n8n offers its older HTTP helper only, whose options have other names. */
async function send(helpers: Helpers, credentials: ICredentialDataDecryptedObject): Promise<Fault | undefined> {
	const { url, qs, headers, timeout } = await authenticate(credentials, probe(baseUrlOf(credentials)));
	const received = await receive(
		async () =>
			(await helpers.request({
				method: 'GET',
				uri: url,
				qs,
				headers,
				timeout,
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
				useStream: true,
			})) as RawResponse,
		TIMEOUT,
	);
	if (received.fault) return received.fault;
	const outcome = checkResponse(received.response, credentials);
	if (outcome.fault) return outcome.fault;
	return readPage(outcome.body) ? undefined : unreadableFault('list of conversations');
}

/** The one sentence for each way in which a credential can be wrong; Laigu may answer all of them with HTTP 200. */
function sentenceFor(fault: Fault, credentials: ICredentialDataDecryptedObject): string {
	const what = credentials.authentication !== 'appSign' ? "'Access Token'" : "'App ID' and 'Sign'";
	if (fault.errno === 10011)
		return `Laigu did not accept ${what}. Copy the current one from Laigu: Settings > Developer > APIs. If it is correct, check 'Enterprise ID'.`;
	if (fault.errno === 10012) {
		return new URL(baseUrlOf(credentials)).pathname === '/'
			? 'Laigu has not enabled the API for this account yet. Ask Laigu to enable it.'
			: "Laigu does not recognize this address. Remove the path from 'Base URL', as in https://api.laigu.com. If it is correct, ask Laigu to enable the API for this account.";
	}
	if (/enterprise_id/.test(fault.errmsg))
		return "Laigu did not accept 'Enterprise ID'. Look it up in Laigu: Settings > Team > Team management.";
	return `${fault.message}. ${descriptionOf(fault)}`;
}

/**
 * The test of the Laigu API credential: asks Laigu for one small page and proves that the answer is one. A wrong host, a wrong token, a wrong
 * enterprise ID and an API that is not opened each get a sentence of their own.
 */
export async function testLaiguApi(
	{ helpers }: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const credentials = credential.data ?? {};
	const flaw = findCredentialFlaw(credentials);
	if (flaw) return { status: 'Error', message: `${flaw.message}. ${flaw.description}` };
	const fault = await send(helpers, credentials);
	// who may ask for another form of time has been let in
	if (!fault || isAboutTime(fault)) return { status: 'OK', message: 'Laigu accepted the credential' };
	return { status: 'Error', message: sentenceFor(fault, credentials) };
}
