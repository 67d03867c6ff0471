import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { readWebhookCredential } from './credential';
import { deliveryKey, isKnown, isRepeated, remember } from './deduplication';
import { readAcceptsAutomation, readSettings } from './parameters';
import type { Settings } from './parameters';
import { receive } from './receive';
import type { Verdict } from './receive';
import { openEvent } from './verify';
import type { Delivery, Requirements } from './verify';

const CREDENTIAL = 'laiguWebhookApi';

/** The part of n8n's request that is needed here; its own type is Express's, which this package does not bring. */
interface IncomingRequest {
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

interface OutgoingResponse {
	status(code: number): { json(body: object): unknown };
	once(event: 'close', listener: () => void): unknown;
	statusCode: number;
	/** Whether the whole answer went out. */
	writableFinished: boolean;
}

async function readRequirements(context: IWebhookFunctions): Promise<Requirements> {
	const isChosen = context.getNode().credentials?.[CREDENTIAL] !== undefined;
	return {
		credential: isChosen ? readWebhookCredential(await context.getCredentials(CREDENTIAL)) : undefined,
		acceptsAutomation: readAcceptsAutomation(context),
	};
}

/**
 * The bytes as Laigu signed them. n8n undoes gzip and deflate first. Where it kept no bytes (a form with files) there is nothing to verify, and
 * without a credential what n8n read from the form stands in.
 */
async function readRaw(context: IWebhookFunctions, isVerified: boolean): Promise<Buffer | undefined> {
	const request = context.getRequestObject() as IncomingRequest;
	if (request.rawBody === undefined) await request.readRawBody?.();
	if (Buffer.isBuffer(request.rawBody)) return request.rawBody;
	return isVerified ? undefined : Buffer.from(JSON.stringify(context.getBodyData() ?? ''));
}

/**
 * Whether an event starts the workflow. If the answer waits for the workflow's end, only an event that was answered with 200 counts as received:
 * Laigu may take everything else for a failed delivery, and the second one has to start the workflow again.
 */
function isNewHere(context: IWebhookFunctions, response: OutgoingResponse, key: string, waits: boolean): boolean {
	const node = `${context.getWorkflow().id} ${context.getNode().id}`;
	const kept: unknown = context.getWorkflowStaticData('node');
	const store = isObject(kept) ? kept : {};
	if (!waits) return !isRepeated(node, store, key);
	if (isKnown(node, store, key)) return false;
	response.once('close', () => {
		if (response.writableFinished && response.statusCode === 200) remember(node, key);
	});
	return true;
}

/**
 * Decides about a delivery. What is refused is refused before any setting but those that decide about its origin is read, so that no stranger can
 * make an expression run.
 */
async function decide(
	context: IWebhookFunctions,
	response: OutgoingResponse,
): Promise<Verdict & Partial<Pick<Settings, 'waits'>>> {
	const requirements = await readRequirements(context);
	const delivery: Delivery = {
		headers: context.getHeaderData(),
		raw: await readRaw(context, requirements.credential !== undefined),
	};
	const opened = openEvent(delivery, requirements);
	if ('status' in opened) return opened;

	const settings = readSettings(context);
	const verdict = receive(opened, settings, Date.now());
	// in the editor's test run nothing counts as repeated, so that an event can be sent repeatedly
	const isOnce = settings.deduplicate && context.getMode() !== 'manual';
	if (
		verdict.item &&
		isOnce &&
		delivery.raw &&
		!isNewHere(context, response, deliveryKey(delivery.raw), settings.waits)
	)
		return { status: 200, message: 'Already received. Nothing is started.' };
	return { ...verdict, waits: settings.waits };
}

/**
 * Takes one request: answers it, and starts the workflow where it is an event that proves its origin, is subscribed and did not come before.
 *
 * Unless the user wants to have it at the workflow's end, the answer is written here and now and not left to n8n: n8n would wait with it until the
 * execution has a free place under its concurrency limit, and Laigu would take the silence for a failed delivery.
 *
 * @throws what n8n throws when it cannot read the credential, and NodeOperationError for a setting that cannot work; n8n answers 500 then, and Laigu
 * may send the event once more
 */
export async function respond(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject() as OutgoingResponse;
	const { status, message, item, waits } = await decide(context, response);
	const workflowData = item && [[{ json: item }]];
	if (workflowData && waits) return { workflowData };

	response.status(status).json({ message });
	if (status !== 200)
		context.logger.warn(`Laigu Trigger answered ${status}. ${message}`, { node: context.getNode().name });
	return { noWebhookResponse: true, workflowData };
}
