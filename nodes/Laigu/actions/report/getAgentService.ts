import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { readReport, reportFields } from './report';

export const fields: INodeProperties[] = reportFields('getAgentService');

/** What each agent did within a range of time: conversations, response times, ratings and leads. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	return await readReport('getAgentService', context, run, itemIndex);
}
