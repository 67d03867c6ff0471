/**
 * The Nodes that the package is for: the exact version to bring or to install, and the oldest of the same major that will do.
 *
 * @type {ReadonlyArray<{ version: string, minimum: string }>}
 */
export const NODES = [
	{ version: '20.20.2', minimum: '20.19.0' },
	{ version: '22.22.3', minimum: '22.12.0' },
	{ version: '24.21.0', minimum: '24.0.0' },
];
