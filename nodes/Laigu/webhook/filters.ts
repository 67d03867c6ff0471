import type { IDataObject } from 'n8n-workflow';

/** Which of the subscribed events start the workflow. */
export interface Filters {
	/** Channels such as `redbook`, in lower case; none for all. */
	sources: string[];
	onlyWithContact: boolean;
}

/** Whether there is anything to filter by. */
export function isFiltering({ sources, onlyWithContact }: Filters): boolean {
	return sources.length > 0 || onlyWithContact;
}

/**
 * Whether an event passes the filters. An event that does not say its channel passes no filter on channels; one that has neither phone, WeChat
 * nor QQ passes no filter on contacts.
 *
 * @param data the event's record in simplified form
 * @param filters what the user chose
 */
export function passes(data: IDataObject, { sources, onlyWithContact }: Filters): boolean {
	const { channel = '', phone, wechat, qq } = data as { channel?: string } & IDataObject;
	if (sources.length > 0 && !sources.includes(channel.toLowerCase())) return false;
	return !onlyWithContact || [phone, wechat, qq].some((contact) => contact !== undefined);
}
