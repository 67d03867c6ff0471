import { ratesOf } from '../../../nodes/Laigu/records/rates';
import { deepFreeze } from '../helpers';

const service = {
	conversations: 8,
	effectiveConversations: 6,
	missedConversations: 2,
	delayedConversations: 1,
	conversationsWithLeads: 3,
	goodRatings: 2,
	mediumRatings: 0,
	badRatings: 1,
	firstResponseSeconds: 30,
};

test('rates are fractions with four digits', () => {
	expect(ratesOf(deepFreeze(service), 'average')).toEqual({
		effectiveRate: 0.75,
		missedRate: 0.25,
		delayedRate: 0.125,
		leadRate: 0.375,
		goodRatingRate: 0.6667,
		averageFirstResponseSeconds: 30,
	});
});

test('a total of first response times is divided by the conversations that got an answer', () => {
	expect(ratesOf({ ...service, firstResponseSeconds: 100 }, 'total').averageFirstResponseSeconds).toBe(16.7);
});

test('rates of the time online and offline are over all five states', () => {
	const online = { onlineSeconds: 6, invisibleSeconds: 1, pushOnSeconds: 1, pushOffSeconds: 0, offlineSeconds: 8 };
	expect(ratesOf(online, 'average')).toEqual({ onlineRate: 0.375, offlineRate: 0.5 });
	expect(ratesOf({ ...online, pushOffSeconds: undefined }, 'average')).toEqual({});
});

test('rates over nothing are left out, and 0 of something is 0', () => {
	const idle = Object.fromEntries(Object.keys(service).map((name) => [name, 0]));
	expect(ratesOf(idle, 'average')).toEqual({});
	expect(ratesOf(idle, 'total')).toEqual({});
	expect(ratesOf({}, 'average')).toEqual({});
	expect(ratesOf({ conversations: 3, missedConversations: 0 }, 'average')).toEqual({ missedRate: 0 });
	// all were missed: nobody waited for a first response that came
	expect(ratesOf({ conversations: 3, missedConversations: 3, firstResponseSeconds: 0 }, 'average')).toEqual({
		missedRate: 1,
	});
});

test('rates of figures that are no numbers are left out', () => {
	expect(ratesOf({ conversations: 'many', missedConversations: 1, effectiveConversations: null }, 'average')).toEqual(
		{},
	);
});
