import fc from 'fast-check';

import { SIGNATURE_HEADERS, checkSignature, sameText, signatureOf } from '../../../nodes/Laigu/webhook/signature';
import { decide } from './deliveries';

/** How many corrupted deliveries to try; the nightly run tries more. */
const MUTATIONS = Number(process.env.LAIGU_MUTATIONS ?? 5_000);

const SECRET = 'testsecret';
const BODY = Buffer.from('{"id":"sub_x_1","event":"client.updated"}');
const SIGNATURE = '1e71ec052d369cd4090e4a4d0b4fbe170313ed91';

const settings = { acceptsAutomation: true, credential: { signingSecret: SECRET, enterpriseToken: '' } };

test("the vector of Laigu's document", () => {
	expect(signatureOf(BODY, SECRET)).toBe(SIGNATURE);
	expect(decide({ headers: { 'meiqia-signature': SIGNATURE }, raw: BODY }, settings).status).toBe(200);
});

test.each(SIGNATURE_HEADERS)('%s in any case', (name) => {
	const anyCase = fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length });
	fc.assert(
		fc.property(anyCase, (upper) => {
			const spelled = [...name].map((letter, index) => (upper[index] ? letter.toUpperCase() : letter)).join('');
			return checkSignature({ [spelled]: SIGNATURE }, BODY, SECRET) === 'valid';
		}),
	);
});

test('states', () => {
	expect(checkSignature({}, BODY, SECRET)).toBe('missing');
	expect(checkSignature({ 'laigu-sign': undefined, authorization: SIGNATURE }, BODY, SECRET)).toBe('missing');
	expect(checkSignature({ 'laigu-sign': '' }, BODY, SECRET)).toBe('wrong');
	expect(checkSignature({ 'laigu-sign': SIGNATURE }, undefined, SECRET)).toBe('wrong');
	expect(checkSignature({ 'laigu-sign': [SIGNATURE, SIGNATURE] }, BODY, SECRET)).toBe('valid');
	expect(checkSignature({ 'laigu-sign': SIGNATURE.toUpperCase() }, BODY, SECRET)).toBe('valid');
	expect(checkSignature({ 'laigu-sign': `1E${SIGNATURE.slice(2)}` }, BODY, SECRET)).toBe('valid');
	expect(checkSignature({ 'laigu-sign': ` ${SIGNATURE}` }, BODY, SECRET)).toBe('wrong');
	expect(checkSignature({ 'laigu-sign': [SIGNATURE, ''] }, BODY, SECRET)).toBe('wrong');
	expect(checkSignature({ 'laigu-sign': [] }, BODY, SECRET)).toBe('missing');
	expect(checkSignature({ 'laigu-sign': SIGNATURE, 'Meiqia-Sign': '' }, BODY, SECRET)).toBe('wrong');
});

test('sameText compares texts of any length', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => sameText(a, b) === (a === b)),
	);
});

describe('spoiled deliveries', () => {
	/** One change of a text or of bytes: something put in, taken out or replaced. */
	const change = fc.record({
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		out: fc.integer({ min: 0, max: 3 }),
		into: fc.uint8Array({ maxLength: 3 }),
	});
	type Change = { at: number; out: number; into: Uint8Array };
	const applied = (bytes: Buffer, { at, out, into }: Change): Buffer => {
		const place = Math.min(bytes.length, Math.floor(at * (bytes.length + 1)));
		return Buffer.concat([bytes.subarray(0, place), into, bytes.subarray(place + out)]);
	};
	const refuses = (raw: Buffer, secret: string, signature: string): boolean => {
		const credential = { signingSecret: secret, enterpriseToken: '' };
		return decide({ headers: { 'meiqia-signature': signature }, raw }, { ...settings, credential }).status === 401;
	};

	test(`${MUTATIONS} changes of body, secret or signature: none is accepted`, () => {
		const spoiled = fc.record({
			what: fc.constantFrom('body', 'secret', 'signature'),
			changes: fc.array(change, { minLength: 1, maxLength: 4 }),
		});
		let tried = 0;
		fc.assert(
			fc.property(spoiled, ({ what, changes }) => {
				const whole = { body: BODY, secret: Buffer.from(SECRET), signature: Buffer.from(SIGNATURE) };
				const part = whole[what];
				const changed = changes.reduce(applied, part);
				// bytes that are no UTF-8 are one and the same character in a secret; the signature's letters may be in either case
				const meant = (bytes: Buffer) =>
					what === 'secret'
						? bytes.toString()
						: bytes.toString('latin1')[what === 'signature' ? 'toLowerCase' : 'toString']();
				fc.pre(meant(changed) !== meant(part));
				tried++;
				const now = { ...whole, [what]: changed };
				return refuses(now.body, now.secret.toString(), now.signature.toString('latin1'));
			}),
			{ numRuns: MUTATIONS, maxSkipsPerRun: 1_000 },
		);
		expect(tried).toBeGreaterThanOrEqual(MUTATIONS);
	});

	test('body and secret moved against each other: SHA-1 over both does not see it, so the body has to be an event by itself', () => {
		const [moved, secret] = [Buffer.concat([BODY, Buffer.from('test')]), 'secret'];
		expect(signatureOf(moved, secret)).toBe(SIGNATURE);
		const credential = { signingSecret: secret, enterpriseToken: '' };
		expect(decide({ headers: { 'laigu-sign': SIGNATURE }, raw: moved }, { ...settings, credential }).status).toBe(400);
	});
});
