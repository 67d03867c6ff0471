import type { Switches } from './switches';
import type { LaiguConversation, LaiguReportRow } from './types';

const COUNTS = ['conv_agent_msg_count', 'conv_visitor_msg_count', 'agent_resp_duration', 'converse_duration'] as const;

/** The conversation as it goes out: the document calls its counts String, numbers were seen: a switch. The stored record stays as it is. */
export function withCounts(conversation: LaiguConversation, countsAs: Switches['countsAs']): LaiguConversation {
	const sent = { ...conversation };
	for (const field of COUNTS) {
		const value = sent[field];
		if (value === undefined || value === null || value === '') continue;
		sent[field] = countsAs === 'string' ? String(value) : Number(value);
	}
	return sent;
}

/** A report's row as it goes out: numbers in the document, though other counts were seen to come as both. The IDs stay as they are. */
export function withFigures(row: LaiguReportRow, countsAs: Switches['countsAs']): Record<string, number | string> {
	if (countsAs === 'number') return row;
	return Object.fromEntries(
		Object.entries(row).map(([field, value]) => [field, field.endsWith('_id') ? value : String(value)]),
	);
}

/** A list as it goes out: without records a list or null, a switch. */
export const listOf = <T>(records: T[], { emptyList }: Switches): T[] | null =>
	records.length === 0 && emptyList === 'null' ? null : records;

/** A v1 answer: the list, or the single conversation, under `result` (seen in working clients). */
export function v1Body(result: unknown): unknown {
	return { errno: 0, errmsg: '', result };
}

/**
 * A v2 answer. The key of the list is not documented, neither is how the last page says so except "an empty string": switches. A next token of undefined means
 * the last page.
 */
export function v2Body(
	name: 'conversations' | 'clients',
	records: unknown[] | null,
	next: string | undefined,
	switches: Switches,
): unknown {
	const head = switches.successErrno === 'present' ? { errno: 0, errmsg: '' } : {};
	const token = next === undefined ? lastToken(switches.lastToken) : { next_page_token: next };
	switch (switches.envelope) {
		case 'nested':
			return { ...head, data: { [name]: records, ...token } };
		case 'named':
			return { ...head, [name]: records, ...token };
		default:
			return { ...head, [switches.envelope]: records, ...token };
	}
}

function lastToken(form: Switches['lastToken']): Record<string, string | null> {
	if (form === 'absent') return {};
	return { next_page_token: form === 'null' ? null : '' };
}

/** A failure: errno and errmsg at the top level (Laigu's API document); v1 has `result: null` beside them (seen in working clients). */
export function failureBody(errno: number, errmsg: string, family: 'v1' | 'v2' | 'report' | undefined): unknown {
	return family === 'v1' ? { errno, errmsg, result: null } : { errno, errmsg };
}
