import { omit, uniq, uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { inBeijing } from '../shared/time';
import type { Range } from '../shared/time';
import { textOf } from './names';
import { answeredOf, numberOf, rangeOf, ratesOf, REPORT_FIGURES, round, simplifyReportRow } from './report';
import type { FirstResponse, Report } from './report';

/** What an item of a report is about. */
export type GroupBy = 'agent' | 'group' | 'day';

/** How a report is put together. */
export interface ReportSettings {
	report: Report;
	groupBy: GroupBy;
	firstResponse: FirstResponse;
}

/** What identifies an item, in the order of a row's columns. */
const IDENTITY: Record<GroupBy, string[]> = {
	agent: ['from', 'to', 'agentId', 'agentName', 'groupId', 'groupName', 'workNum'],
	group: ['from', 'to', 'groupId', 'groupName', 'agents'],
	day: ['from', 'to', 'day', 'agents'],
};

/** Counts and durations, which add up; a figure of a newer API is taken for one by its name. */
const IS_SUM = /(Cnt|duty)$|^(durationTime|offline)$/;

/** Times that customers waited, in seconds: averages over the conversations that got an answer. */
const IS_AVERAGE = /ResponseWaitTime$/;

const IS_FIRST_RESPONSE = /FirstResponseWaitTime$/;

/** The columns that every row of a report has, in this order. */
export function reportColumns({ report, groupBy }: ReportSettings): string[] {
	return [...IDENTITY[groupBy], ...REPORT_FIGURES[report]];
}

/** Names of the fields that the items of a report can have, whatever it is grouped by, alphabetically. */
export function reportFieldNames(report: Report): string[] {
	const names = uniq([...Object.values(IDENTITY).flat(), ...REPORT_FIGURES[report]]);
	return names.sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1));
}

/** The field that identifies an item of a report, kept in every selection. */
export const REPORT_ID: Record<GroupBy, string> = { agent: 'agentId', group: 'groupId', day: 'day' };

const agentOf = (row: IDataObject) => textOf(row.agentId) || textOf(row.agentName);

const groupOf = (row: IDataObject) => textOf(row.groupId) || textOf(row.groupName);

/** The rows that belong together, in order of appearance. */
function partition(rows: IDataObject[], keyOf: (row: IDataObject) => string): IDataObject[][] {
	const parts = new Map<string, IDataObject[]>();
	for (const row of rows) parts.set(keyOf(row), [...(parts.get(keyOf(row)) ?? []), row]);
	return [...parts.values()];
}

/** What rows have in common; of names and IDs that differ, each once. */
function mergeIdentity(rows: IDataObject[], names: string[]): IDataObject {
	const identity: IDataObject = {};
	for (const name of names) {
		const [first, ...others] = uniq(rows.map((row) => row[name])).filter((value) => value !== undefined);
		if (first !== undefined) identity[name] = others.length === 0 ? first : [first, ...others].map(textOf).join(', ');
	}
	return identity;
}

const sumOf = (rows: IDataObject[], figureOf: (row: IDataObject) => number) =>
	rows.reduce((sum, row) => sum + figureOf(row), 0);

/**
 * The figures of several rows as one: counts and durations summed, averages weighted by the conversations that got an answer. An average is
 * left out where no row has such a conversation or tells of one, and a figure where nobody knows how it adds up.
 */
function mergeFigures(rows: IDataObject[], firstResponse: FirstResponse): IDataObject {
	const merged: IDataObject = {};
	for (const name of uniq(rows.flatMap(Object.keys))) {
		const told = rows.filter((row) => typeof row[name] === 'number');
		if (IS_SUM.test(name) || (firstResponse === 'total' && IS_FIRST_RESPONSE.test(name))) {
			if (told.length > 0) merged[name] = sumOf(told, (row) => numberOf(row[name]));
		} else if (IS_AVERAGE.test(name)) {
			const weighing = told.filter((row) => answeredOf(row) > 0);
			const sum = sumOf(weighing, (row) => numberOf(row[name]) * answeredOf(row));
			if (weighing.length > 0) merged[name] = round(sum / sumOf(weighing, answeredOf), 2);
		}
	}
	return merged;
}

/**
 * An agent who is in several groups has a row in each. Conversations belong to one group, so they add up; the time online is the agent's own:
 * where it comes again with every figure alike, it is taken once.
 */
const ownTimes = (rows: IDataObject[]) =>
	uniqBy(rows, (row) => JSON.stringify([agentOf(row), ...REPORT_FIGURES.getAgentOnlineStats.map((name) => row[name])]));

/**
 * The items of a report on agents, with rates beside their counts. Every rate and average of several rows is reckoned from their counts, so
 * that a busy agent weighs more than an idle one.
 *
 * - `agent`: an item for each agent, with the names of all groups that the agent has a row in
 * - `group`: an item for each group, and one without a name for agents in none; `agents` tells how many there are
 * - `day`: one item with its `day`, also where Laigu sent no row. The records have to be those of one day.
 *
 * @param records rows as Laigu sent them; they are not changed
 * @param range the range that was asked for
 */
export function reportItems(records: IDataObject[], range: Range, settings: ReportSettings): IDataObject[] {
	const { report, groupBy, firstResponse } = settings;
	const rows = records.map((record) => simplifyReportRow(record, range));
	const toItem = (all: IDataObject[], identity: IDataObject) => {
		const own = report === 'getAgentOnlineStats' ? ownTimes(all) : all;
		// of one agent's only row everything is known, also what could not be added up
		const isWhole = groupBy === 'agent' && own.length === 1;
		const figures = isWhole ? omit(own[0], IDENTITY.agent) : mergeFigures(own, firstResponse);
		return { ...identity, ...figures, ...ratesOf(figures, firstResponse) };
	};
	const agents = (all: IDataObject[]) => uniq(all.map(agentOf)).length;

	switch (groupBy) {
		case 'day':
			return [toItem(rows, { ...rangeOf(range), day: inBeijing(range.from).toISODate(), agents: agents(rows) })];
		case 'group':
			return partition(rows, groupOf).map((all) =>
				toItem(all, { ...mergeIdentity(all, IDENTITY.group), agents: agents(all) }),
			);
		default:
			return partition(rows, agentOf).map((all) => toItem(all, mergeIdentity(all, IDENTITY.agent)));
	}
}
