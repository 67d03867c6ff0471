import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { readReport, reportFields } from './report';

export const fields: INodeProperties[] = reportFields('getAgentOnlineStats');

/** How long each agent was online, invisible and offline within a range of time, in seconds. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	return await readReport('getAgentOnlineStats', context, run, itemIndex);
}
