import { updateDisplayOptions } from 'n8n-workflow';
import type { INodeProperties } from 'n8n-workflow';

/** Which resource and operation a group of fields belongs to. */
export interface ShowFor {
	resource: string[];
	operation: string[];
	[parameter: string]: string[];
}

/** Shows fields for one operation only; what they say about other parameters stays. */
export function showFor(show: ShowFor, fields: INodeProperties[]): INodeProperties[] {
	return updateDisplayOptions({ show }, fields);
}
