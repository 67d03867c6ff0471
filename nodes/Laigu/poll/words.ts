import { isAboutTime } from '../api/faults';
import type { Fault } from '../api/faults';

const GOES_ON = 'Nothing is lost: the next poll goes on where the last complete one ended.';

/**
 * A fault in the words of a trigger: the action node's way out names fields that a trigger does not have.
 *
 * @param fault as the API core gives it; it is not changed
 */
export function inPollWords(fault: Fault): Fault {
	const said = fault.said ?? '';
	if (fault.isRateLimit)
		return { ...fault, description: `${GOES_ON} If this comes again and again, poll less often. ${said}`.trim() };
	if (isAboutTime(fault)) return { ...fault, description: `Check 'Time Format' in the options. ${said}`.trim() };
	const description = fault.description.replace(/, with a shorter 'Time Range' if it stays/, '');
	return { ...fault, description: fault.isTemporary ? `${description} ${GOES_ON}` : description };
}
