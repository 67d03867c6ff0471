const STEPS = [
	[1024 ** 3, 'GB', 1],
	[1024 ** 2, 'MB', 0],
	[1024, 'kB', 0],
];

/**
 * A size for people: `1.9 GB`, `312 MB`, `4 kB`, `12 bytes`.
 *
 * @param {number} bytes
 * @returns {string}
 */
export function formatBytes(bytes) {
	for (const [size, unit, digits] of STEPS) {
		if (bytes >= size) return `${(bytes / size).toFixed(digits)} ${unit}`;
	}
	return `${Math.round(bytes)} bytes`;
}

/**
 * A duration for people: `0.4 s`, `12 s`, `3 min 05 s`.
 *
 * @param {number} milliseconds
 * @returns {string}
 */
export function formatDuration(milliseconds) {
	const seconds = milliseconds / 1000;
	if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}
