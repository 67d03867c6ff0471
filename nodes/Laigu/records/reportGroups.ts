import { uniq, uniqBy } from 'lodash';
import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../shared/json';
import { inBeijing, toIso } from '../shared/time';
import type { Range } from '../shared/time';
import type { RecordTable } from './field';
import { reportTable, wholeReportTable } from './fields.report';
import type { GroupBy, Report } from './fields.report';
import { answeredOf, numberOf, ratesOf, round } from './rates';
import type { FirstResponse } from './rates';
import { readerFor } from './read';
import type { Read } from './read';
import { writerFor } from './shape';
import type { Output, ShapeSettings } from './shape';
import { simplifiedFor } from './simplified';
import { asText, cutDeep } from './values';

/** How a report is put together. */
export interface ReportSettings {
	report: Report;
	groupBy: GroupBy;
	firstResponse: FirstResponse;
}

/** Figures of a newer API that add up, by their names. */
const IS_SUM = /(?:Cnt|duty)$/;

/** The range of time that an item is about, which Laigu's rows do not tell. */
export const rangeOf = ({ from, to }: Range): IDataObject => ({ from: toIso(from), to: toIso(to) });

const agentOf = (row: IDataObject) => JSON.stringify(row.agentId ?? row.agentName ?? '');

const groupOf = (row: IDataObject) => JSON.stringify(row.groupId ?? row.groupName ?? '');

/** The rows that belong together, in order of appearance. */
function partition(rows: IDataObject[], keyOf: (row: IDataObject) => string): IDataObject[][] {
	const parts = new Map<string, IDataObject[]>();
	for (const row of rows) {
		const part = parts.get(keyOf(row));
		if (part) part.push(row);
		else parts.set(keyOf(row), [row]);
	}
	return [...parts.values()];
}

/** What rows have in common; of names and IDs that differ, each once. */
function mergeIdentity(rows: IDataObject[], names: string[]): IDataObject {
	const identity: IDataObject = {};
	for (const name of names) {
		const values = uniq(rows.map((row) => row[name])).filter((value) => value !== undefined);
		if (values.length > 0) identity[name] = values.length === 1 ? values[0] : values.map(asText).join(', ');
	}
	return identity;
}

const sumOf = (rows: IDataObject[], figureOf: (row: IDataObject) => number) =>
	rows.reduce((sum, row) => sum + figureOf(row), 0);

/**
 * The figures of several rows as one: counts and durations summed, averages weighted by the conversations that got an answer. An average is
 * left out where no row has such a conversation or tells of one, and a figure where nobody knows how it adds up.
 */
function mergeFigures(rows: IDataObject[], { fields }: RecordTable, firstResponse: FirstResponse): IDataObject {
	const merges = new Map(fields.map(({ name, merge }) => [name, merge]));
	const merged: IDataObject = {};
	for (const name of new Set(rows.flatMap(Object.keys))) {
		const told = rows.filter((row) => typeof row[name] === 'number');
		const merge = merges.has(name) ? merges.get(name) : IS_SUM.test(name) ? 'sum' : undefined;
		if (merge === 'sum' || (merge === 'firstResponse' && firstResponse === 'total')) {
			if (told.length > 0) merged[name] = sumOf(told, (row) => numberOf(row[name]));
		} else if (merge !== undefined) {
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
function ownTimes(rows: IDataObject[], { fields }: RecordTable): IDataObject[] {
	const figures = fields.filter(({ merge }) => merge !== undefined).map(({ name }) => name);
	return uniqBy(rows, (row) => JSON.stringify([agentOf(row), ...figures.map((name) => row[name])]));
}

/** Rows in simplified form. */
function simplifyRows(records: IDataObject[], table: RecordTable): IDataObject[] {
	const read = readerFor(table);
	const simplify = simplifiedFor(table);
	return records.map((record) => simplify(read(cutDeep(record))));
}

/**
 * The items of a report on agents in simplified form, with rates beside their counts. Every rate and average of several rows is calculated from their
 * counts, so that a busy agent weighs more than an idle one.
 *
 * - `agent`: an item for each agent, with the names of all groups that the agent has a row in
 * - `group`: an item for each group, and one without a name for agents in none; `agents` tells how many there are
 * - `day`: one item with its `day`, also where Laigu sent no row. The records have to be those of one day.
 *
 * @param records rows as Laigu sent them; they are not changed
 * @param range the range that was asked for
 */
export function reportItems(
	records: IDataObject[],
	range: Range,
	{ report, groupBy, firstResponse }: ReportSettings,
): IDataObject[] {
	const table = wholeReportTable(report);
	const rows = simplifyRows(records, table);
	const toItem = (all: IDataObject[], identity: IDataObject) => {
		const own = report === 'getAgentOnlineStats' ? ownTimes(all, table) : all;
		// of one agent's only row everything is known, also what could not be added up
		const figures = groupBy === 'agent' && own.length === 1 ? own[0] : mergeFigures(own, table, firstResponse);
		return { ...figures, ...identity, ...ratesOf(figures, firstResponse), ...rangeOf(range) };
	};
	const agents = (all: IDataObject[]) => new Set(all.map(agentOf)).size;

	switch (groupBy) {
		case 'day':
			return [toItem(rows, { day: inBeijing(range.from).toISODate(), agents: agents(rows) })];
		case 'group':
			return partition(rows, groupOf).map((all) =>
				toItem(all, { ...mergeIdentity(all, ['groupName', 'groupId']), agents: agents(all) }),
			);
		default:
			return partition(rows, agentOf).map((all) =>
				toItem(all, mergeIdentity(all, ['agentName', 'groupName', 'workNumber', 'agentId', 'groupId'])),
			);
	}
}

/** An item in simplified form as if it had been read by its table. */
function toRead(item: IDataObject, { fields }: RecordTable): Read {
	const read: Read = { values: fields.map(({ name }) => item[name]) };
	if (isObject(item.other)) read.other = item.other;
	const known = new Set([...fields.map(({ name }) => name), 'other']);
	fields.forEach(({ name, from, reading }, at) => {
		if (reading === 'number' && item[name] !== undefined && typeof item[name] !== 'number')
			(read.unreadable ??= new Map()).set(at, from[0] ?? name);
	});
	for (const name of Object.keys(item)) if (!known.has(name)) (read.rest ??= {})[name] = item[name];
	return read;
}

/**
 * How the items of a report are returned, in the order of their table.
 *
 * @param settings what the report is about
 * @param shape the output, and what is particular to it
 */
export function reportWriterFor(
	{ report, groupBy }: Pick<ReportSettings, 'report' | 'groupBy'>,
	shape: Partial<ShapeSettings> & { output: Output },
): (item: IDataObject) => IDataObject {
	const table = reportTable(report, groupBy);
	const write = writerFor(table, shape);
	return (item) => write(toRead(item, table));
}
