import type { Batch, Cursor } from './cursor';

/**
 * The processes of n8n that polled a trigger: the number of each one's last poll, or `REPLACED` for one that another seemed to have taken the
 * place of. A trigger cannot see whether a process lives, only whether it polls.
 */
export type Processes = Record<string, number>;

const REPLACED = -1;

/** So many polls by others make a process that took turns with them one that is gone. */
const SILENT_POLLS = 30;

/** What became of a batch: it reached the workflow, it is lost, or nobody can tell yet. */
export type Fate = 'reached' | 'lost' | 'open';

const isOnTurn = ([, last]: [string, number]) => last !== REPLACED;

/**
 * What became of a batch, as far as another process can know. The process that handed it out lives if it polls again. Where one process polls
 * alone and a new one comes, the new one has taken its place: n8n was restarted. Where several take turns, one of them is gone when it has been
 * silent for long.
 *
 * @param batch what was handed out
 * @param cursor the polls so far
 * @param instance the process that polls now
 */
export function fateOf(
	batch: Batch,
	{ polls, processes = {} }: Pick<Cursor, 'polls' | 'processes'>,
	instance: string,
): Fate {
	if (batch.by === instance) return 'reached';
	if (!Object.hasOwn(processes, batch.by)) return 'lost';
	const last = processes[batch.by];
	// it polled again after this batch, which a process that is gone does not
	if (last > batch.poll) return 'reached';
	const isNew = !Object.hasOwn(processes, instance);
	const onTurn = Object.entries(processes).filter(isOnTurn);
	if (isNew && onTurn.length < 2) return 'lost';
	return polls - batch.poll > SILENT_POLLS ? 'lost' : 'open';
}

/**
 * The processes after a poll.
 *
 * @param poll the poll's number
 * @param instance the process that polled
 */
export function processesAfter(processes: Processes, poll: number, instance: string): Processes {
	const known = Object.entries(processes);
	const isNew = !Object.hasOwn(processes, instance);
	const onTurn = known.filter(isOnTurn);
	const others = known
		.filter(([name]) => name !== instance)
		.map(([name, last]): [string, number] => [name, isNew && onTurn.length < 2 ? REPLACED : last])
		.filter(([, last]) => last === REPLACED || poll - last <= 2 * SILENT_POLLS);
	return Object.fromEntries([...others.slice(-6), [instance, poll]]);
}
