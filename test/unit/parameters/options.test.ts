import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readFilters, filters } from '../../../nodes/Laigu/parameters/filters';
import { readLimit, readReturnAllOrLimit } from '../../../nodes/Laigu/parameters/limit';
import { options, readConcurrency, readOptions } from '../../../nodes/Laigu/parameters/options';
import { outputChoice, outputOf } from '../../../nodes/Laigu/parameters/output';
import { itemReader } from '../../../nodes/Laigu/parameters/reader';
import { conversationTable, customerTable } from '../../../nodes/Laigu/records/tables';
import { contextWith, thrownBy } from './context';

const reader = (parameters: Record<string, unknown>) => itemReader(contextWith(parameters), 2);

describe('Limit', () => {
	test.each([
		[{ limit: 5 }, 5],
		[{ limit: '5' }, 5],
		[{ limit: 1 }, 1],
		[{}, 50],
		[{ returnAll: false, limit: 7 }, 7],
		[{ returnAll: true, limit: 0 }, undefined],
		[{ returnAll: 'true' }, undefined],
	])('%j is read as %p', (parameters, limit) => {
		expect(readReturnAllOrLimit(reader(parameters))).toBe(limit);
	});

	test.each([
		[0, 'cannot be 0'],
		[-1, 'cannot be -1'],
		[1.5, 'cannot be 1.5'],
		['abc', 'cannot be "abc"'],
		['', 'is empty'],
		[NaN, 'cannot be null'],
		[null, 'is empty'],
		[undefined, 'is empty'],
		[true, 'cannot be true'],
	])('%p is refused before any request', (limit, what) => {
		const error = thrownBy(() => readLimit(reader({ limit })));
		expect(error.message).toBe(`'Limit' ${what} [Item 2]`);
		expect(error.description).toBe('Enter a whole number of 1 or more.');
		expect(error.context.itemIndex).toBe(2);
	});
});

describe('Options', () => {
	test('have the defaults of the contract', () => {
		const defaults = {
			apiVersion: 'v2',
			concurrency: 3,
			findContacts: true,
			firstResponse: 'average',
			maskContacts: false,
			maxCharacters: 0,
			maxRetries: 5,
			order: undefined,
			protectFormulas: true,
			timeFormat: 'string',
			windowHours: 0,
		};
		expect(readOptions(reader({}))).toEqual(defaults);
		expect(readOptions(reader({ options: {} }))).toEqual(defaults);
	});

	test('are read as given', () => {
		const given = {
			apiVersion: 'v1',
			concurrency: 10,
			findContacts: false,
			firstResponse: 'total',
			maskContacts: true,
			maxCharacters: 400,
			maxRetries: 0,
			order: 'newestFirst',
			protectFormulas: false,
			timeFormat: 'epochSeconds',
			windowHours: 24,
		};
		expect(readOptions(reader({ options: given }))).toEqual(given);
	});

	test.each<[IDataObject, string, string]>([
		[{ concurrency: 0 }, "'Concurrency' cannot be 0", 'Enter a whole number from 1 to 10.'],
		[{ concurrency: 11 }, "'Concurrency' cannot be 11", 'Enter a whole number from 1 to 10.'],
		[{ maxRetries: 21 }, "'Max Retries' cannot be 21", 'Enter a whole number from 0 to 20.'],
		[{ windowHours: 0.5 }, "'Max Hours per Request' cannot be 0.5", 'Enter a whole number of 0 or more.'],
		[{ maxCharacters: 'all' }, '\'Max Transcript Characters\' cannot be "all"', 'Enter a whole number of 0 or more.'],
		[{ firstResponse: '' }, "'First Response Times' is empty", 'Use one of: average, total.'],
		[{ order: null }, "'Order' is empty", 'Use one of: newestFirst, oldestFirst.'],
		[{ order: 'unsorted' }, '\'Order\' cannot be "unsorted"', 'Use one of: newestFirst, oldestFirst.'],
		[{ maskContacts: 'no' }, '\'Mask Contacts\' cannot be "no"', 'Use true or false.'],
	])('%j is told', (given, message, description) => {
		const error = thrownBy(() => readOptions(reader({ options: given })));
		expect(error.message).toBe(`${message} [Item 2]`);
		expect(error.description).toBe(description);
	});

	test('the concurrency of a run does not fail where another option would', () => {
		expect(readConcurrency(reader({ options: { concurrency: '4', order: 'x' } }))).toBe(4);
		for (const given of [{ concurrency: 0 }, 'all', undefined])
			expect(readConcurrency(reader({ options: given }))).toBe(3);
	});
});

test('collections are sorted by what the editor shows', () => {
	const collections: INodeProperties[] = [
		options('windowHours', 'order', 'apiVersion', 'concurrency', 'findContacts', 'maskContacts', 'protectFormulas'),
		filters('conversation'),
		filters('customer'),
	];
	for (const { options: inner = [] } of collections) {
		const names = inner.map((each) => ('displayName' in each ? each.displayName : ''));
		expect(names.length).toBeGreaterThan(4);
		expect(names).toEqual([...names].sort());
	}
});

describe('Filters', () => {
	const NONE = {
		agents: [],
		channels: [],
		groups: [],
		tags: [],
		onlyMissed: false,
		onlyOpenLeads: false,
		onlyWithContact: false,
	};

	test.each<[unknown, object]>([
		[undefined, {}],
		[{}, {}],
		[{ channels: 'a, b，c' }, { channels: ['a', 'b', 'c'] }],
		[{ agents: ['Lin, Chen', 7] }, { agents: ['Lin, Chen', '7'] }],
		[{ tags: 12 }, { tags: ['12'] }],
		[
			{ onlyMissed: true, onlyOpenLeads: 'true' },
			{ onlyMissed: true, onlyOpenLeads: true },
		],
	])('%j', (given, wanted) => {
		expect(readFilters(reader({ filters: given }))).toEqual({ ...NONE, ...wanted });
	});
});

describe('Output', () => {
	const customer = outputOf(customerTable, 'count');

	test('is simplified by default', () => {
		expect(customer.read(reader({}))).toEqual({ output: 'simplified', fields: [] });
	});

	test('asks for fields only where they are selected', () => {
		expect(customer.read(reader({ output: 'raw', fields: [] }))).toEqual({ output: 'raw', fields: [] });
		expect(customer.read(reader({ output: 'selectedFields', fields: 'name, phone' }))).toEqual({
			output: 'selectedFields',
			fields: ['name', 'phone'],
		});
	});

	test.each<[unknown, string]>([
		[[], "'Fields' is empty"],
		['', "'Fields' is empty"],
		[['name', 'tel'], '\'Fields\' cannot be "tel"'],
		['lead.phone', '\'Fields\' cannot be "lead.phone"'],
		['constructor', '\'Fields\' cannot be "constructor"'],
	])('the fields %j are told', (fields, message) => {
		const error = thrownBy(() => customer.read(reader({ output: 'selectedFields', fields })));
		expect(error.message).toBe(`${message} [Item 2]`);
		expect(error.description).toMatch(/^Choose at least one of: .*phone/);
	});

	test('offers what the kind of record has, and every field of its table', () => {
		const [output, fields] = outputOf(conversationTable, 'messages', 'transcript').properties;
		const valuesOf = ({ options: all = [] }: INodeProperties) => all.map((each) => ('value' in each ? each.value : ''));
		expect(valuesOf(output)).toEqual([
			'databaseRow',
			'messages',
			'raw',
			'selectedFields',
			'simplified',
			'spreadsheetRow',
			'transcript',
		]);
		expect(valuesOf(fields).sort()).toEqual(conversationTable.fields.map(({ name }) => name).sort());
		expect(valuesOf(outputChoice(['raw', 'simplified']))).toEqual(['raw', 'simplified']);
	});
});
