import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { find, findFields } from '../shared/find';

export const fields: INodeProperties[] = findFields('customer');

/** Customers who fit a phone number, WeChat, QQ, track ID or name, newest first. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	return await find('customer', context, run, itemIndex);
}
