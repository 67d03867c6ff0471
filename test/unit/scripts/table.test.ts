import stringWidth from 'string-width';
import { cutTo, filledColumns, formatTable } from '../../../scripts/lib/table.mjs';

const measure = (text: string) => stringWidth(text);
const table = (
	rows: Parameters<typeof formatTable>[0],
	options: { width?: number; columns?: string[]; maxRows?: number } = {},
) => formatTable(rows, { width: 60, measure, ...options });

describe('formatTable', () => {
	it('aligns columns whose characters are two columns wide', () => {
		const text = table([
			{ name: '王小姐', phone: '13800138000' },
			{ name: 'Li', phone: '13900139000' },
		]);
		expect(text).toBe(
			['name    phone', '──────  ───────────', '王小姐  13800138000', 'Li      13900139000'].join('\n'),
		);
	});

	it('keeps every line within the width', () => {
		const rows = Array.from({ length: 5 }, (_, index) => ({
			a: '线索'.repeat(index * 5),
			b: '👍'.repeat(20),
			c: 'x'.repeat(50),
			d: index,
		}));
		for (const width of [20, 33, 47, 80]) {
			for (const line of table(rows, { width }).split('\n')) expect(measure(line)).toBeLessThanOrEqual(width);
		}
	});

	it('leaves out columns that are empty in every row, and keeps the wanted order', () => {
		const rows = [
			{ id: '1', qq: '', name: 'A' },
			{ id: '2', name: 'B' },
		];
		expect(table(rows, { columns: ['name', 'qq', 'id', 'unheard'] }).split('\n')[0]).toBe('name  id');
	});

	it('writes line breaks and control characters as one space', () => {
		expect(table([{ note: 'first\r\nsecond\u0007third' }])).toContain('first second third');
	});

	it('counts what it does not show', () => {
		const rows = Array.from({ length: 7 }, (_, index) => ({ index }));
		expect(table(rows, { maxRows: 3 }).split('\n')).toEqual(['index', '─────', '0', '1', '2', '… and 4 more']);
	});

	it('is empty for no rows', () => {
		expect(table([])).toBe('');
	});
});

describe('cutTo', () => {
	it('never cuts a character in two', () => {
		expect(cutTo('来鼓来鼓', 5, measure)).toBe('来鼓…');
		expect(cutTo('来鼓来鼓', 4, measure)).toBe('来…');
		expect(cutTo('👩‍👩‍👧x', 3, measure)).toBe('👩‍👩‍👧x');
	});
});

describe('filledColumns', () => {
	it('gives them in the order of their first appearance', () => {
		expect(
			filledColumns([
				{ b: 1, a: '' },
				{ a: 2, c: null },
			]),
		).toEqual(['b', 'a']);
	});
});
