/** Taken out once: inside jest every look-up of a global costs more than the arithmetic. */
const { floor, imul } = Math;

/** Gives 0 <= n < 1. */
export type Random = () => number;

/** Mixes the parts into 32 bits (FNV-1a over their text, then an avalanche), so that neighbouring seeds give unlike streams. */
function mix(parts: ReadonlyArray<number | string>): number {
	let hash = 0x811c9dc5;
	for (const part of parts) {
		const text = `${part};`;
		for (let i = 0; i < text.length; i++) hash = imul(hash ^ text.charCodeAt(i), 0x01000193);
	}
	hash = imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}

/** A stream of numbers that is the same for the same parts: a Weyl sequence with an avalanche on each step. */
export function randomFrom(...parts: ReadonlyArray<number | string>): Random {
	let state = mix(parts);
	return () => {
		state = (state + 0x9e3779b9) >>> 0;
		let value = imul(state ^ (state >>> 16), 0x21f0aaad);
		value = imul(value ^ (value >>> 15), 0x735a2d97);
		return ((value ^ (value >>> 15)) >>> 0) / 4_294_967_296;
	};
}

/** A whole number, both ends included. */
export function whole(random: Random, least: number, most: number): number {
	return least + floor(random() * (most - least + 1));
}

/** One of the list. */
export function pick<T>(random: Random, list: readonly T[]): T {
	return list[floor(random() * list.length)];
}

/** True in the given share of cases, 0 to 1. */
export function chance(random: Random, share: number): boolean {
	return random() < share;
}

/** So many characters of the alphabet. */
export function text(random: Random, alphabet: string, length: number): string {
	const characters: string[] = [];
	for (let i = 0; i < length; i++) characters.push(alphabet[floor(random() * alphabet.length)]);
	return characters.join('');
}
