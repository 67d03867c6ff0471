import { simplifyConversation } from '../../../nodes/Laigu/records/conversation';
import { simplifyCustomer } from '../../../nodes/Laigu/records/customer';
import { FIELDS, ID_FIELD } from '../../../nodes/Laigu/records/fields';
import { CONVERSATION, CUSTOMER } from './samples';

test.each([
	['conversation', simplifyConversation(CONVERSATION)],
	['customer', simplifyCustomer(CUSTOMER)],
] as const)('every known field of a %s can be selected', (kind, simple) => {
	const known = Object.keys(simple).filter((name) => name !== 'fieldOfTomorrow');
	expect(FIELDS[kind]).toEqual(expect.arrayContaining(known));
	expect(FIELDS[kind]).toContain(ID_FIELD[kind]);
	expect(new Set(FIELDS[kind]).size).toBe(FIELDS[kind].length);
	expect(FIELDS[kind]).toEqual(
		[...FIELDS[kind]].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
	);
});
