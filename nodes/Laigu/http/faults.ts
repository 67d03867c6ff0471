/** n8n's reasons for a failed operation, so far as an answer of Laigu can prove one (`Failure` of n8n-workflow 2.x, unknown to 1.x). */
type FailureCause = 'rate-limited' | 'temporarily-unavailable' | 'credential-invalid' | 'configuration-invalid';

/** Why a request got no usable answer, before it becomes an error of a node. */
export interface Fault {
	message: string;
	/** What is known of it beside the message. */
	detail?: string;
	/** The way out, in the words of the action node; another node may have its own. */
	hint: string;
	/** What Laigu answered, where it answered with a code or a status. */
	answerText?: string;
	/** Whether less at a time may help. */
	isTooMuch?: boolean;
	/** 0 where Laigu gave none. */
	errno: number;
	errmsg: string;
	/** The HTTP status that fits the fault: the answer's own, or what its errno stands for when it came with HTTP 200. */
	httpCode?: string;
	cause?: FailureCause;
	/** Whether the same request may succeed later. */
	isTemporary: boolean;
	isRateLimit: boolean;
	/** The wait that Laigu asked for, in milliseconds. */
	retryAfterMs?: number;
}

/** What a person reads below the message: what is known, the way out, and Laigu's answer. */
export const descriptionOf = ({ detail, hint, answerText }: Fault): string =>
	[detail, hint, answerText].filter(Boolean).join(' ');

interface Known {
	httpCode: string;
	message: string;
	hint: string;
	cause?: FailureCause;
	isTemporary?: boolean;
	isRateLimit?: boolean;
}

const CHECK_CREDENTIAL =
	"Check 'Access Token', or 'App ID' and 'Sign', in the Laigu credential. A token becomes invalid as soon as a newer one is created in Laigu.";
const CHECK_URL =
	"Check 'Base URL' in the Laigu credential. If it is correct, the API is not enabled for this account yet: ask Laigu to enable it.";
const LATER = 'Try again in a few minutes. Nothing is wrong with your workflow.';
const SLOWER =
	"Run the workflow less often, choose a shorter 'Time Range', or lower 'Concurrency' if the node has that option.";

/** Laigu's documented codes (API document, "错误码"), each with what a person can do about it. */
const BY_ERRNO: Record<number, Known> = {
	10011: {
		httpCode: '401',
		message: 'Laigu did not accept the credential',
		hint: CHECK_CREDENTIAL,
		cause: 'credential-invalid',
	},
	10012: {
		httpCode: '404',
		message: 'Laigu does not recognize this address',
		hint: CHECK_URL,
		cause: 'configuration-invalid',
	},
	10013: {
		httpCode: '400',
		message: 'Laigu allows fewer records per page than were requested',
		hint: 'Please report this to the maintainers of the Laigu node.',
	},
	10014: {
		httpCode: '429',
		message: 'Laigu asked to slow down',
		hint: SLOWER,
		cause: 'rate-limited',
		isTemporary: true,
		isRateLimit: true,
	},
	10015: {
		httpCode: '500',
		message: 'Laigu could not answer right now',
		hint: LATER,
		cause: 'temporarily-unavailable',
		isTemporary: true,
	},
	10016: { httpCode: '400', message: 'Laigu did not accept a value', hint: 'Check the parameters of the node.' },
};

/** What each parameter of Laigu's API is called in the node. */
const FIELD_OF_PARAMETER: Array<[RegExp, string]> = [
	[/enterprise_id/, "'Enterprise ID' in the Laigu credential: a whole number, not the enterprise token"],
	[/from_tm/, "'From' or 'Time Range'; with the V2 API also 'Time Format' in the options"],
	[/to_tm/, "'To' or 'Time Range'; with the V2 API also 'Time Format' in the options"],
	[/conv_id/, "'Conversation'"],
	[/limit/, "'Limit'"],
	[/app_id/i, "'App ID' in the Laigu credential"],
	[/sign/i, "'Sign' in the Laigu credential"],
	[/page_token/, 'none of your values: the list changed while it was being read, so run the node again'],
];

/** Whether Laigu refused the credential: what it says of that may repeat the credential, in whatever spelling. Its code is enough. */
const isAboutCredential = (errno: number, status: number) =>
	errno === 10011 || ((status === 401 || status === 403) && !(errno in BY_ERRNO));

/** A secret that an answer repeats must not reach an output or a log: long runs of token characters are masked. */
const mask = (text: string) => text.replace(/[\w-]{20,}/g, '***').slice(0, 300);

function knownFault(known: Known, errno: number, errmsg: string, status: number): Fault {
	const isHidden = isAboutCredential(errno, status);
	const text = isHidden ? '' : mask(errmsg);
	const code = isHidden
		? `Laigu answered with errno ${errno}.`
		: `Laigu answered: ${text || 'no text'} (errno ${errno}).`;
	const answerText = errno === 0 ? `Laigu answered with HTTP ${status}.` : code;
	return {
		message: known.message,
		hint: known.hint,
		answerText,
		errno,
		errmsg: text,
		httpCode: status >= 400 ? `${status}` : known.httpCode,
		cause: known.cause,
		isTemporary: known.isTemporary ?? false,
		isRateLimit: known.isRateLimit ?? false,
	};
}

/** Whether a refused value is one of the two ends of a time range: then the range may be wider than Laigu allows. */
export function isAboutTime(fault: Fault): boolean {
	return fault.errno === 10016 && /(from|to)_tm/.test(fault.errmsg);
}

/**
 * The fault that an errno stands for.
 *
 * @param errno Laigu's code, not 0
 * @param errmsg Laigu's text
 * @param status the HTTP status it came with; Laigu may send any errno with HTTP 200
 */
export function faultOfErrno(errno: number, errmsg: string, status: number): Fault {
	const known = BY_ERRNO[errno] ?? {
		httpCode: '400',
		message: 'Laigu refused the request',
		hint: 'This code is not in the API document. Ask Laigu what it means.',
	};
	const field = errno === 10016 ? FIELD_OF_PARAMETER.find(([parameter]) => parameter.test(errmsg))?.[1] : undefined;
	return knownFault(field ? { ...known, hint: `Check ${field}.` } : known, errno, errmsg, status);
}

/**
 * The fault that an HTTP status stands for, in an answer without errno.
 *
 * @param status 300 or above
 */
export function faultOfStatus(status: number): Fault {
	const of = (errno: number, other: Partial<Known> = {}) => knownFault({ ...BY_ERRNO[errno], ...other }, 0, '', status);
	if (status === 401) return of(10011);
	if (status === 403) return of(10011, { message: 'Laigu refused access', cause: undefined });
	if (status === 404) {
		return of(10012, {
			message: 'The Laigu API is not at this address',
			hint: "Check 'Base URL' in the Laigu credential: enter the address alone, without an API path.",
		});
	}
	if (status === 429) return of(10014);
	if (status >= 500) return of(10015);
	if (status >= 400) return of(10016, { message: 'Laigu refused the request' });
	return of(10012, {
		message: 'The address in the credential redirects to another one',
		hint: "Check 'Base URL' in the Laigu credential. Redirects are not followed, so that the credential is sent to no other host.",
	});
}

/** The end that a person put to a run. By this one word in the message n8n counts the execution as cancelled and not as failed. */
export const cancelledFault: Fault = {
	message: 'The execution was canceled',
	hint: 'Nothing more was requested from Laigu.',
	errno: 0,
	errmsg: '',
	isTemporary: false,
	isRateLimit: false,
};

/**
 * The fault of an HTTP 200 whose body is not what the API gives: a web page, a cut-off or empty answer, or JSON without what was asked for.
 *
 * @param wanted what should have been in it, e.g. `list of customers`
 * @param body the body as received, where it is no JSON
 */
export function unreadableFault(wanted: string, body: string = '{}'): Fault {
	const isPage = /^\s*</.test(body);
	const isCut = !isPage && /^\s*[{[]/.test(body) && !/[}\]]\s*$/.test(body);
	return {
		message: isPage ? 'A web page was returned instead of data' : `Laigu's answer contains no ${wanted}`,
		hint: isPage
			? "Check 'Base URL' in the Laigu credential: something other than the Laigu API answers there, such as a login page or a proxy."
			: isCut
				? 'The answer was cut off in transit. Try again in a few minutes.'
				: "Check 'Base URL' in the Laigu credential. If it is correct, the API has changed: please report this to the maintainers of the Laigu node.",
		errno: 0,
		errmsg: '',
		isTemporary: isCut || body.trim() === '',
		isRateLimit: false,
	};
}

/** The fault of an answer that is larger than any of Laigu's: a server's slip or a trap, such as little that unpacks to gigabytes. */
export const tooLargeFault: Fault = {
	message: "Laigu's answer is too large",
	hint: "Check 'Base URL' in the Laigu credential: something other than the Laigu API may be answering there. The rest of the answer was not read, and the request was not repeated.",
	errno: 0,
	errmsg: '',
	isTemporary: false,
	isRateLimit: false,
};

/** The fault of a run that takes so long that it must be waiting for something that never comes. */
export const endlessFault: Fault = {
	message: 'The run took too long',
	hint: "Laigu is too slow for this much data. Try again with a shorter 'Time Range'.",
	isTooMuch: true,
	errno: 0,
	errmsg: '',
	isTemporary: false,
	isRateLimit: false,
};

/** Node.js's codes in words; n8n replaces any message in which a code itself appears by a text of its own. */
const NETWORK: Array<[RegExp, string, boolean]> = [
	[
		/wrong version number|packet length too long|unknown protocol|http request/i,
		"The host in 'Base URL' of the Laigu credential does not use https on that port",
		false,
	],
	[/EPROTO/, "This n8n and the host in 'Base URL' of the Laigu credential could not set up an https connection", false],
	[/ENOTFOUND/, "The host in 'Base URL' of the Laigu credential does not exist", false],
	[/EAI_AGAIN/, 'The name of the Laigu host could not be resolved', true],
	[/ECONNREFUSED/, "Nothing answers at Laigu's address", true],
	[/ETIMEDOUT|ECONNABORTED|ERR_CANCELED|timeout/i, 'Laigu did not answer in time', true],
	[/ECONNRESET|EPIPE|socket|aborted/i, 'The connection to Laigu was interrupted', true],
	[/CERT|SSL|TLS|self.signed|UNABLE_TO_VERIFY/i, 'The certificate of the Laigu host cannot be verified', false],
];

/**
 * The fault of a request that never got an answer.
 *
 * @param reason Node.js's error code or text; it is only matched, never shown
 */
export function networkFault(reason: string): Fault {
	const [, message, isTemporary] = NETWORK.find(([code]) => code.test(reason)) ?? [
		/./,
		'Laigu could not be reached',
		true,
	];
	return {
		message,
		hint: "Check 'Base URL' in the Laigu credential, and whether this n8n can reach that host (firewall, proxy, DNS).",
		errno: 0,
		errmsg: '',
		isTemporary,
		isRateLimit: false,
	};
}

/** The fault of an answer that does not end in time, even if a byte comes from time to time. */
export const lateFault: Fault = networkFault('ETIMEDOUT');
