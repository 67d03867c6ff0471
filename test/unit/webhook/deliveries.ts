import type { Settings } from '../../../nodes/Laigu/webhook/parameters';
import { receive } from '../../../nodes/Laigu/webhook/receive';
import type { Verdict } from '../../../nodes/Laigu/webhook/receive';
import { openEvent } from '../../../nodes/Laigu/webhook/verify';
import type { Delivery, Requirements } from '../../../nodes/Laigu/webhook/verify';

/** A trigger for every event, without a credential. */
export const everything: Settings & Requirements = {
	events: ['*'],
	output: 'simplified',
	filters: {
		agents: [],
		channels: [],
		groups: [],
		onlyMissed: false,
		onlyOpenLeads: false,
		onlyWithContact: false,
		tags: [],
	},
	findContacts: true,
	includeTranscript: true,
	maskContacts: false,
	maskTranscript: false,
	protectFormulas: true,
	maxAgeSeconds: 0,
	deduplicate: true,
	waits: false,
	acceptsAutomation: false,
};

/** What becomes of a delivery, without n8n around it. */
export function decide(delivery: Delivery, settings: Partial<Settings & Requirements> = {}, nowMs = 0): Verdict {
	const all = { ...everything, ...settings };
	const opened = openEvent(delivery, all);
	return 'status' in opened ? opened : receive(opened, all, nowMs);
}
