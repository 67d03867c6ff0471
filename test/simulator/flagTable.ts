import { FAULT_KINDS } from './faults';
import { ENDS, ENVELOPES, TIME_FORMS, type Switches } from './switches';

export interface Flag {
	/** The name of the value in the help; absent for a flag that is on or off. */
	value?: string;
	help: string;
	multiple?: boolean;
}

export type SwitchFlag = { values: readonly string[]; list?: boolean } | { least: number } | 'onOff';

/** A flag for every switch: a switch without one does not compile. */
export const SWITCH_FLAGS: Record<keyof Switches, { takes: SwitchFlag; help: string }> = {
	envelope: { takes: { values: ENVELOPES }, help: 'where a v2 answer holds its list' },
	successErrno: { takes: { values: ['present', 'absent'] }, help: 'errno 0 beside a v2 list' },
	ends: { takes: { values: ENDS }, help: "how a window's ends are read" },
	errnoStatus: { takes: { values: ['ok', 'http'] }, help: 'errno with HTTP 200, or with a fitting status' },
	v2WindowHours: { takes: { least: 0 }, help: 'widest v2 window in hours, 0 for none' },
	v1WindowHours: { takes: { least: 0 }, help: 'widest v1 window in hours, 0 for none' },
	v1FiltersOn: { takes: { values: ['end', 'start'] }, help: "the time that v1's window is about" },
	comparePrecision: {
		takes: { values: ['microseconds', 'seconds'] },
		help: 'whether record times are cut before comparing',
	},
	timeForms: { takes: { values: TIME_FORMS, list: true }, help: 'accepted v2 times, comma-separated' },
	reversedWindow: { takes: { values: ['refused', 'empty'] }, help: 'a window that ends before it begins' },
	countsAs: { takes: { values: ['string', 'number'] }, help: 'the counts that are documented as String' },
	lastToken: { takes: { values: ['empty', 'absent', 'null'] }, help: 'how the last page says so' },
	emptyList: { takes: { values: ['list', 'null'] }, help: 'how a list without records is written' },
	clientOrder: { takes: { values: ['created', 'trackId', 'shuffled'] }, help: 'the order of /v2/clients' },
	emptyPageInMiddle: { takes: 'onOff', help: 'v2: an empty page after the first' },
	repeatToken: { takes: 'onOff', help: 'v2: the same token again and again' },
	tokenSeconds: { takes: { least: 0 }, help: 'how long v2 page tokens are good for, 0 for ever' },
	movingPages: { takes: 'onOff', help: 'records move while a list is read' },
	movesTowards: { takes: { values: ['later', 'earlier'] }, help: 'which way they move' },
	lagSeconds: { takes: { least: 0 }, help: 'records become visible so much later' },
	convIdInQuery: { takes: { values: ['required', 'optional'] }, help: 'single conversation: conv_id in the query too' },
	wrongEnterprise: { takes: { values: ['10016', '10011'] }, help: 'errno of a wrong enterprise_id' },
	reportsNeedEnterprise: { takes: 'onOff', help: 'reports want enterprise_id' },
	reportsAccept: { takes: { values: ['both', 'bearer'] }, help: 'authentication that the reports know' },
	reportsFilterOn: { takes: { values: ['end', 'start'] }, help: "the time that a report's window is about" },
	firstResponse: { takes: { values: ['mean', 'sum'] }, help: "what the reports' first response times are" },
};

/** The flags that are about the server itself. */
export const SERVER_FLAGS = {
	port: { value: 'number', help: 'where to listen on 127.0.0.1; 8787' },
	latency: { value: 'ms', help: 'every answer waits so long; 0' },
	'rate-limit': { value: 'number', help: 'requests a second; none' },
	'rate-burst': { value: 'number', help: 'requests at once after a pause; as the rate limit' },
	'rate-answer': { value: '10014|429', help: 'how a request too many is answered; 10014' },
	'retry-after': { value: 'seconds', help: 'Retry-After of a request too many; none' },
	fault: {
		value: 'kind[:options]',
		help: `misbehave; may be repeated. Kinds: ${FAULT_KINDS.join(' ')}. Options: a share (0.05), times=2, after=3, delay=5000, retry-after=1, match=/v2/clients`,
		multiple: true,
	},
	'api-closed': { help: 'as for an account whose API is not opened: errno 10012 everywhere' },
	days: { value: 'number', help: 'days of demo data, today included; 40' },
	'per-day': { value: 'number', help: 'conversations a day, about; 30' },
	seed: { value: 'number', help: 'other demo data, other faults; 1' },
	frozen: { help: 'the demo data does not go on while the server runs' },
	'access-token': { value: 'text', help: 'in the place of the demo value' },
	'app-id': { value: 'text', help: 'in the place of the demo value' },
	sign: { value: 'text', help: 'in the place of the demo value' },
	'enterprise-id': { value: 'number', help: 'in the place of the demo value' },
	webhook: { value: 'url', help: "where the page's buttons send their events; can be entered on the page, too" },
	'webhook-secret': { value: 'text', help: 'signs them; a demo value' },
	'webhooks-anywhere': { help: 'they may go to other machines than this one' },
	quiet: { help: 'no line for each request' },
	help: { help: 'this table' },
} satisfies Record<string, Flag>;
