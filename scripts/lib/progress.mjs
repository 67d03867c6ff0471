import { formatDuration } from './units.mjs';

const REPAINT_MS = 500;
const LINE_EVERY_MS = 15_000;

/**
 * Numbered steps on a terminal. On a TTY the running step is one line that is repainted in place; elsewhere (a pipe, CI)
 * a step is a line at its start, one every 15 seconds, and one at its end.
 *
 * @param {{ total: number, stream?: { write: (text: string) => boolean, isTTY?: boolean, columns?: number } }} options - `total`: how many steps there will be
 * @returns {{ step: <T>(title: string, work: (report: (detail: string) => void) => Promise<T>) => Promise<T>, note: (text: string) => void }}
 *   `step` runs `work`, whose `report` names what is being done at the moment, and throws what `work` throws;
 *   `note` prints a line of its own, also while a step is running
 */
export function createProgress({ total, stream = process.stdout }) {
	let number = 0;
	let running;

	const write = (text) => stream.write(text);
	const erase = () => stream.isTTY && running && write('\r\x1b[K');

	function paint() {
		const line = `${running.label} … ${formatDuration(Date.now() - running.since)}${running.detail ? `, ${running.detail}` : ''}`;
		write(`\r\x1b[K${cut(line, (stream.columns ?? 80) - 1)}`);
	}

	function tick() {
		if (stream.isTTY) return paint();
		if (Date.now() - running.printed < LINE_EVERY_MS) return;
		running.printed = Date.now();
		write(`      … ${formatDuration(Date.now() - running.since)}${running.detail ? `, ${running.detail}` : ''}\n`);
	}

	async function step(title, work) {
		number += 1;
		const since = Date.now();
		running = { label: `[${number}/${total}] ${title}`, since, printed: since, detail: '' };
		if (stream.isTTY) paint();
		else write(`${running.label}\n`);
		const timer = setInterval(tick, REPAINT_MS);
		try {
			const result = await work((detail) => {
				if (running) running.detail = detail;
			});
			finish(timer, 'done');
			return result;
		} catch (error) {
			finish(timer, 'stopped');
			throw error;
		}
	}

	function finish(timer, outcome) {
		clearInterval(timer);
		erase();
		const took = formatDuration(Date.now() - running.since);
		write(stream.isTTY ? `${running.label}: ${outcome}, ${took}\n` : `      ${outcome}, ${took}\n`);
		running = undefined;
	}

	function note(text) {
		erase();
		write(`      ${text}\n`);
	}

	return { step, note };
}

const cut = (line, width) => (line.length > width ? `${line.slice(0, Math.max(width - 1, 0))}…` : line);
