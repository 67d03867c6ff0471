import { hasContact } from '../simulator';
import type { LaiguClient, LaiguConversation, Simulator } from '../simulator';
import { beijingDayStart, DAY, parseBeijing, parseUtc } from '../simulator/time';
import type { Micros } from '../simulator/time';

/** What a person who looks at the server's own data knows, without the API and the package. Times in microseconds. */
export interface Facts {
	/** Midnight in Beijing. */
	today: Micros;
	/** Customers who became one in from ≤ t < to. */
	leads(from: Micros, to?: Micros): LaiguClient[];
	/** Conversations that ended in from ≤ t < to. */
	ended(from: Micros, to?: Micros): LaiguConversation[];
	/** One who left a phone number that nobody else has, in a conversation that is over. */
	customer: LaiguClient;
	/** The customer's phone number, digits only. */
	phone: string;
	/** The last ended conversation in which that number is known. */
	lastConversation: LaiguConversation;
}

/** Digits of a phone number, half width, without the country's code. */
const digits = (text = '') =>
	text
		.normalize('NFKC')
		.replace(/\D/g, '')
		.replace(/^86(?=1\d{10}$)/, '');

/** The facts of a server whose data ends now. */
export function factsOf({ store }: Pick<Simulator, 'store'>): Facts {
	const today = beijingDayStart(Date.now() * 1000);
	const leads = (from: Micros, to = Infinity) =>
		store.clients.filter((client) => {
			const at = parseUtc(client.created_on) ?? Number.NaN;
			return hasContact(client) && at >= from && at < to;
		});
	const endOf = ({ conv_end_tm: end }: LaiguConversation) => parseBeijing(end ?? '') ?? Number.NaN;
	const ended = (from: Micros, to = Infinity) =>
		store.conversations.filter((one) => endOf(one) >= from && endOf(one) < to);
	const of = (phone: string) =>
		ended(0)
			.filter((one) => digits(one.client_info?.tel) === phone)
			.sort((one, other) => endOf(other) - endOf(one));

	const known = leads(today - 6 * DAY, today - DAY).filter(({ tel }) => tel);
	const isAlone = (phone: string) => leads(0).filter(({ tel }) => digits(tel) === phone).length === 1;
	const customer = known.find(({ tel }) => isAlone(digits(tel)) && of(digits(tel)).length > 0);
	if (!customer) throw new Error('nobody left a phone number');
	const phone = digits(customer.tel);
	return { today, leads, ended, customer, phone, lastConversation: of(phone)[0] };
}
