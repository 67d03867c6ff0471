import type { RecordTable } from './field';

/** Our names of what records can be counted by. */
export const COUNTED = {
	channel: 'channel',
	account: 'account',
	advertiser: 'advertiser',
	agent: 'agentName',
	campaign: 'campaign',
	creative: 'creative',
	group: 'groupName',
	note: 'note',
} as const;

/** What records can be counted by. */
export type CountBy = keyof typeof COUNTED | 'day';

/**
 * What a kind of record can be counted by: the first is the default. Agents and their groups are known of conversations only, notes of customers.
 *
 * @param table the kind of record
 */
export function countChoices(table: RecordTable): CountBy[] {
	const has = (name: string) => table.fields.some((field) => field.name === name);
	const [first, ...others] = Object.entries(COUNTED)
		.filter(([, name]) => has(name))
		.map(([by]) => by as CountBy);
	return [first, ...[...others, 'day' as const].sort()];
}
