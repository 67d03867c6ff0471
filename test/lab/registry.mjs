import { once } from 'node:events';
import { createServer } from 'node:http';

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
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${server.address().port}/`,
		requests,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}

const describe = (name, versions) => ({
	name,
	'dist-tags': { latest: versions.at(-1) },
	versions: Object.fromEntries(versions.map((version) => [version, { name, version, dist: {} }])),
});
