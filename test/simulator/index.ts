/** A Laigu server of our own. It shares no code with nodes/, so that a wrong belief about the API is not shared either. */
export { startSimulator } from './server';
export { generateDemo, type Demo, type DemoOptions } from './demo/generate';
export { FAULT_KINDS, type FaultKind, type FaultRule } from './faults';
export type { LoggedRequest, Simulator, SimulatorOptions } from './options';
export type { PageOptions, SimulatorPage } from './page/page';
export type { RateLimit } from './rateLimit';
export { Store, hasContact } from './store';
export {
	DEFAULT_SWITCHES,
	ENDS,
	ENVELOPES,
	TIME_FORMS,
	type Ends,
	type Envelope,
	type Switches,
	type TimeForm,
} from './switches';
export { DEMO_ACCOUNT } from './types';
export type {
	Account,
	LaiguClient,
	LaiguClientInfo,
	LaiguConversation,
	LaiguMessage,
	LaiguReportAgent,
	LaiguReportRow,
} from './types';
export { HEADER_NAMES, SIGNATURES, openSender, signatureFor, signatureHeaders } from './sender';
export type { Attempt, Delivered, Sender, SenderOptions, SignatureMode } from './sender';
export { EVENT_NAMES, makeEvents, type EventName, type EventOptions, type WebhookEvent } from './senderEvents';
