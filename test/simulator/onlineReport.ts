import { DAY, HOUR, SECOND, beijingDayStart, type Micros } from './time';
import type { LaiguReportAgent, LaiguReportRow } from './types';

type State = 'online_onduty' | 'online_offduty' | 'pns_onduty' | 'pns_offduty';

/** An agent's day in hours of Beijing time. The late shift is the early one three hours later; the rest of the day is offline. */
const SHIFT: ReadonlyArray<[from: number, to: number, state: State]> = [
	[9, 12, 'online_onduty'],
	[12, 13, 'online_offduty'],
	[13, 18, 'online_onduty'],
	[18, 20, 'pns_onduty'],
	[20, 21, 'pns_offduty'],
];

const LATE_BY_HOURS = 3;

const overlap = (from: Micros, to: Micros, start: Micros, end: Micros): Micros =>
	Math.max(0, Math.min(to, end) - Math.max(from, start));

/**
 * The rows of agent_online_stats for a window in microseconds: seconds in each state, which add up to the window as far as it has passed by `now`. Columns: Laigu's API
 * document; that they are seconds is not documented.
 */
export function agentOnlineRows(
	agents: readonly LaiguReportAgent[],
	from: Micros,
	to: Micros,
	now: Micros,
): LaiguReportRow[] {
	const end = Math.max(from, Math.min(to, now));
	return agents.map((agent, index) => {
		const late = (index % 2) * LATE_BY_HOURS * HOUR;
		const spent: Record<State, Micros> = { online_offduty: 0, online_onduty: 0, pns_onduty: 0, pns_offduty: 0 };
		for (let day = beijingDayStart(from); day < end; day += DAY) {
			for (const [start, stop, state] of SHIFT)
				spent[state] += overlap(from, end, day + start * HOUR + late, day + stop * HOUR + late);
		}
		const seconds = Object.fromEntries(
			Object.entries(spent).map(([state, time]) => [state, Math.floor(time / SECOND)]),
		);
		const present = Object.values(seconds).reduce((total, value) => total + value, 0);
		return { ...agent, ...seconds, offline: Math.floor((end - from) / SECOND) - present };
	});
}
