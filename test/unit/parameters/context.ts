import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { NODE } from '../helpers';

/** What the readers of parameters ask of n8n, over plain values. */
export function contextWith(parameters: Record<string, unknown>, timezone = 'Asia/Shanghai'): IExecuteFunctions {
	const context = {
		getNode: () => NODE,
		getTimezone: () => timezone,
		getNodeParameter: (name: string, _itemIndex: number, fallback?: unknown) =>
			name in parameters ? parameters[name] : fallback,
	};
	return context as unknown as IExecuteFunctions;
}

/** What reading a bad value throws. */
export function thrownBy(read: () => unknown): { message: string; description: string; context: IDataObject } {
	try {
		read();
	} catch (error) {
		return error as { message: string; description: string; context: IDataObject };
	}
	throw new Error('nothing was thrown');
}
