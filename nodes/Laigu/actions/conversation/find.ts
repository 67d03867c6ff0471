import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Run } from '../../http/client';
import { find, findFields } from '../shared/find';

export const fields: INodeProperties[] = findFields('conversation');

/** Conversations with the customer whom a phone number, WeChat, QQ or name fits, newest first. */
export async function execute(context: IExecuteFunctions, run: Run, itemIndex: number): Promise<IDataObject[]> {
	return await find('conversation', context, run, itemIndex);
}
