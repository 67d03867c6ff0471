import { createHash, timingSafeEqual } from 'crypto';

/** Laigu's documents contradict each other on the header's name: any of these counts, in any case. */
export const SIGNATURE_HEADERS = ['meiqia-signature', 'laigu-signature', 'laigu-sign', 'meiqia-sign'];

/** What the headers of a request prove. */
export type SignatureState = 'valid' | 'missing' | 'wrong';

/** Headers as Node.js gives them; names in any case. */
export type Headers = Record<string, string | string[] | undefined>;

/**
 * Whether two texts are the same, in a time that does not tell where they differ.
 *
 * @param given what came from outside
 * @param expected what it has to be
 */
export function sameText(given: string, expected: string): boolean {
	const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
	return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Laigu's signature of a body: SHA-1 over the bytes and then the secret, plain and not HMAC, as 40 lower-case hexadecimal digits. (Laigu's
 * webhook document; e.g. `{"id":"sub_x_1","event":"client.updated"}` with `testsecret` gives `1e71ec052d369cd4090e4a4d0b4fbe170313ed91`.)
 *
 * @param raw the bytes that were sent, before any compression
 */
export function signatureOf(raw: Buffer, secret: string): string {
	return createHash('sha1').update(raw).update(secret, 'utf8').digest('hex');
}

/**
 * Checks a request's signature. Every signature header that is there has to fit: an empty one, or a second one that says something else, is
 * as wrong as a false one. Its letters may be in upper or lower case.
 *
 * @param headers the request's headers
 * @param raw the bytes that were sent; undefined where they are not known, and then nothing can be proved
 * @param secret the signing secret, not empty
 */
export function checkSignature(headers: Headers, raw: Buffer | undefined, secret: string): SignatureState {
	const given = Object.entries(headers)
		.filter(([name, value]) => value !== undefined && SIGNATURE_HEADERS.includes(name.toLowerCase()))
		.flatMap(([, value]) => value as string | string[]);
	if (given.length === 0) return 'missing';
	if (raw === undefined) return 'wrong';
	const expected = signatureOf(raw, secret);
	return given.filter((signature) => !sameText(signature.toLowerCase(), expected)).length === 0 ? 'valid' : 'wrong';
}
