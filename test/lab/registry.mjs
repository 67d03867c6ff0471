import { createServer } from 'node:http';
import { listenOnLoopback } from './loopback.mjs';

/**
 * As much of an npm registry as `npm outdated` asks: which versions a package has. It serves no tarballs.
 *
 * @param {Record<string, string[]>} packages - versions by name, the newest last
 * @returns {Promise<{ url: string, requests: string[], close: () => Promise<void> }>} `requests`: the paths that were asked for
 */
export async function startRegistry(packages) {
	const requests = [];
	const server = createServer((request, response) => {
		requests.push(request.url);
		const name = decodeURIComponent(request.url.slice(1));
		const versions = packages[name];
		response.writeHead(versions ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(versions ? describe(name, versions) : { error: 'Not found' }));
	});
	const { url, close } = await listenOnLoopback(server);
	return { url: `${url}/`, requests, close };
}

const describe = (name, versions) => ({
	name,
	'dist-tags': { latest: versions.at(-1) },
	versions: Object.fromEntries(versions.map((version) => [version, { name, version, dist: {} }])),
});
