import { isAboutTime } from '../http/faults';
import type { Fault } from '../http/faults';

const GOES_ON = 'Nothing is lost: the next poll continues where this one ended.';

function hintFor(fault: Fault): string {
	if (fault.isRateLimit) return `${GOES_ON} If this happens repeatedly, poll less often.`;
	if (isAboutTime(fault)) return "Check 'Time Format' in the options.";
	if (fault.isTooMuch) return `${GOES_ON} If this happens repeatedly, tell Laigu.`;
	return fault.isTemporary ? `${fault.hint} ${GOES_ON}` : fault.hint;
}

/**
 * A fault in the words of a trigger: the action node's way out names fields that a trigger does not have.
 *
 * @param fault as the HTTP client gives it; it is not changed
 */
export const pollFault = (fault: Fault): Fault => ({ ...fault, hint: hintFor(fault) });
