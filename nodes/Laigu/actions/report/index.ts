import type { ChoiceProperty } from '../../parameters/reader';
import * as getAgentOnlineStats from './getAgentOnlineStats';
import * as getAgentService from './getAgentService';

/** The operations of the resource, by the value under which workflows save them. */
export const operations = { getAgentOnlineStats, getAgentService };

/** The choice among them. */
export const operation: ChoiceProperty<keyof typeof operations> = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	displayOptions: { show: { resource: ['report'] } },
	options: [
		{
			name: 'Get Agent Online Times',
			value: 'getAgentOnlineStats',
			action: 'Get agent online times',
			description: 'Get how long each agent was online, invisible and offline within a range of time, in seconds',
		},
		{
			name: 'Get Agent Service',
			value: 'getAgentService',
			action: 'Get agent service figures',
			description: 'Get what each agent did in a time range: conversations, response times, ratings and leads',
		},
	],
	default: 'getAgentService',
};
