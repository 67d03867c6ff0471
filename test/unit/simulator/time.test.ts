import { DateTime } from 'luxon';
import { readAskedTime } from '../../simulator/asked';
import { TIME_FORMS, type TimeForm } from '../../simulator/switches';
import { beijingDayStart, formatBeijing, formatUtc, parseBeijing, parseUtc } from '../../simulator/time';

/** luxon is the independent oracle: the simulator's own times are written on Date alone. */
const instants = [
	'2026-02-28T15:59:59Z',
	'2026-02-28T16:00:00Z',
	'2024-02-29T12:00:00Z',
	'2025-12-31T16:00:00Z',
	'1999-06-01T00:00:00Z',
];

describe('times of the simulator', () => {
	test.each(instants)('%s is read and written as luxon does', (iso) => {
		const instant = DateTime.fromISO(iso, { zone: 'UTC+8' });
		const micros = instant.toMillis() * 1000 + 123_456;
		const text = `${instant.toFormat('yyyy-MM-dd HH:mm:ss')}.123456`;
		expect(formatBeijing(micros)).toBe(text);
		expect(parseBeijing(text)).toBe(micros);
		expect(formatBeijing(micros, 0)).toBe(text.slice(0, 19));
		expect(formatUtc(micros, 9)).toBe(`${instant.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss")}.123456000Z`);
		expect(parseUtc(formatUtc(micros, 6))).toBe(micros);
		expect(beijingDayStart(micros)).toBe(instant.startOf('day').toMillis() * 1000);
	});

	test.each([
		['2025-07-29T05:40:58.46Z', 460_000],
		['2025-07-29T05:40:58Z', 0],
		['2025-07-29T05:40:58.1234567891Z', 123_456],
	])('the fraction of %s is cut to microseconds', (text, fraction) => {
		expect(parseUtc(text)).toBe(DateTime.fromISO('2025-07-29T05:40:58Z').toMillis() * 1000 + fraction);
	});

	test.each([
		'2026-02-30 00:00:00',
		'2026-13-01 00:00:00',
		'2026-01-01 25:00:00',
		'2026-01-01',
		'2026-01-01T00:00:00',
		'',
		'now',
	])('%p is no Beijing time', (text) => {
		expect(parseBeijing(text)).toBeUndefined();
	});

	const at = 1_773_000_000;
	const forms: Array<[TimeForm, string, number]> = [
		['string', formatBeijing(at * 1e6, 0), at * 1e6],
		['stringMicroseconds', formatBeijing(at * 1e6 + 7), at * 1e6 + 7],
		['epochSeconds', String(at), at * 1e6],
		['epochMicroseconds', String(at * 1e6 + 7), at * 1e6 + 7],
	];

	test.each(forms)('form %s is read when accepted, and only then', (form, text, micros) => {
		expect(readAskedTime(text, [form])).toBe(micros);
		expect(readAskedTime(text, TIME_FORMS)).toBe(micros);
		expect(
			readAskedTime(
				text,
				TIME_FORMS.filter((other) => other !== form),
			),
		).toBeUndefined();
	});

	test('milliseconds are no form', () => {
		expect(readAskedTime(String(at * 1000), TIME_FORMS)).toBeUndefined();
		expect(readAskedTime('2026-01-01 00:00:00.123', TIME_FORMS)).toBeUndefined();
	});
});
