import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(__dirname, '../..');

interface Packed {
	filename: string;
	size: number;
	files: Array<{ path: string; size: number }>;
}

/** What `npm pack` makes of the built checkout. */
export interface Tarball extends Packed {
	/** The path of the .tgz file. */
	file: string;
}

/** Packs the built checkout as npm would publish it, into a temporary folder. */
export function pack(): Tarball {
	const folder = mkdtempSync(path.join(tmpdir(), 'laigu-pack-'));
	const output = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [packed] = JSON.parse(output) as [Packed];
	return { ...packed, file: path.join(folder, packed.filename) };
}
