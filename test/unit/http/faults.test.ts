import {
	descriptionOf,
	endlessFault,
	faultOfErrno,
	faultOfStatus,
	isAboutTime,
	lateFault,
	networkFault,
	tooLargeFault,
	unreadableFault,
} from '../../../nodes/Laigu/http/faults';
import { readRetryAfter } from '../../../nodes/Laigu/http/retry';
import { toNodeError } from '../../../nodes/Laigu/http/nodeError';
import type { Fault } from '../../../nodes/Laigu/http/faults';
import { NODE } from '../helpers';

const SIGN = '0123456789abcdef0123456789abcdef';
const ERRNOS = [10011, 10012, 10013, 10014, 10015, 10016, 99999, -1];
const STATUSES = [301, 302, 400, 401, 403, 404, 418, 429, 500, 502, 503];
const CODES = [
	...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ETIMEDOUT', 'ECONNABORTED', 'ERR_CANCELED', 'ECONNRESET', 'EPIPE'],
	...['socket hang up', 'CERT_HAS_EXPIRED', 'self-signed certificate', 'timeout of 60000ms exceeded', 'EPERM', ''],
];

// n8n-workflow 1.x keeps no cause
const testWithCauses = process.env.LAIGU_N8N_LINE === '1' ? test.skip : test;

const BODIES = ['', '<html>', '{"a":', 'plain', '{"a":1}'];

const everyFault: Fault[] = [
	...ERRNOS.map((errno) => faultOfErrno(errno, 'said', 200)),
	...['enterprise_id', 'from_tm', 'to_tm', 'conv_id', 'limit', 'app_id', 'sign', 'page_token', 'else'].map((name) =>
		faultOfErrno(10016, `The param of ${name} is invalid.`, 200),
	),
	...STATUSES.map(faultOfStatus),
	...CODES.map(networkFault),
	...[tooLargeFault, lateFault, endlessFault],
	...BODIES.map((body) => unreadableFault('list of customers', body)),
];

test.each([
	[10011, '401', false, false, 'credential-invalid', "'Access Token'"],
	[10012, '404', false, false, 'configuration-invalid', "'Base URL'"],
	[10013, '400', false, false, undefined, 'report'],
	[10014, '429', true, true, 'rate-limited', "'Concurrency'"],
	[10015, '500', true, false, 'temporarily-unavailable', 'Try again'],
	[10016, '400', false, false, undefined, 'Check'],
	[99999, '400', false, false, undefined, 'not in the API document'],
])('errno %p stands for HTTP %s where it came with 200', (errno, httpCode, isTemporary, isRateLimit, cause, hint) => {
	const fault = faultOfErrno(errno, 'said', 200);
	// what Laigu says of a refused credential may repeat it
	const errmsg = errno === 10011 ? '' : 'said';
	expect(fault).toMatchObject({ errno, errmsg, httpCode, isTemporary, isRateLimit, cause });
	expect(descriptionOf(fault)).toContain(hint);
	expect(descriptionOf(fault)).toContain(errmsg ? `said (errno ${errno})` : `Laigu answered with errno ${errno}.`);
});

test.each(ERRNOS.flatMap((errno) => [400, 401, 403, 429, 500, 503].map((status) => [errno, status])))(
	'errno %p keeps the HTTP status %p that it came with, and its own meaning',
	(errno, status) => {
		const fault = faultOfErrno(errno, 'said', status);
		const isHidden = (status === 401 || status === 403) && ![10012, 10013, 10014, 10015, 10016].includes(errno);
		const own = faultOfErrno(errno, 'said', 200);
		expect(fault).toMatchObject({ message: own.message, cause: own.cause, errno, httpCode: `${status}` });
		if (isHidden) expect(JSON.stringify(fault)).not.toContain('said');
		else expect(fault).toEqual({ ...own, httpCode: `${status}` });
	},
);

test.each([
	['The param of enterprise_id is invalid.', "'Enterprise ID'"],
	['The param of from_tm is invalid.', "'From'"],
	['The param of conv_start_to_tm is invalid.', "'To'"],
	['The param of conv_id is invalid.', "'Conversation'"],
	['The param of limit is invalid.', "'Limit'"],
	['The param of app_id is invalid.', "'App ID'"],
	['The param of sign is invalid.', "'Sign'"],
])('%s names %s', (errmsg, field) => {
	expect(descriptionOf(faultOfErrno(10016, errmsg, 200))).toContain(`Check ${field}`);
});

test.each([
	[401, false, 'credential-invalid', "'Access Token'"],
	[403, false, undefined, "'Access Token'"],
	[404, false, 'configuration-invalid', "'Base URL'"],
	[418, false, undefined, 'parameters'],
	[429, true, 'rate-limited', "'Concurrency'"],
	[500, true, 'temporarily-unavailable', 'Try again'],
	[502, true, 'temporarily-unavailable', 'Try again'],
])('HTTP %p without errno', (status, isTemporary, cause, hint) => {
	const fault = faultOfStatus(status);
	expect(fault).toMatchObject({ errno: 0, isTemporary, isRateLimit: status === 429, httpCode: `${status}` });
	expect(descriptionOf(fault)).toContain(hint);
	expect(descriptionOf(fault)).toContain(`HTTP ${status}`);
	expect(fault.cause).toBe(cause);
});

test('a redirect is not followed, and counts as a wrong address', () => {
	const fault = faultOfStatus(302);
	expect(fault).toMatchObject({ errno: 0, httpCode: '404', isTemporary: false, cause: 'configuration-invalid' });
	expect(descriptionOf(fault)).toContain("'Base URL'");
	expect(descriptionOf(fault)).toContain('HTTP 302');
});

test.each([
	['<!DOCTYPE html><html>', false, 'web page'],
	['  <html>', false, 'web page'],
	['{"errno":0,"result":[{"conv', true, 'no list of customers'],
	['', true, 'no list of customers'],
	['{"errno":0}', false, 'no list of customers'],
	['OK', false, 'no list of customers'],
])('the body %j: worth another try %p', (body, isTemporary, message) => {
	const fault = unreadableFault('list of customers', body);
	expect(fault.isTemporary).toBe(isTemporary);
	expect(fault.message).toContain(message);
});

test.each([
	['ENOTFOUND getaddrinfo ENOTFOUND api.laigu.example', 'does not exist', false],
	['EAI_AGAIN', 'resolved', true],
	['ECONNREFUSED', 'Nothing answers', true],
	['ETIMEDOUT', 'in time', true],
	['ECONNABORTED timeout of 60000ms exceeded', 'in time', true],
	['ECONNRESET socket hang up', 'was interrupted', true],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate', false],
	[
		'EPROTO write EPROTO 00:error:0A00010B:SSL routines:ssl3_get_record:wrong version number',
		'does not use https',
		false,
	],
	['EPROTO 00:error:0A0000C6:SSL routines:tls_get_more_records:packet length too long', 'does not use https', false],
	[
		'EPROTO 00:error:0A00042E:SSL routines::tlsv1 alert protocol version',
		'could not set up an https connection',
		false,
	],
	['something new', 'could not be reached', true],
])('the network fault %s', (reason, message, isTemporary) => {
	const fault = networkFault(reason);
	expect(fault.message).toContain(message);
	expect(fault.isTemporary).toBe(isTemporary);
});

test('a secret that Laigu repeats is masked wherever a fault could carry it on', () => {
	for (const secret of [SIGN, 'eyJhbGciOiJIUzI1NiJ9', `Bearer-${SIGN}`]) {
		for (const errno of ERRNOS) {
			const fault = faultOfErrno(errno, `sign=${secret}&app_id is wrong (${secret}) from_tm`, 200);
			expect(JSON.stringify(fault)).not.toContain(secret);
			const error = toNodeError(NODE, fault, 0);
			expect(`${error.message}${error.description}${JSON.stringify(error)}`).not.toContain(secret);
		}
	}
});

test('only a refused end of the range is about time', () => {
	const said = (errno: number, name: string) =>
		isAboutTime(faultOfErrno(errno, `The param of ${name} is invalid.`, 200));
	expect(['from_tm', 'to_tm', 'conv_start_from_tm', 'conv_start_to_tm'].map((name) => said(10016, name))).toEqual(
		Array(4).fill(true),
	);
	expect(said(10016, 'limit')).toBe(false);
	expect(said(10011, 'from_tm')).toBe(false);
});

test("messages keep to n8n's taste, say where to go on, and hold none of the codes that n8n replaces", () => {
	expect(everyFault.length).toBeGreaterThan(40);
	const replaced = /E[A-Z]{4,}|GETADDRINFO|EAI_AGAIN/;
	for (const fault of everyFault) {
		expect(fault.message).not.toMatch(/error|problem|failure|mistake/i);
		expect(fault.message).not.toMatch(replaced);
		expect(fault.message).toMatch(/^[A-Z].*[^.]$/);
		expect(descriptionOf(fault)).toMatch(/[Cc]heck|[Tt]ry again|ask|Ask|report|Run/);
		expect(toNodeError(NODE, fault, 3).message).toBe(`${fault.message} [Item 3]`);
	}
});

describe('readRetryAfter', () => {
	const now = Date.parse('2026-11-22T00:00:00Z');

	test.each([
		['7', 7_000],
		[' 7 ', 7_000],
		[7, 7_000],
		['1.5', 1_500],
		['0', 0],
		['Sun, 22 Nov 2026 00:00:30 GMT', 30_000],
		['Sunday, 22-Nov-26 00:00:30 GMT', 30_000],
		['Sat, 21 Nov 2026 23:59:00 GMT', 0],
	])('%p is a wait of %p ms', (value, ms) => {
		expect(readRetryAfter(value, now)).toBe(ms);
	});

	test.each([undefined, null, '', 'soon', 'in 5 minutes', '-5', '5 s', '1e3', NaN, Infinity, ['7'], {}])(
		'%p says nothing',
		(value) => {
			expect(readRetryAfter(value, now)).toBeUndefined();
		},
	);
});

describe('toNodeError', () => {
	test('carries what happened, where, what to do, and what Laigu said', () => {
		const error = toNodeError(NODE, { ...faultOfErrno(10014, 'too many', 200), retryAfterMs: 5_000 }, 2);
		expect(error.message).toBe('Laigu asked to slow down [Item 2]');
		expect(error.description).toContain('too many (errno 10014)');
		expect(error.httpCode).toBe('429');
		expect(error.context).toMatchObject({ itemIndex: 2, data: { errno: 10014, errmsg: 'too many' } });
	});

	testWithCauses.each([
		[10011, { cause: 'credential-invalid' }],
		[10012, { cause: 'configuration-invalid' }],
		[10014, { cause: 'rate-limited', retryAfterMs: 5_000 }],
		[10015, { cause: 'temporarily-unavailable', retryAfterMs: 5_000 }],
	])('declares why errno %p failed', (errno, failure) => {
		const fault = { ...faultOfErrno(errno, '', 200), retryAfterMs: 5_000 };
		expect(toNodeError(NODE, fault, 0)).toHaveProperty('failure', failure);
	});

	test('declares nothing where the answer proves nothing', () => {
		expect(toNodeError(NODE, faultOfErrno(10016, '', 200), 0).failure).toBeUndefined();
		expect(toNodeError(NODE, networkFault('ECONNRESET'), 0).failure).toBeUndefined();
	});

	test('names no item outside of a run, and no data where Laigu gave no code', () => {
		const error = toNodeError(NODE, faultOfStatus(503));
		expect(error.message).toBe('Laigu could not answer right now');
		expect(error.httpCode).toBe('503');
		expect(error.context.itemIndex).toBeUndefined();
		expect(error.context.data).toBeUndefined();
	});
});
