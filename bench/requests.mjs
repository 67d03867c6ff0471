import { tsImport } from 'tsx/esm/api';
import { runMain } from '../scripts/lib/lifecycle.mjs';
import { toTable, writeReport } from './lib/report.mjs';

await runMain(async () => {
	const { cost, MONTHS } = await tsImport('../test/unit/shared/months.ts', import.meta.url);
	const rows = [];
	for (const { name, records } of MONTHS) {
		const { least, requests, rounds } = await cost(records());
		rows.push([name, least, requests, rounds]);
	}
	await writeReport('requests', toTable(['a month holds', 'least', 'requests', 'rounds of waiting'], rows));
});
