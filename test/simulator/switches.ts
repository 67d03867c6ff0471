/**
 * Everything that Laigu's document leaves open, as a switch: a client that is right under every combination is right whichever holds. The defaults
 * are the likeliest reading.
 */

export const ENVELOPES = ['result', 'data', 'named', 'rows', 'nested'] as const;
export const ENDS = ['inclusive', 'halfOpen', 'exclusive', 'startExclusive'] as const;
export const TIME_FORMS = ['string', 'stringMicroseconds', 'epochSeconds', 'epochMicroseconds'] as const;

export type Envelope = (typeof ENVELOPES)[number];
export type Ends = (typeof ENDS)[number];
export type TimeForm = (typeof TIME_FORMS)[number];

export interface Switches {
	/** Where a v2 answer holds its list: `result`, `data`, `conversations`/`clients`, `rows`, or the named key inside `data` with the token beside it. */
	envelope: Envelope;
	/** Whether a v2 success carries `errno: 0` and `errmsg: ""` beside the list. */
	successErrno: 'present' | 'absent';
	/** How a window's ends are read: from<=t<=to, from<=t<to, from<t<to, from<t<=to. */
	ends: Ends;
	/** Errno answers come with HTTP 200, or with the fitting HTTP status. */
	errnoStatus: 'ok' | 'http';
	/** Widest v2 window in hours, exactly this width allowed; 0: no limit. Wider: 10016 naming to_tm. */
	v2WindowHours: number;
	/** Widest v1 window in hours, exactly this width allowed; 0: no limit. Wider: 10016 naming conv_start_to_tm. */
	v1WindowHours: number;
	/** Which time v1's window filters on: the prose says end, the parameter names say start. */
	v1FiltersOn: 'end' | 'start';
	/** Whether a record's time is cut to the second before it is compared with the asked ends. */
	comparePrecision: 'microseconds' | 'seconds';
	/** Forms that v2's from_tm and to_tm are accepted in; another: 10016 naming the parameter. */
	timeForms: TimeForm[];
	/** A window whose end lies before its start: 10016 naming the end, or an empty list. */
	reversedWindow: 'refused' | 'empty';
	/** The counts that the document calls String, and the reports' figures: as strings, or as the numbers that were seen. */
	countsAs: 'string' | 'number';
	/** How "no more pages" is said; the document says an empty string. */
	lastToken: 'empty' | 'absent' | 'null';
	/** How a list without records is written: as a list, or as null, which is what Go makes of one that was never filled. */
	emptyList: 'list' | 'null';
	/** The order of /v2/clients, which the document gives by a field that does not exist (ticket_id). */
	clientOrder: 'created' | 'trackId' | 'shuffled';
	/** v2: an empty page with a token between the first page and the second. */
	emptyPageInMiddle: boolean;
	/** A faulty v2: every page after the first hands out the token that it was asked with. */
	repeatToken: boolean;
	/** How long v2's page tokens are good for, by the server's clock; 0: forever. An older one: 10016 naming page_token. */
	tokenSeconds: number;
	/** Records move while a list is being read: see movesTowards. */
	movingPages: boolean;
	/**
	 * With movingPages. `later`: a record appeared before the first page's, so v1's offsets slide by one and the last record comes again (v2 repeats it too).
	 * `earlier`: a record of v1's first page vanished, so the next offset steps over one.
	 */
	movesTowards: 'later' | 'earlier';
	/** Records become visible only this long after their own time, and none of the future is; 0: at once, and whatever their time. */
	lagSeconds: number;
	/** Whether the single conversation wants its conv_id in the query too, as the document lists it. */
	convIdInQuery: 'required' | 'optional';
	/** The errno of an enterprise_id that is not the account's. */
	wrongEnterprise: '10016' | '10011';
	/** Whether the reports want enterprise_id; the document does not list it. */
	reportsNeedEnterprise: boolean;
	/** Whether the reports know app_id and sign (as v2's headers) beside the access token. */
	reportsAccept: 'both' | 'bearer';
	/** Which time of a conversation counts it into a report's window. */
	reportsFilterOn: 'end' | 'start';
	/** Whether the reports' two first response times are means over an agent's conversations, or their sums. */
	firstResponse: 'mean' | 'sum';
}

export const DEFAULT_SWITCHES: Readonly<Switches> = {
	envelope: 'result',
	successErrno: 'present',
	ends: 'inclusive',
	errnoStatus: 'ok',
	v2WindowHours: 0,
	v1WindowHours: 12,
	v1FiltersOn: 'end',
	comparePrecision: 'microseconds',
	timeForms: ['string', 'stringMicroseconds'],
	reversedWindow: 'refused',
	countsAs: 'number',
	lastToken: 'empty',
	emptyList: 'list',
	clientOrder: 'created',
	emptyPageInMiddle: false,
	repeatToken: false,
	tokenSeconds: 0,
	movingPages: false,
	movesTowards: 'later',
	lagSeconds: 0,
	convIdInQuery: 'required',
	wrongEnterprise: '10016',
	reportsNeedEnterprise: false,
	reportsAccept: 'both',
	reportsFilterOn: 'end',
	firstResponse: 'mean',
};
