import { DAY, HOUR, formatUtc, type Micros } from '../time';
import type { Account, LaiguClient } from '../types';
import { TAGS } from './cast';
import type { Person } from './person';
import { chance, randomFrom, whole } from './random';

/** What happened to a person by now; microseconds. */
export interface History {
	person: Person;
	/** When they first wrote. */
	seenAt: Micros;
	/** When they left a contact, if they did. */
	leadAt?: Micros;
	lastAt: Micros;
}

/** The later edits of an agent that have happened by now: half of the clients get one within four days. */
function editedAt({ person, leadAt }: History, now: Micros): Micros {
	if (leadAt === undefined) return 0;
	const random = randomFrom('edit', person.trackId);
	if (!chance(random, 0.5)) return 0;
	const at = leadAt + whole(random, 0, 3) * DAY + Math.floor(random() * 6 * HOUR);
	return at <= now ? at : 0;
}

/**
 * The person as the API shows them at `now` (microseconds): a client once a contact is left, created then; a visitor before that. Times are UTC with each person's own number
 * of fraction digits, from which the comparison of windows starts too.
 */
export function clientOf(history: History, now: Micros, account: Account): LaiguClient {
	const { person, seenAt, leadAt, lastAt } = history;
	const { ad, brand, contact, note } = person;
	const lead = leadAt !== undefined;
	const created = leadAt ?? seenAt;
	const tags = lead ? person.tagIds : [];
	const client: LaiguClient = {
		updated_on: formatUtc(Math.max(created, lastAt, editedAt(history, now)), person.fractionDigits),
		created_on: formatUtc(created, person.fractionDigits),
		advertiser_id: ad?.advertiser_id ?? '',
		advertiser_name: ad?.advertiser_name ?? '',
		campaign_id: ad?.campaign_id ?? '',
		campaign_name: ad?.campaign_name ?? '',
		creativity_id: ad?.creativity_id ?? '',
		creativity_name: ad?.creativity_name ?? '',
		source: brand.source,
		sub_source: brand.id,
		sub_source_name: brand.name,
		customer_channel: '',
		tel: lead ? (contact?.tel ?? '') : '',
		weixin: lead ? (contact?.weixin ?? '') : '',
		address: lead ? person.address : '',
		comment: lead ? person.comment : '',
		track_id: person.trackId,
		qq: lead ? (contact?.qq ?? '') : '',
		name: person.name === '' ? person.nickname : person.name,
		age: person.age,
		gender: person.gender,
		avatar: `https://files.example.com/avatar/${person.trackId}.jpg`,
		enterprise_token: account.enterpriseToken,
		wecom_link_id: '',
		wecom_link_name: '',
		tags,
		tags_detail: Object.fromEntries(tags.map((tag) => [String(tag), TAGS[tag]])),
		incoming_note_id: note?.id ?? '',
		incoming_note_title: note?.title ?? '',
	};
	if (lead && Object.keys(person.custom).length > 0) client.custom = person.custom;
	return client;
}
