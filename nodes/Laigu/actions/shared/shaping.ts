import { shaperFor } from '../../records/shape';
import type { Shaper, ShapeSettings } from '../../records/shape';
import type { RecordTable } from '../../records/tables';

/** How the records of an input item become items, and what is to be told of it. */
export interface Shaping {
	shape: Shaper;
	/** To be asked once all records are shaped. */
	hints: () => string[];
}

/** Shapes records, and counts those of which part had to be left out. */
export function shapingFor(
	table: RecordTable,
	settings: Partial<ShapeSettings> & Pick<ShapeSettings, 'output'>,
): Shaping {
	let cut = 0;
	return {
		shape: shaperFor(table, { ...settings, onUnreadable: () => cut++ }),
		hints: () => (cut === 0 ? [] : [`Records nested so deeply that their innermost values were left out: ${cut}.`]),
	};
}
