import { NodeOperationError } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { isObject } from '../shared/json';
import { parseTime } from '../shared/time';
import type { Micros } from '../shared/time';

/** Where the values of parameters come from: one input item of an execution, a poll, a webhook, or a collection of one of these. */
export interface ParameterReader {
	/**
	 * The value as n8n resolved it, unchecked.
	 *
	 * @param name the parameter's name
	 * @param fallback the value where the workflow holds none
	 */
	get(name: string, fallback: unknown): unknown;
	/** The workflow's time zone: a time without offset is in it. */
	timezone: string;
	/** The error to throw for a value that cannot work. */
	reject(message: string, description: string): NodeOperationError;
}

/** A choice among values that the sources know by name. */
export interface ChoiceProperty<Choice extends string> extends INodeProperties {
	options: Array<INodePropertyOptions & { value: Choice }>;
	default: Choice;
}

/** The parameters of one input item. */
export function itemReader(context: IExecuteFunctions, itemIndex: number): ParameterReader {
	return {
		get: (name, fallback) => context.getNodeParameter(name, itemIndex, fallback),
		timezone: context.getTimezone(),
		reject: (message, description) =>
			new NodeOperationError(context.getNode(), `${message} [Item ${itemIndex}]`, { description, itemIndex }),
	};
}

/** The parameters of a trigger, which has no input items. */
export function triggerReader(context: IPollFunctions | IWebhookFunctions): ParameterReader {
	return {
		get: (name, fallback) => context.getNodeParameter(name, fallback),
		timezone: context.getTimezone(),
		reject: (message, description) => new NodeOperationError(context.getNode(), message, { description }),
	};
}

/** A value as a message shows it: as JSON, cut where it is long. */
function shown(value: unknown): string {
	try {
		return (JSON.stringify(value) ?? typeof value).slice(0, 60);
	} catch {
		return typeof value;
	}
}

/** Whether an expression or a language model gave nothing. */
const isNothing = (value: unknown): boolean =>
	value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

/** Whether a number is what was meant: a longer whole number has lost digits on its way here. */
const isExact = (number: number): boolean => Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER;

function rejected(
	reader: ParameterReader,
	{ displayName }: INodeProperties,
	value: unknown,
	wayOut: string,
): NodeOperationError {
	const isEmpty = isNothing(value) || (Array.isArray(value) && value.length === 0);
	return reader.reject(isEmpty ? `'${displayName}' is empty` : `'${displayName}' cannot be ${shown(value)}`, wayOut);
}

/**
 * The parameters inside a collection such as Options. What the collection does not hold has its default.
 *
 * @throws NodeOperationError where an expression gives anything else than an object
 */
export function collectionReader(reader: ParameterReader, property: INodeProperties): ParameterReader {
	const given = reader.get(property.name, {});
	if (!isNothing(given) && !isObject(given)) {
		throw rejected(reader, property, given, 'Use an object that maps each name to its value.');
	}
	const values: IDataObject = isObject(given) ? given : {};
	return { ...reader, get: (name, fallback) => (Object.hasOwn(values, name) ? values[name] : fallback) };
}

/**
 * n8n itself adds this choice to the Resource and Operation of a node whose credential other nodes can use, and expects no node to run it
 * (n8n 2.41, load-nodes-and-credentials).
 */
const CUSTOM_API_CALL = { name: 'Custom API Call', value: '__CUSTOM_API_CALL__' };

/**
 * One of the values that a field offers. The editor lets nobody choose another, but an expression or a language model may give any.
 *
 * @throws NodeOperationError for any other value
 */
export function readChoice<Choice extends string>(reader: ParameterReader, property: ChoiceProperty<Choice>): Choice {
	const given = reader.get(property.name, property.default);
	if (given === CUSTOM_API_CALL.value) {
		throw rejected(
			reader,
			property,
			CUSTOM_API_CALL.name,
			"Use n8n's HTTP Request node with the Laigu API credential: it can send any request to Laigu.",
		);
	}
	const choices = property.options.map(({ value }) => value).filter((value) => value !== CUSTOM_API_CALL.value);
	const chosen = choices.find((choice) => choice === given);
	if (chosen !== undefined) return chosen;
	throw rejected(reader, property, given, `Use one of: ${choices.join(', ')}.`);
}

/**
 * A number within the bounds of its field, whole where the field has no decimals.
 *
 * @throws NodeOperationError for any other value
 */
export function readNumber(reader: ParameterReader, property: INodeProperties): number {
	const { minValue = -Infinity, maxValue = Infinity, numberPrecision } = property.typeOptions ?? {};
	const isWhole = numberPrecision === 0;
	const given = reader.get(property.name, property.default);
	const number = typeof given === 'string' && !isNothing(given) ? Number(given) : given;
	const fits = (candidate: number) =>
		(isWhole ? Number.isInteger(candidate) : Number.isFinite(candidate)) &&
		candidate >= minValue &&
		candidate <= maxValue;
	if (typeof number === 'number' && fits(number)) return number;
	const bounds = maxValue === Infinity ? `of ${minValue} or more` : `from ${minValue} to ${maxValue}`;
	throw rejected(reader, property, given, `Enter a ${isWhole ? 'whole number' : 'number'} ${bounds}.`);
}

/**
 * On or off. A language model may write it as text.
 *
 * @throws NodeOperationError for anything else
 */
export function readBoolean(reader: ParameterReader, property: INodeProperties): boolean {
	const given = reader.get(property.name, property.default);
	const word = typeof given === 'string' ? given.trim().toLowerCase() : given;
	if (word === true || word === 'true') return true;
	if (word === false || word === 'false') return false;
	throw rejected(reader, property, given, 'Use true or false.');
}

/**
 * An instant; a time without offset is in the workflow's zone.
 *
 * @returns microseconds since 1970; undefined where the field is empty
 * @throws NodeOperationError for a value that is no time
 */
export function readTime(reader: ParameterReader, property: INodeProperties): Micros | undefined {
	const given = reader.get(property.name, property.default);
	if (isNothing(given)) return undefined;
	const micros = parseTime(given, reader.timezone);
	if (micros !== undefined) return micros;
	throw reader.reject(
		`'${property.displayName}' is not a date and time`,
		`${TIME_EXAMPLES} It is now: ${shown(given)}`,
	);
}

/** What to enter as a date and time. */
export const TIME_EXAMPLES =
	"Enter a date and time such as 2026-01-31T08:00:00, or an expression such as {{ $now.minus(1, 'day') }}.";

/**
 * One text, without blanks around it. A number counts as text, for many IDs and phones are numbers. Of a resource locator it is what was chosen.
 *
 * @returns '' where the field is empty
 * @throws NodeOperationError for anything else
 */
export function readText(reader: ParameterReader, property: INodeProperties): string {
	const given = reader.get(property.name, property.default);
	const chosen = isObject(given) && '__rl' in given ? given.value : given;
	if (isNothing(chosen)) return '';
	if (typeof chosen === 'string') return chosen.trim();
	if (typeof chosen === 'number' && isExact(chosen)) return `${chosen}`;
	throw rejected(reader, property, chosen, 'Use text, or a number with at most 15 digits.');
}

/**
 * Several texts: a list, or one text with commas, also Chinese ones (，、), or line breaks. Numbers count as texts, for many IDs are numbers; blanks and empty ones are left out.
 *
 * @throws NodeOperationError for anything else, also inside the list
 */
export function readTexts(reader: ParameterReader, property: INodeProperties): string[] {
	const given = reader.get(property.name, property.default);
	if (isNothing(given)) return [];
	const parts: unknown[] = typeof given === 'string' ? given.split(/[,，、\n]/) : [given].flat();
	return parts
		.filter((part) => !isNothing(part))
		.map((part) => {
			if (typeof part === 'string') return part.trim();
			if (typeof part === 'number' && isExact(part)) return `${part}`;
			throw rejected(reader, property, given, 'Use a list of texts, or one text separated by commas.');
		});
}

/**
 * Several of the values that a field offers, each once, in the order given.
 *
 * @param isKnown for a field that takes more values than it offers: whether a value is one of these
 * @throws NodeOperationError where there is none, and for a value that the field does not take
 */
export function readChoices(
	reader: ParameterReader,
	property: INodeProperties,
	isKnown: (name: string) => boolean = () => false,
): string[] {
	const names = (property.options ?? []).map((option) => ('value' in option ? `${option.value}` : ''));
	const given = [...new Set(readTexts(reader, property))];
	const unknown = given.find((name) => !names.includes(name) && !isKnown(name));
	if (unknown === undefined && given.length > 0) return given;
	throw rejected(reader, property, unknown, `Choose at least one of: ${names.join(', ')}.`);
}
