/**
 * Decodes n8n's execution data: JSON in which every object, array and string stands once in a list and is referred to by its
 * index there (the `flatted` format).
 *
 * @param {string} text
 * @returns {unknown}
 * @throws {SyntaxError} for anything but JSON
 */
export function decodeFlatted(text) {
	// strings are boxed, so that an index (in an object) can be told from a string (in the list)
	const list = JSON.parse(text, (_key, value) => (typeof value === 'string' ? new String(value) : value));
	const decoded = new Map();
	const at = (index) => {
		if (decoded.has(index)) return decoded.get(index);
		const value = list[index];
		if (value instanceof String || value === null || typeof value !== 'object') {
			const plain = value instanceof String ? value.toString() : value;
			decoded.set(index, plain);
			return plain;
		}
		const copy = Array.isArray(value) ? [] : {};
		decoded.set(index, copy);
		for (const [key, entry] of Object.entries(value)) copy[key] = entry instanceof String ? at(Number(entry)) : entry;
		return copy;
	};
	return at(0);
}
