import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { textList } from '../shared/text';
import { readProof } from './credential';
import { isKnown, isRepeated, remember } from './deduplication';
import { receive } from './receive';
import type { Settings } from './receive';
import type { Headers } from './signature';

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

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

async function readCredential(context: IWebhookFunctions): Promise<Settings['credential']> {
	if (!context.getNode().credentials?.[CREDENTIAL]) return undefined;
	return readProof(await context.getCredentials(CREDENTIAL));
}

async function readSettings(context: IWebhookFunctions): Promise<Settings & { deduplicate: boolean; waits: boolean }> {
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const filters = context.getNodeParameter('filters', {}) as IDataObject;
	return {
		events: textList(context.getNodeParameter('events', [])),
		output: text(context.getNodeParameter('output', 'simplified')),
		filters: {
			sources: textList(filters.sources).map((source) => source.toLowerCase()),
			onlyWithContact: filters.onlyWithContact === true,
		},
		includeTranscript: options.includeTranscript === true,
		maxAgeSeconds: Number(options.maxAgeSeconds ?? 0),
		acceptAutomation: options.acceptUnsignedAutomation === true,
		// in the editor's test run nothing counts as repeated, so that an event can be sent again and again
		deduplicate: options.deduplicate !== false && context.getMode() !== 'manual',
		waits: options.responseMode === 'lastNode',
		credential: await readCredential(context),
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
 * Laigu takes everything else for a failed delivery, and the second one has to start the workflow anew.
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
 * Takes one request: answers it, and starts the workflow where it is an event that proves its origin, is subscribed and did not come before.
 *
 * Unless the user wants to have it at the workflow's end, the answer is written here and now and not left to n8n: n8n would wait with it until the
 * execution has a free place under its concurrency limit, and Laigu would take the silence for a failed delivery.
 *
 * @throws what n8n throws when it cannot read the credential; n8n answers 500 then, and Laigu sends the event once more
 */
export async function respond(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const settings = await readSettings(context);
	const delivery = {
		headers: context.getHeaderData() as Headers,
		raw: await readRaw(context, settings.credential !== undefined),
	};
	const { status, message, started } = receive(delivery, settings, Date.now());
	const response = context.getResponseObject() as OutgoingResponse;
	const isNew =
		started !== undefined && (!settings.deduplicate || isNewHere(context, response, started.key, settings.waits));
	const workflowData = isNew ? [[{ json: started.item }]] : undefined;
	if (workflowData && settings.waits) return { workflowData };

	response.status(status).json({ message: started && !isNew ? 'Received before. Nothing is started.' : message });
	if (status !== 200)
		context.logger.warn(`Laigu Trigger answered ${status}. ${message}`, { node: context.getNode().name });
	return { noWebhookResponse: true, workflowData };
}
