import { randomFrom } from './demo/random';
import { openSender, type Delivered } from './sender';
import { makeEvents, type WebhookEvent } from './senderEvents';
import { readSendFlags, sendHelpText } from './senderFlags';

/** More deliveries than this are told as a summary. */
const LISTED = 20;

/** In another order, the same for the same seed. */
function shuffled(events: WebhookEvent[], seed: number): WebhookEvent[] {
	const random = randomFrom(seed, 'order');
	return events
		.map((event) => ({ event, place: random() }))
		.sort((a, b) => a.place - b.place)
		.map(({ event }) => event);
}

function lineOf({ event, attempts }: Delivered): string {
	const answers = attempts.map(({ status, ms }) => `${status || 'no answer'} in ${ms.toFixed(0)} ms`).join(', then ');
	return `${answers}  ${event.name}  ${event.id}  ${attempts[attempts.length - 1].text}`;
}

function summaryOf(results: Delivered[], seconds: number): string[] {
	const counts = new Map<string, number>();
	for (const { last } of results) {
		const answer = `${last.status || 'no answer'}  ${last.text}`;
		counts.set(answer, (counts.get(answer) ?? 0) + 1);
	}
	const times = results.map(({ last }) => last.ms).sort((a, b) => a - b);
	const at = (share: number): string => times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(0);
	return [
		...[...counts].map(([answer, count]) => `${count} × ${answer}`),
		`${results.length} deliveries in ${seconds.toFixed(1)} s, ${(results.length / seconds).toFixed(0)} a second; half within ${at(0.5)} ms, 99 % within ${at(0.99)} ms`,
	];
}

/** `send …`: makes the events, delivers them, and says how each was answered. Resolves to false when any had no answer at all. */
export async function send(args: string[], say: (line: string) => void): Promise<boolean> {
	const { sender: options, events: wanted, repeat, shuffle, help } = readSendFlags(args);
	if (help) {
		say(sendHelpText());
		return true;
	}
	const events = makeEvents(wanted);
	const rounds = Array.from({ length: repeat + 1 }, () => events).flat();
	const sender = openSender(options);
	try {
		const since = performance.now();
		const results = await sender.deliverAll(shuffle ? shuffled(rounds, wanted.seed ?? 1) : rounds);
		const seconds = (performance.now() - since) / 1000;
		for (const line of results.length <= LISTED ? results.map(lineOf) : summaryOf(results, seconds)) say(line);
		return results.every(({ last }) => last.status !== 0);
	} finally {
		await sender.close();
	}
}
