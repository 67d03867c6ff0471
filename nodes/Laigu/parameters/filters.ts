import type { INodeProperties } from 'n8n-workflow';

import type { Filters } from '../records/filter';
import { collectionReader, readBoolean, readTexts } from './reader';
import type { ParameterReader } from './reader';

const names = (displayName: string, name: string, placeholder: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder,
	description: `${description}, separated by commas, by name or ID. Not case-sensitive.`,
});

const agents = names('Agents', 'agents', 'e.g. Lin, Chen', 'Agents to keep');

const channels = names(
	'Channels',
	'channels',
	'e.g. redbook, douyin',
	'Channels to keep, such as redbook (Xiaohongshu) and douyin',
);

const groups = names('Groups', 'groups', 'e.g. Sales', 'Groups of agents to keep');

const tags = names('Tags', 'tags', 'e.g. VIP', 'Tags of which a record must have at least one');

const onlyMissed: INodeProperties = {
	displayName: 'Only Missed',
	name: 'onlyMissed',
	type: 'boolean',
	default: false,
	description: 'Whether to keep only conversations that no agent answered',
};

const onlyOpenLeads: INodeProperties = {
	displayName: 'Only Open Leads',
	name: 'onlyOpenLeads',
	type: 'boolean',
	default: false,
	description:
		"Whether to keep only conversations in which the customer wrote a phone, a WeChat or a QQ that nobody has entered in Laigu's fields yet",
};

const onlyWithContact: INodeProperties = {
	displayName: 'Only With Contact',
	name: 'onlyWithContact',
	type: 'boolean',
	default: false,
	description: "Whether to keep only records with a phone, a WeChat or a QQ in Laigu's own fields",
};

const OF_EVERY_KIND = [agents, channels, groups, onlyWithContact, tags];
const OF_CONVERSATIONS = [agents, channels, groups, onlyMissed, onlyOpenLeads, onlyWithContact, tags];

const collection: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which of the records to keep. A record must pass all filters.',
};

/**
 * The collection of filters.
 *
 * @param kind what is filtered; events of the Laigu Trigger can be of either kind
 */
export function filters(kind: 'conversation' | 'customer'): INodeProperties {
	return { ...collection, options: kind === 'conversation' ? OF_CONVERSATIONS : OF_EVERY_KIND };
}

/**
 * The filters that the user chose.
 *
 * @throws NodeOperationError for a value that cannot work
 */
export function readFilters(reader: ParameterReader): Filters {
	const inside = collectionReader(reader, collection);
	return {
		agents: readTexts(inside, agents),
		channels: readTexts(inside, channels),
		groups: readTexts(inside, groups),
		tags: readTexts(inside, tags),
		onlyMissed: readBoolean(inside, onlyMissed),
		onlyOpenLeads: readBoolean(inside, onlyOpenLeads),
		onlyWithContact: readBoolean(inside, onlyWithContact),
	};
}
