import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { conversationTable, customerTable, wholeReportTable } from '../../nodes/Laigu/records/tables';
import { fieldList, glossaryTable, withTables } from '../fieldTables';
import { ROOT } from './pages';

/** `LAIGU_UPDATE_DOCS=1 npm test -- test/docs/fields` writes the tables again. */
const isUpdating = process.env.LAIGU_UPDATE_DOCS === '1';

const TABLES = {
	customer: customerTable,
	conversation: conversationTable,
	service: wholeReportTable('getAgentService'),
	online: wholeReportTable('getAgentOnlineStats'),
};

const formatted = (file: string, text: string) =>
	execFileSync(process.execPath, ['node_modules/prettier/bin/prettier.cjs', '--stdin-filepath', file], {
		cwd: ROOT,
		input: text,
		encoding: 'utf8',
	});

test.each([
	['docs/glossary.md', glossaryTable],
	['docs/outputs.md', fieldList],
])('%s lists the fields as the tables have them', (file, listOf) => {
	const before = readFileSync(path.join(ROOT, file), 'utf8');
	const lists = Object.fromEntries(Object.entries(TABLES).map(([name, table]) => [name, listOf(table)]));
	const page = formatted(file, withTables(before, lists));
	if (isUpdating) writeFileSync(path.join(ROOT, file), page);
	expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(page);
	for (const name of ['customer', 'conversation']) expect(page).toContain(`<!-- fields: ${name} -->`);
});
