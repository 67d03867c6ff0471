import fc from 'fast-check';
import { getCountries, getExampleNumber, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { CountryCode } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

import { cleanPhone } from '../../../nodes/Laigu/records/phone';

/** What libphonenumber reads in a text; undefined where it reads no number that can be. */
function read(text: string, country: CountryCode): string | undefined {
	const number = parsePhoneNumberFromString(text, country);
	return number?.isPossible() ? number.number : undefined;
}

const SEPARATORS = ['', ' ', '-', '.', '\u3000', '－', '．', '\u00a0', '\u2011', '\u200b', '\u202c', '\u00ad', '  '];
const separator = fc.constantFrom(...SEPARATORS);

/** Digits in groups, with anything that people write between them. */
const grouped = (groups: string[], wide: boolean) =>
	fc.array(separator, { minLength: groups.length, maxLength: groups.length }).map((between) =>
		groups
			.map((group, index) => (index === 0 ? group : `${between[index]}${group}`))
			.join('')
			.replace(/\d/g, (digit) => (wide ? String.fromCharCode(digit.charCodeAt(0) + 0xfee0) : digit)),
	);

const MOBILE = fc.stringMatching(/^1(?:3\d|4[579]|5[0-35-9]|66|7[135-8]|8\d|9[189])\d{8}$/);
const AREA_CODES = ['010', '021', '022', '020', '0755', '0571', '0592', '0991', '025'];

describe('however a number is written, libphonenumber reads the same one before and after', () => {
	const expectSame = (written: string, country: CountryCode) => {
		// it stops at some marks that nobody sees
		const before = read(written.replace(/\p{Cf}/gu, ''), country);
		const after = read(cleanPhone(written), country);
		expect([written, after]).toEqual([written, before]);
	};

	test('mobile numbers of the mainland, which come out plain', () => {
		const prefix = fc.constantFrom('', '+86', '+86 ', '＋86', '(+86)', '（+86）', '+86-', '\u202d+86');
		fc.assert(
			fc.property(
				MOBILE.chain((number) =>
					fc.tuple(
						fc.constant(number),
						fc.boolean().chain((wide) => grouped([number.slice(0, 3), number.slice(3, 7), number.slice(7)], wide)),
					),
				),
				prefix,
				([number, written], before) => {
					expect(cleanPhone(before + written)).toBe(number);
					expect(read(number, 'CN')).toBe(`+86${number}`);
					expectSame(before + written, 'CN');
				},
			),
		);
	});

	test('landline numbers of the mainland', () => {
		const landline = fc
			.tuple(fc.constantFrom(...AREA_CODES), fc.stringMatching(/^[2-8]\d{7}$/))
			.chain(([area, number]) => grouped([area, number.slice(0, 4), number.slice(4)], false));
		const style = fc.constantFrom(
			(text: string) => text,
			(text: string) => `+86 ${text}`,
			(text: string) => `(${text.slice(0, 3)})${text.slice(3)}`,
		);
		fc.assert(
			fc.property(landline, style, (written, styled) => {
				expectSame(styled(written), 'CN');
			}),
		);
	});

	test('numbers of Hong Kong', () => {
		fc.assert(
			fc.property(
				fc.stringMatching(/^[2359]\d{7}$/).chain((number) => grouped([number.slice(0, 4), number.slice(4)], false)),
				fc.constantFrom('', '+852 ', '+852-', '＋852', '(+852) ', '00852 '),
				(written, prefix) => {
					expectSame(prefix + written, 'HK');
				},
			),
		);
	});

	test('mobile numbers of every country', () => {
		const countries = getCountries().filter((country) => isSupportedCountry(country));
		let compared = 0;
		for (const country of countries) {
			const number = getExampleNumber(country, examples);
			if (!number) continue;
			for (const written of [
				number.number,
				number.formatInternational(),
				number.formatNational(),
				number.format('IDD', { fromCountry: country }),
			]) {
				expectSame(written, country);
				compared++;
			}
		}
		expect(compared).toBeGreaterThan(800);
	});
});

test('no number is made of two', () => {
	fc.assert(
		fc.property(
			MOBILE,
			MOBILE,
			fc.constantFrom(' ', '/', '，', ',', '、', ';', '\n', ' 或 ', '  '),
			(one, other, between) => {
				const cleaned = cleanPhone(`${one.slice(0, 3)}${one.slice(3)}${between}${other}`);
				const numbers = cleaned.split(/[^\d+]+/);
				expect(numbers).toEqual([one, other]);
			},
		),
	);
});

test.each(['010-62345678-801', '010-62345678转801', '0571-88880000 ext. 12'])(
	'an extension stays apart: %s',
	(written) => {
		const digits = cleanPhone(written)
			.split(/[^\d+]+/)
			.filter(Boolean);
		expect(digits.join('')).toBe(written.replace(/\D/g, ''));
		expect(digits.length).toBeGreaterThan(1);
	},
);
