import { isAboutTime } from '../http/faults';
import type { Fault } from '../http/faults';

const GOES_ON = 'Nothing is lost: the next poll goes on where the last complete one ended.';

/**
 * A fault in the words of a trigger: the action node's way out names fields that a trigger does not have.
 *
 * @param fault as the API core gives it; it is not changed
 */
export function pollFault(fault: Fault): Fault {
	const answerText = fault.answerText ?? '';
	if (fault.isRateLimit)
		return { ...fault, description: `${GOES_ON} If this comes again and again, poll less often. ${answerText}`.trim() };
	if (isAboutTime(fault)) return { ...fault, description: `Check 'Time Format' in the options. ${answerText}`.trim() };
	const description = fault.description.replace(/, with a shorter 'Time Range' if it stays/, '');
	return { ...fault, description: fault.isTemporary ? `${description} ${GOES_ON}` : description };
}
