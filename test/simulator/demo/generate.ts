import { DAY, HOUR, beijingDayStart, type Micros } from '../time';
import type { Account, LaiguClient, LaiguConversation, LaiguReportAgent } from '../types';
import { AGENTS } from './cast';
import { clientOf, type History } from './client';
import { tell, type Plan } from './conversation';
import { dialogue, missedDialogue } from './dialogue';
import { personAt } from './person';
import { chance, pick, randomFrom, whole } from './random';

export interface DemoOptions {
	/** The present, in microseconds: nothing later is in the data. */
	now: Micros;
	account: Account;
	seed?: number;
	/** Today included. */
	days?: number;
	/** A mean: weekends are quieter, and days differ. */
	conversationsPerDay?: number;
}

export interface Demo {
	conversations: LaiguConversation[];
	/** Clients and visitors. */
	clients: LaiguClient[];
	agents: LaiguReportAgent[];
}

/** How busy each hour of the Beijing day is, from midnight: quiet nights, a peak in the evening. */
const RHYTHM = [1, 0.5, 0.2, 0.1, 0.1, 0.2, 0.6, 1.5, 3, 5, 6, 6, 5, 5, 5, 5, 5, 5, 6, 8, 9, 8, 5, 2.5];
const RHYTHM_TOTAL = RHYTHM.reduce((sum, weight) => sum + weight, 0);
const OFFICE_OPENS = 9;
const OFFICE_CLOSES = 22;
const IDS_PER_DAY = 1_000_000;

/** Microseconds after midnight for a share of the day's conversations, 0 to 1. */
function timeOfDay(share: number): Micros {
	let left = share * RHYTHM_TOTAL;
	const hour = RHYTHM.findIndex((weight) => {
		if (left < weight) return true;
		left -= weight;
		return false;
	});
	return hour < 0 ? DAY - 1 : Math.floor((hour + left / RHYTHM[hour]) * HOUR);
}

function countOn(seed: number, day: number, mean: number): number {
	// Day 0 of the era was a Thursday.
	const weekend = (day + 3) % 7 >= 5;
	const variation = 0.85 + 0.3 * randomFrom(seed, 'count', day)();
	return Math.max(1, Math.round(mean * variation * (weekend ? 0.8 : 1.08)));
}

/** The plans of one Beijing day, by start; the same for the same seed, day and mean, whatever the present. */
function plansOn(seed: number, day: number, dayStart: Micros, mean: number): Plan[] {
	const count = countOn(seed, day, mean);
	const times = randomFrom(seed, 'times', day);
	const starts = Array.from({ length: count }, () => dayStart + timeOfDay(times())).sort((a, b) => a - b);
	return starts.map((start, place) => {
		const random = randomFrom(seed, 'conversation', day, place);
		const returning = chance(random, 0.18);
		const ago = whole(random, 1, 9);
		const earlier = whole(random, 0, count - 1);
		const person = returning ? personAt(seed, day - ago, earlier) : personAt(seed, day, place);
		const group = AGENTS.filter(({ group_id: id }) => id === person.brand.groupId);
		const agent = pick(random, group);
		const hour = (start - dayStart) / HOUR;
		const open = hour >= OFFICE_OPENS && hour < OFFICE_CLOSES;
		const missed = chance(random, open ? 0.04 : 0.85);
		return {
			id: day * IDS_PER_DAY + place + 1,
			start,
			person,
			agent,
			former: group[(group.indexOf(agent) + 1) % group.length],
			lines: missed ? missedDialogue(random, person.brand) : dialogue(random, person.brand, person.contact),
			missed,
			random,
		};
	});
}

/**
 * The demo data at an instant: conversations by conv_id, and the people in them. It follows from the seed, the day and the instant alone, so a later instant shows the same past
 * and more of it. Names, numbers and accounts are made up.
 */
export function generateDemo({ now, account, seed = 1, days = 40, conversationsPerDay = 30 }: DemoOptions): Demo {
	const today = beijingDayStart(now);
	const conversations: LaiguConversation[] = [];
	const histories = new Map<string, History>();

	for (let back = days - 1; back >= 0; back--) {
		const dayStart = today - back * DAY;
		const day = Math.floor((dayStart + 8 * HOUR) / DAY);
		for (const plan of plansOn(seed, day, dayStart, conversationsPerDay)) {
			if (plan.start > now) break;
			const { conversation, leadAt, lastAt } = tell(plan, now, account);
			conversations.push(conversation);
			const known = histories.get(plan.person.trackId);
			const leads = [known?.leadAt, leadAt].filter((at) => at !== undefined);
			histories.set(plan.person.trackId, {
				person: plan.person,
				seenAt: known?.seenAt ?? plan.start,
				leadAt: leads.length > 0 ? Math.min(...leads) : undefined,
				lastAt: Math.max(known?.lastAt ?? 0, lastAt),
			});
		}
	}
	const agents = AGENTS.map(({ account: _account, nickname: _nickname, ...agent }) => agent);
	return { conversations, clients: [...histories.values()].map((history) => clientOf(history, now, account)), agents };
}
