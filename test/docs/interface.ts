import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import { loadPackage } from '../engine/engine';
import { chooseLanguage } from '../simulator/page/browser/texts.mjs';

/** A node or credential as its user sees it. */
export interface Form {
	/** E.g. `Laigu Trigger`. */
	title: string;
	/** E.g. `laiguTrigger`. */
	name: string;
	kind: 'node' | 'credential';
	description: string;
	properties: INodeProperties[];
}

type Entry = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** Whether an entry of a parameter's options is a parameter itself, as in a collection. */
export const isParameter = (entry: Entry): entry is INodeProperties => 'type' in entry;

/** The nodes and credentials of the built package, nodes first. */
export async function forms(): Promise<Form[]> {
	const { nodeTypes, credentialTypes } = await loadPackage();
	const nodes = Object.values(nodeTypes).map(({ type }): Form => {
		const { displayName: title, name, description, properties } = type.description as INodeTypeDescription;
		return { title, name, kind: 'node', description, properties };
	});
	const credentials = Object.values(credentialTypes).map(({ type }): Form => {
		const { displayName: title, name, properties } = type;
		return { title, name, kind: 'credential', description: '', properties };
	});
	return [...nodes, ...credentials];
}

function namesIn(properties: Entry[], take: (entry: Entry) => string[]): string[] {
	return properties.flatMap((entry) => [
		...take(entry),
		...(isParameter(entry)
			? [...namesIn(entry.options ?? [], take), ...namesIn((entry.modes ?? []) as Entry[], take)]
			: []),
	]);
}

/** Everything that the interface shows: names of nodes, credentials, parameters, options and operations. */
export async function shownNames(): Promise<Set<string>> {
	const all = await forms();
	const take = (entry: Entry) => [...('displayName' in entry ? [entry.displayName] : [entry.name])];
	return new Set([
		...all.map(({ title }) => title),
		...namesIn(
			all.flatMap(({ properties }) => properties),
			take,
		),
	]);
}

/** Everything under which workflows save it: names of nodes, credentials and parameters, and values of options. */
export async function savedNames(): Promise<Set<string>> {
	const all = await forms();
	const take = (entry: Entry) => ('value' in entry ? [`${entry.value as string}`] : [entry.name]);
	return new Set([
		...all.map(({ name }) => name),
		...namesIn(
			all.flatMap(({ properties }) => properties),
			take,
		),
	]);
}

/** Everything that the simulator's page shows, in both languages; a text with something to fill in as the documents' own server fills it in. */
export function pageTexts(): string[] {
	const textsIn = (part: object): string[] =>
		Object.values(part).flatMap((value: unknown) => {
			if (typeof value === 'string') return [value];
			return typeof value === 'function' ? [(value as (name: string) => string)('Leads')] : textsIn(value as object);
		});
	return ['en', 'zh'].flatMap((language) => textsIn(chooseLanguage([language]).texts));
}
