import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { isParameter } from './interface';
import type { Form } from './interface';

/** A parameter as a row of the page: the same one of several operations is one row. */
interface Row {
	/** Display name, with the collection's before it. */
	title: string;
	/** Name under which workflows save it, with the collection's before it. */
	name: string;
	where: Where[];
	property: INodeProperties;
}

/** What a parameter is shown for. */
interface Where {
	resource: string;
	operation: string;
	/** Choices of other parameters, e.g. `Time Range: Custom`. */
	conditions: string[];
}

const INTRODUCTION = `# Parameters

Every field of the nodes and credentials: as n8n shows it, as workflows save it, where it is shown, and what it is for.

A script writes this page from the built package. To change a sentence, change the description in the source, then run

\`\`\`sh
LAIGU_UPDATE_DOCS=1 npm test -- test/docs/parameters
\`\`\``;

const choicesOf = ({ options = [] }: INodeProperties): INodePropertyOptions[] =>
	options.filter((option): option is INodePropertyOptions => 'value' in option);

/** The name of a choice, as the editor shows it. */
const nameOfChoice = (value: unknown, among: INodeProperties[]): string =>
	among.flatMap(choicesOf).find((choice) => choice.value === value)?.name ??
	(typeof value === 'boolean' ? (value ? 'on' : 'off') : `${value as string}`);

/** What a parameter is shown for, in the words of the editor. */
function whereOf({ displayOptions }: INodeProperties, all: INodeProperties[]): Where {
	const { resource = [], operation = [], ...others } = displayOptions?.show ?? {};
	const named = (name: string) => all.filter((property) => property.name === name.replace('/', ''));
	const operations = named('operation').filter(({ displayOptions: of }) => of?.show?.resource?.[0] === resource[0]);
	const condition = (parameter: string, values: unknown[] = [], not = '') => {
		const title = named(parameter)[0]?.displayName ?? parameter;
		return `${title}: ${not}${values.map((value) => nameOfChoice(value, named(parameter))).join(' or ')}`;
	};
	return {
		resource: resource.map((value) => nameOfChoice(value, named('resource'))).join(),
		operation: operation.map((value) => nameOfChoice(value, operations)).join(),
		conditions: [
			...Object.entries(others).map(([parameter, values]) => condition(parameter, values)),
			...Object.entries(displayOptions?.hide ?? {}).map(([parameter, values]) => condition(parameter, values, 'not ')),
		],
	};
}

/** In one line: operations by resource, then the conditions, which are the same for all of them. */
function line(where: Where[]): string {
	const resources = [...new Set(where.map(({ resource }) => resource))];
	const places = resources.map((resource) => {
		const operations = where.filter((each) => each.resource === resource).map(({ operation }) => operation);
		return [resource, operations.join(', ')].filter((part) => part !== '').join(' > ');
	});
	return [places.join('; '), ...where[0].conditions].filter((part) => part !== '').join('; ');
}

/** A parameter and, of a collection, what is in it. */
function rowsOf(property: INodeProperties, all: INodeProperties[], where: Where): Row[] {
	const row = { title: property.displayName, name: property.name, where: [where], property };
	const inner = (property.options ?? []).filter(isParameter).flatMap((option) => {
		const own = { ...where, conditions: [...where.conditions, ...whereOf(option, all).conditions] };
		return rowsOf(option, all, own).map((each) => ({
			...each,
			title: `${property.displayName} > ${each.title}`,
			name: `${property.name}.${each.name}`,
		}));
	});
	return property.type === 'collection' ? inner : [row, ...inner];
}

/** Puts the rows together that differ only in where they are shown. */
function merged(rows: Row[]): Row[] {
	const byContent = new Map<string, Row>();
	for (const row of rows) {
		const { displayOptions, ...content } = row.property;
		const key = JSON.stringify([row.name, content, row.where[0].conditions]);
		const known = byContent.get(key);
		byContent.set(key, known ? { ...known, where: [...known.where, ...row.where] } : row);
	}
	return [...byContent.values()];
}

const cell = (text: string) => text.replace(/\|/g, '\\|').replace(/\*/g, '\\*');

function defaultOf(property: INodeProperties): string {
	const { default: value } = property;
	if (typeof value === 'object' && !Array.isArray(value)) return '';
	return [value]
		.flat()
		.map((each) => nameOfChoice(each, [property]))
		.join(', ');
}

function table(head: string[], rows: string[][]): string {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const name = (text: string) => `**${cell(text)}**`;

function fieldTable(rows: Row[]): string {
	return table(
		['Field', 'Saved as', 'Shown for', 'Default', 'What it is for'],
		rows.map(({ title, name: saved, where, property }) => [
			name(title),
			`\`${saved}\``,
			cell(line(where)),
			cell(defaultOf(property)),
			cell(property.description ?? ''),
		]),
	);
}

/** Choices of one parameter, each with its value; names that are their own values stand in one line. */
function choiceSection({ title, where, property }: Row, isAlone: boolean): string {
	const choices = choicesOf(property);
	const heading = `#### ${title}${isAlone ? '' : ` (${line(where)})`}`;
	if (choices.every((choice) => choice.name === choice.value && !choice.description))
		return `${heading}\n\n${choices.map(({ value }) => `\`${value as string}\``).join(', ')}`;
	const rows = choices.map((choice) => [
		name(choice.name),
		`\`${choice.value as string}\``,
		cell(choice.description ?? ''),
	]);
	return `${heading}\n\n${table(['Choice', 'Saved as', 'What it is'], rows)}`;
}

function formSection({ title, name: saved, kind, description, properties }: Form): string {
	const shown = properties.filter(({ type }) => type !== 'notice');
	const rows = merged(shown.flatMap((property) => rowsOf(property, shown, whereOf(property, shown))));
	const withChoices = rows.filter(({ property }) => choicesOf(property).length > 0);
	const sections = withChoices.map((row) =>
		choiceSection(row, withChoices.filter((other) => other.title === row.title).length === 1),
	);
	return [
		`## ${title}${kind === 'credential' ? ' (credential)' : ''}`,
		`${description === '' ? '' : `${description}. `}In workflows: \`${kind === 'node' ? 'n8n-nodes-laigu.' : ''}${saved}\`.`,
		fieldTable(rows),
		...(sections.length > 0 ? ['### Choices', ...sections] : []),
	].join('\n\n');
}

/**
 * The page docs/parameters.md, before it is formatted.
 *
 * @param forms the nodes and credentials of the built package
 */
export const parametersPage = (forms: Form[]): string => `${[INTRODUCTION, ...forms.map(formSection)].join('\n\n')}\n`;
