import './quiet';

import { makeEvents, openSender } from '../simulator';
import type { EventOptions, Sender, SenderOptions } from '../simulator';
import { startHost } from './webhookHost';
import type { Host, HostOptions } from './webhookHost';

export const SECRET = 'a secret, 密钥';
export const AT = new Date('2026-03-10T15:00:00+08:00');
export const credential = { signingSecret: SECRET, enterpriseToken: '' };

const open: Array<{ close(): Promise<void> }> = [];
let hosts = 0;

/** Closes what a test has opened. */
export async function closeAll(): Promise<void> {
	await Promise.all(open.splice(0).map(async (one) => await one.close()));
}

/** A trigger of its own workflow and for every event, unless it is told otherwise. */
export async function host(options: HostOptions = {}): Promise<Host> {
	const started = await startHost({
		workflowId: `workflow ${++hosts}`,
		...options,
		parameters: { events: ['*'], ...options.parameters },
	});
	open.push(started);
	return started;
}

export function sender(url: string, options: Partial<SenderOptions> = {}): Sender {
	const opened = openSender({ url, secret: SECRET, ...options });
	open.push(opened);
	return opened;
}

/** Delivers one event to a trigger that is set up so, and tells the answer. */
export async function deliver(
	hostOptions: HostOptions,
	senderOptions: Partial<SenderOptions> = {},
	eventOptions: Partial<EventOptions> = {},
) {
	const trigger = await host(hostOptions);
	const [event] = makeEvents({ names: ['client.updated'], count: 1, at: AT, ...eventOptions });
	const { last } = await sender(trigger.url, senderOptions).deliver(event);
	return {
		...last,
		message: (JSON.parse(last.text) as { message: string }).message,
		event,
		trigger,
		items: trigger.started,
	};
}
