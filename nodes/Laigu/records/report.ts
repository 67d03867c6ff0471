import type { IDataObject } from 'n8n-workflow';

import { toIso } from '../api/time';
import type { Range } from '../api/time';
import { simpleFields } from './names';

/**
 * A report's row in simplified form: names in camelCase, counts and durations (seconds) as numbers, and the range that the row is about, which
 * Laigu's row does not tell.
 *
 * @param record the row as Laigu sent it; it is not changed
 * @param range the range that was asked for
 */
export function simplifyReportRow(record: IDataObject, range: Range): IDataObject {
	return { from: toIso(range.from), to: toIso(range.to), ...simpleFields(record) };
}

const IDENTITY = ['from', 'to', 'agentId', 'agentName', 'groupId', 'groupName', 'workNum'];

/** The columns that every row of the online time report has, in this order. */
export const ONLINE_STATS_COLUMNS = [
	...IDENTITY,
	'onlineOnduty',
	'onlineOffduty',
	'pnsOnduty',
	'pnsOffduty',
	'offline',
];

/** The columns that every row of the service report has, in this order. */
export const SERVICE_COLUMNS = [
	...IDENTITY,
	'convCnt',
	'effectiveConvCnt',
	'missedConvCnt',
	'delayedConvCnt',
	'msgCnt',
	'durationTime',
	'convFirstResponseWaitTime',
	'agentFirstResponseWaitTime',
	'avgResponseWaitTime',
	'goldConvCnt',
	'silverConvCnt',
	'bronzeConvCnt',
	'nogradeConvCnt',
	'goodConvCnt',
	'mediumConvCnt',
	'badConvCnt',
	'cluesCnt',
	'remarkCnt',
	'transferInCnt',
	'transferOutCnt',
	'clueConvCnt',
];
