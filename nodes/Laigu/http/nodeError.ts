import { NodeApiError } from 'n8n-workflow';
import type { IDataObject, INode, JsonObject } from 'n8n-workflow';

import { descriptionOf } from './faults';
import type { Fault } from './faults';

/**
 * The error that a node throws for a fault: message with the item it happened in, description with the way out, errno and errmsg in its
 * context, and n8n's failure cause where the answer proves it.
 *
 * @param node the node
 * @param itemIndex the input item, or undefined outside a run (list search)
 */
export function toNodeError(node: INode, fault: Fault, itemIndex?: number): NodeApiError {
	const { errno, errmsg, cause, retryAfterMs } = fault;
	const options = {
		message: itemIndex === undefined ? fault.message : `${fault.message} [Item ${itemIndex}]`,
		description: descriptionOf(fault),
		httpCode: fault.httpCode,
		itemIndex,
		...(cause && {
			failure: cause === 'rate-limited' || cause === 'temporarily-unavailable' ? { cause, retryAfterMs } : { cause },
		}),
	};
	const detail: IDataObject = { errno, errmsg };
	const error = new NodeApiError(node, errno === 0 ? {} : (detail as JsonObject), options);
	if (errno !== 0) error.context.data = detail;
	return error;
}
