import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import {
	collectionReader,
	itemReader,
	readBoolean,
	readChoice,
	readChoices,
	readNumber,
	readText,
	readTexts,
	readTime,
	triggerReader,
} from '../../../nodes/Laigu/parameters/reader';
import type { ChoiceProperty, ParameterReader } from '../../../nodes/Laigu/parameters/reader';
import { at } from '../helpers';
import { contextWith, thrownBy } from './context';

const property = (type: INodeProperties['type'], more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: 'My Field',
	name: 'field',
	type,
	default: '',
	...more,
});

const given = (value: unknown) => itemReader(contextWith({ field: value }, 'America/New_York'), 3);
const TEXT = property('string');
const nothing = itemReader(contextWith({}), 3);

const COLOR: ChoiceProperty<'red' | 'green'> = {
	...property('options'),
	options: [
		{ name: 'Green', value: 'green' },
		{ name: 'Red', value: 'red' },
	],
	default: 'red',
};
const WHOLE = property('number', { default: 5, typeOptions: { minValue: 1, maxValue: 10, numberPrecision: 0 } });
const FROM_ZERO = property('number', { default: 0, typeOptions: { minValue: 0 } });
const SWITCH = property('boolean', { default: true });
const TEXTS = property('string');
const SEVERAL = property('multiOptions', { default: [], options: COLOR.options });
const TIME = property('dateTime');

const circular: Record<string, unknown> = {};
circular.self = circular;

describe('what the workflow does not hold has its default', () => {
	test.each<[string, (reader: ParameterReader) => unknown, unknown]>([
		['a choice', (reader) => readChoice(reader, COLOR), 'red'],
		['a number', (reader) => readNumber(reader, WHOLE), 5],
		['a switch', (reader) => readBoolean(reader, SWITCH), true],
		['texts', (reader) => readTexts(reader, TEXTS), []],
		['a time', (reader) => readTime(reader, TIME), undefined],
	])('%s', (_, read, wanted) => {
		expect(read(nothing)).toEqual(wanted);
		const collection = property('collection', { name: 'options', default: {} });
		for (const options of [undefined, {}, null, ''])
			expect(read(collectionReader(itemReader(contextWith({ options }), 0), collection))).toEqual(wanted);
	});
});

test.each<[string, (reader: ParameterReader) => unknown, unknown, unknown]>([
	['a choice', (reader) => readChoice(reader, COLOR), 'green', 'green'],
	['a number', (reader) => readNumber(reader, WHOLE), 10, 10],
	['a number as text', (reader) => readNumber(reader, WHOLE), ' 7 ', 7],
	['a fraction', (reader) => readNumber(reader, FROM_ZERO), 0.5, 0.5],
	['off', (reader) => readBoolean(reader, SWITCH), false, false],
	['off as text', (reader) => readBoolean(reader, SWITCH), ' False', false],
	['on as text', (reader) => readBoolean(reader, SWITCH), 'true', true],
	['one text', (reader) => readText(reader, TEXT), ' a b ', 'a b'],
	['a number as one text', (reader) => readText(reader, TEXT), 13800138000, '13800138000'],
	['what was chosen in a list', (reader) => readText(reader, TEXT), { __rl: true, mode: 'list', value: ' 7 ' }, '7'],
	['nothing chosen in a list', (reader) => readText(reader, TEXT), { __rl: true, mode: 'list', value: null }, ''],
	['text with commas', (reader) => readTexts(reader, TEXTS), ' a, b,,c，d\ne、f ', ['a', 'b', 'c', 'd', 'e', 'f']],
	[
		'a list, whose texts keep their commas',
		(reader) => readTexts(reader, TEXTS),
		['a, b', ' c ', 7, ''],
		['a, b', 'c', '7'],
	],
	['one number', (reader) => readTexts(reader, TEXTS), 12, ['12']],
	['several choices', (reader) => readChoices(reader, SEVERAL), 'red, green, red', ['red', 'green']],
	['a time in the zone', (reader) => readTime(reader, TIME), '2026-11-21T00:00', at('2026-11-21T05:00:00Z')],
])('%s is read', (_, read, value, wanted) => {
	expect(read(given(value))).toEqual(wanted);
});

test("the choice that n8n adds to Resource and Operation leads to n8n's HTTP Request node, and is never offered", () => {
	const withIt = { ...COLOR, options: [...COLOR.options, { name: 'Custom API Call', value: '__CUSTOM_API_CALL__' }] };
	const read = (value: unknown) => thrownBy(() => readChoice(given(value), withIt as ChoiceProperty<string>));
	expect(read('__CUSTOM_API_CALL__').message).toContain('\'My Field\' cannot be "Custom API Call"');
	expect(read('__CUSTOM_API_CALL__').description).toContain('HTTP Request node with the Laigu API credential');
	expect(read('blue').description).toContain('Use one of: green, red.');
});

test.each<[string, (reader: ParameterReader) => unknown, unknown[], string]>([
	[
		'a choice',
		(reader) => readChoice(reader, COLOR),
		['blue', 'Red', 1, true, {}, ['red'], circular],
		'Use one of: green, red.',
	],
	[
		'a number',
		(reader) => readNumber(reader, WHOLE),
		[0, 11, 1.5, NaN, Infinity, true, 'many', [3], {}],
		'Enter a whole number from 1 to 10.',
	],
	[
		'a number with decimals',
		(reader) => readNumber(reader, FROM_ZERO),
		[-0.1, NaN, Infinity, 'x'],
		'Enter a number of 0 or more.',
	],
	['a switch', (reader) => readBoolean(reader, SWITCH), ['yes', 1, 0, {}, [true]], 'Use true or false.'],
	[
		'texts',
		(reader) => readTexts(reader, TEXTS),
		[{}, true, [{}], [['a']], NaN, 2 ** 60],
		'Use a list of texts, or one text separated by commas.',
	],
	[
		'one text',
		(reader) => readText(reader, TEXT),
		[{}, true, ['a'], NaN, Infinity, 2 ** 60, { __rl: true, mode: 'id', value: {} }],
		'Use text, or a number with at most 15 digits.',
	],
	[
		'several choices',
		(reader) => readChoices(reader, SEVERAL),
		['blue', ['red', 'blue'], 'Red'],
		'Choose at least one of: green, red.',
	],
])('anything else than %s is told', (_, read, values, wayOut) => {
	for (const value of values) {
		const error = thrownBy(() => read(given(value)));
		expect(error.message).toMatch(/^'My Field' cannot be .{1,60} \[Item 3\]$/);
		expect(error.description).toBe(wayOut);
		expect(error.context.itemIndex).toBe(3);
	}
});

test.each<[string, (reader: ParameterReader) => unknown]>([
	['a choice', (reader) => readChoice(reader, COLOR)],
	['a number', (reader) => readNumber(reader, WHOLE)],
	['a switch', (reader) => readBoolean(reader, SWITCH)],
	['several choices', (reader) => readChoices(reader, SEVERAL)],
])('an expression that gives nothing for %s is told', (_, read) => {
	for (const value of [undefined, null, '', ' '])
		expect(thrownBy(() => read(given(value))).message).toBe("'My Field' is empty [Item 3]");
});

test('an empty selection is told, empty texts and an empty time are none', () => {
	expect(thrownBy(() => readChoices(given([]), SEVERAL)).message).toBe("'My Field' is empty [Item 3]");
	for (const value of [undefined, null, '', ' ']) {
		expect(readTexts(given(value), TEXTS)).toEqual([]);
		expect(readTime(given(value), TIME)).toBeUndefined();
	}
});

test('a value that is no time is told, cut short', () => {
	const error = thrownBy(() => readTime(given('x'.repeat(500)), TIME));
	expect(error.message).toBe("'My Field' is not a date and time [Item 3]");
	expect(error.description).toMatch(/2026-01-31T08:00:00.*It is now: "x{59}$/);
});

test('a collection that is no object is told by its own name', () => {
	const options = property('collection', { displayName: 'Options', name: 'options', default: {} });
	for (const value of ['all', 5, ['a'], true]) {
		const reader = itemReader(contextWith({ options: value }), 0);
		expect(thrownBy(() => collectionReader(reader, options)).message).toMatch(/^'Options' cannot be /);
	}
});

test('names of a prototype are no values of a collection', () => {
	const options = property('collection', { name: 'options', default: {} });
	const reader = collectionReader(itemReader(contextWith({ options: {} }), 0), options);
	expect(reader.get('constructor', 'default')).toBe('default');
});

test('a trigger tells the same, without an item', () => {
	const item = contextWith({ field: 'blue' });
	const trigger = {
		...item,
		getNodeParameter: (name: string, fallback: unknown) => item.getNodeParameter(name, 0, fallback),
	} as unknown as IPollFunctions;
	const error = thrownBy(() => readChoice(triggerReader(trigger), COLOR));
	expect(error.message).toBe('\'My Field\' cannot be "blue"');
	expect(error.description).toBe('Use one of: green, red.');
	expect(error.context.itemIndex).toBeUndefined();
});
