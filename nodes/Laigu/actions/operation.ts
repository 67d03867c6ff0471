import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { openLaigu } from '../http/client';
import type { LaiguClient, Run } from '../http/client';
import { itemReader } from '../parameters/reader';
import type { ParameterReader } from '../parameters/reader';

/** One input item: what the user asks, and Laigu to ask. */
export interface InputItem {
	reader: ParameterReader;
	/**
	 * Opens Laigu, once the parameters are read: what cannot work is told before any request.
	 *
	 * @param maxRetries how often a request is sent again when Laigu is busy or the connection breaks
	 * @throws NodeOperationError when the credential has a flaw that needs no request to be seen
	 */
	open: (maxRetries: number) => Promise<LaiguClient>;
}

/** What an operation gives for one input item. */
export interface Result {
	items: IDataObject[];
	/** What the person who looks at the items should know. */
	hints: string[];
	/** The hint that there is more than the limit let through; n8n's editor has one of its own for some of these cases. */
	moreHint?: string;
}

/** One operation: its fields, and what it does for one input item. */
export interface Operation {
	fields: INodeProperties[];
	execute: (item: InputItem) => Promise<Result>;
}

/** One input item of an execution. */
export function inputItem(context: IExecuteFunctions, run: Run, itemIndex: number): InputItem {
	return {
		reader: itemReader(context, itemIndex),
		open: async (maxRetries) => await openLaigu(run, itemIndex, maxRetries),
	};
}
