import fc from 'fast-check';

import { transcriptOf } from '../../../nodes/Laigu/records/conversation';

const conversation = (contents: string[]) => ({
	conv_content: contents.map((content) => ({ from: 'client', content })),
});
const cut = (contents: string[], most: number) => transcriptOf(conversation(contents), most).transcript as string;

test('a transcript that fits stays whole', () => {
	expect(cut(['a', 'b'], 0)).toBe('Customer: a\nCustomer: b');
	expect(cut(['a', 'b'], 23)).toBe('Customer: a\nCustomer: b');
	expect(cut([], 5)).toBe('');
});

test('of a longer one the last messages stay, and how many there were before', () => {
	expect(cut(['a', 'b'], 22)).toBe('[1 earlier messages left out]\nCustomer: b');
	expect(cut(['a', 'b', 'c'], 11)).toBe('[2 earlier messages left out]\nCustomer: c');
});

test('a message longer than all that is allowed is cut at its end', () => {
	expect(cut(['a', 'too long'], 13)).toBe('[1 earlier messages left out]\nCustomer: too');
});

test('whatever the messages, no more than allowed stays, and no line in the middle is missing', () => {
	fc.assert(
		fc.property(
			fc.array(fc.string({ maxLength: 30 }), { maxLength: 20 }),
			fc.integer({ min: 1, max: 300 }),
			(contents, most) => {
				const whole = cut(contents, 0);
				const text = cut(contents, most);
				if (whole.length <= most) expect(text).toBe(whole);
				else {
					const [note, ...kept] = text.split('\n');
					expect(note).toBe(`[${contents.length - kept.length} earlier messages left out]`);
					expect(kept.join('\n').length).toBeLessThanOrEqual(most);
					expect(whole.split('\n').at(-kept.length)?.startsWith(kept[0])).toBe(true);
					if (kept.length > 1) expect(whole.endsWith(kept.join('\n'))).toBe(true);
				}
			},
		),
	);
});
