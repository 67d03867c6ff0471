import { AGENTS, TAGS } from '../demo/cast';
import { clientOf } from '../demo/client';
import { tell, type Plan } from '../demo/conversation';
import { dialogue, type Line } from '../demo/dialogue';
import { hiddenContact } from '../demo/hidden';
import { personAt, type Person } from '../demo/person';
import { pick, randomFrom } from '../demo/random';
import { DAY, HOUR, SECOND, formatBeijing, formatUtc, parseBeijing, type Micros } from '../time';
import type { Account, LaiguClient, LaiguConversation, LaiguMessage } from '../types';

/** Everything here is made up at an instant (`now`, microseconds) and is the same for the same instant. */

/** Numbers follow from the day and the second, above those of the demo data. */
const CONVERSATIONS = { perDay: 1_000_000, first: 500_000, perSecond: 5 };
const PEOPLE = { perDay: 100_000, first: 50_000, perSecond: 0.5 };
const COMMENTS = ['已加微信,周末到店', '想要工作日上门量房', '先发报价单,下周回访'];
const FOLLOWED_UP = 1520;

const beijingDay = (now: Micros): number => Math.floor((now + 8 * HOUR) / DAY);

function numberNow(now: Micros, { perDay, first, perSecond }: typeof PEOPLE): number {
	const secondOfDay = Math.floor(((now + 8 * HOUR) % DAY) / SECOND);
	return beijingDay(now) * perDay + first + Math.floor(secondOfDay * perSecond);
}

function personNow(now: Micros, wants: (person: Person) => boolean): Person {
	for (let place = 0; ; place++) {
		const person = personAt(now, beijingDay(now), place);
		// to the microsecond, so that the order of two leads of one second is not lost
		if (wants(person)) return { ...person, clientId: numberNow(now, PEOPLE), fractionDigits: 6 };
	}
}

/** Somebody who has just left a phone number. */
export function madeLead(now: Micros, account: Account): LaiguClient {
	const person = personNow(now, ({ contact }) => Boolean(contact?.tel));
	return clientOf({ person, seenAt: now, leadAt: now, lastAt: now }, now, account);
}

/** The customer after an agent has written another remark, and has tagged them. */
export function editedLead(client: LaiguClient, now: Micros): LaiguClient {
	const next = COMMENTS[(COMMENTS.indexOf(client.comment ?? '') + 1) % COMMENTS.length];
	return {
		...client,
		comment: next,
		tags: [...new Set([...(client.tags ?? []), FOLLOWED_UP])],
		tags_detail: { ...client.tags_detail, [FOLLOWED_UP]: TAGS[FOLLOWED_UP] },
		updated_on: formatUtc(now, 6),
	};
}

function conversationOf(
	person: Person,
	lines: Line[],
	{ now, begunBefore, account }: { now: Micros; begunBefore: Micros; account: Account },
): LaiguConversation {
	const random = randomFrom(now, 'conversation');
	const group = AGENTS.filter(({ group_id: id }) => id === person.brand.groupId);
	const plan: Plan = {
		id: numberNow(now, CONVERSATIONS),
		start: now - begunBefore,
		person,
		agent: pick(random, group),
		former: group[0],
		lines,
		missed: false,
		random,
	};
	return tell(plan, now, account).conversation;
}

/** A conversation that has begun seconds ago: the customer's first line, and the agent's greeting. */
export function begunConversation(now: Micros, account: Account): LaiguConversation {
	const person = personNow(now, () => true);
	const lines = dialogue(randomFrom(now, 'dialogue'), person.brand, undefined).slice(0, 3);
	const atOnce = lines.map((line) => ({ ...line, waitSeconds: 0 }));
	// each line takes up to a second of its own, and the end has to lie ahead
	const ahead: Line = { ...lines[0], waitSeconds: 60 };
	return conversationOf(person, [...atOnce, ahead], { now, begunBefore: 4 * SECOND, account });
}

/** A conversation in which everything has been said, the contact too, and that nobody has closed yet. */
export function talkedConversation(now: Micros, account: Account): LaiguConversation {
	const person = personNow(now, ({ contact }) => Boolean(contact?.tel));
	const lines = dialogue(randomFrom(now, 'dialogue'), person.brand, person.contact);
	const said = lines.slice(0, -1).reduce((sum, { waitSeconds }) => sum + waitSeconds + 1, 0);
	return conversationOf(person, lines, { now, begunBefore: said * SECOND, account });
}

/** What a customer writes when nobody says what: a line with a contact hidden in it. */
export const hiddenContactNow = (now: Micros): string => hiddenContact(randomFrom(now, 'hidden'));

const countFrom = (messages: readonly LaiguMessage[], who: string): number =>
	messages.filter(({ from }) => from === who).length;

function withMessage(conversation: LaiguConversation, now: Micros, said: Partial<LaiguMessage>): LaiguConversation {
	const message: LaiguMessage = {
		from: 'client',
		timestamp: formatBeijing(now),
		content: '',
		content_type: 'text',
		type: 'message',
		agent_name: '',
		...said,
	};
	const messages = [...(conversation.conv_content ?? []), message];
	return {
		...conversation,
		conv_content: messages,
		conv_visitor_msg_count: countFrom(messages, 'client'),
		conv_agent_msg_count: countFrom(messages, 'agent'),
	};
}

/** The conversation after its customer has written a line. */
export function withCustomerLine(conversation: LaiguConversation, content: string, now: Micros): LaiguConversation {
	return withMessage(conversation, now, { content });
}

/** The conversation after an agent has ended it. */
export function endedConversation(conversation: LaiguConversation, now: Micros): LaiguConversation {
	const closed = withMessage(conversation, now, { from: 'system', type: 'event', content: '对话结束' });
	const messages = closed.conv_content ?? [];
	const start = parseBeijing(conversation.conv_start_tm) ?? now;
	const answered = countFrom(messages, 'agent') > 0;
	return {
		...closed,
		conv_end_tm: formatBeijing(now),
		converse_duration: Math.max(0, Math.round((now - start) / SECOND)),
		effective: String(answered && countFrom(messages, 'client') > 1),
		missed: String(!answered),
	};
}
