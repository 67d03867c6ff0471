/** Laigu's names of the channels as the examples write them. */
export const CHANNELS = { redbook: '小红书', douyin: '抖音' };

/** What the group may read of a phone, a WeChat or a QQ. @param {string} contact @returns {string} */
export function masked(contact) {
	const [head, tail] = /^\+?\d{11,}$/.test(contact)
		? [3, 4]
		: contact.length >= 8
			? [2, 2]
			: contact.length >= 5
				? [1, 1]
				: [0, 0];
	const hidden = contact.length - head - tail;
	return `${contact.slice(0, head)}${'*'.repeat(hidden)}${contact.slice(head + hidden)}`;
}

/** A message: its head, and a line for each value that there is. @param {string} head @param {Array<[string, unknown]>} lines @returns {string} */
export const labelled = (head, lines) =>
	[head, ...lines.filter(([, value]) => `${value ?? ''}` !== '').map((line) => line.join('：'))].join('\n');
