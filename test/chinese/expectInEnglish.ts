import { inEnglish } from './english';

// The engine's tests are written in the words of the English package. With LAIGU_PACKAGE=zh they run on the Chinese one, and what it says is
// looked up in the dictionary before it is compared: a text that is in no dictionary stays Chinese, and its test fails.

/** The same value with every text in English; itself where it has none in Chinese. */
function translated(value: unknown, seen = new Map<unknown, unknown>()): unknown {
	if (typeof value === 'string') return inEnglish(value);
	if (typeof value !== 'object' || value === null) return value;
	if (seen.has(value)) return seen.get(value);
	seen.set(value, value);
	if (value instanceof Promise) {
		return value.then(
			(result) => translated(result),
			(error: unknown) => {
				throw translated(error) as Error;
			},
		);
	}
	if (value instanceof Error) {
		const { message, ...own } = value as Error & Record<string, unknown>;
		const changed = Object.entries({ message, ...own }).filter(([, text]) => typeof text === 'string');
		for (const [name, text] of changed) (value as unknown as Record<string, string>)[name] = inEnglish(text as string);
		return value;
	}
	const prototype: unknown = Object.getPrototypeOf(value);
	if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) return value;
	const entries = Object.entries(value);
	const fresh = entries.map(([name, text]) => [name, translated(text, seen)] as const);
	if (fresh.every(([, text], index) => Object.is(text, entries[index][1]))) return value;
	return Array.isArray(value)
		? Object.assign([...(value as unknown[])], Object.fromEntries(fresh))
		: Object.fromEntries(fresh);
}

/** Matchers that look up what they are given as well: a test may ask the package itself for the text that it expects. */
const looking = (matchers: object): unknown =>
	new Proxy(matchers, {
		get(target, name) {
			const member = Reflect.get(target, name) as unknown;
			if (typeof member === 'function')
				return (...given: unknown[]) =>
					(member as (...args: unknown[]) => unknown)(...given.map((each) => translated(each)));
			return typeof member === 'object' && member !== null ? looking(member) : member;
		},
	});

const { expect: original } = globalThis as unknown as { expect: (value: unknown) => object };

function chinese(value: unknown): unknown {
	if (typeof value !== 'function') return looking(original(translated(value)));
	const call = value as () => unknown;
	const lookedUp = () => {
		try {
			return translated(call());
		} catch (error) {
			throw translated(error) as Error;
		}
	};
	return looking(original(lookedUp));
}
(globalThis as unknown as { expect: unknown }).expect = Object.assign(chinese, original);
