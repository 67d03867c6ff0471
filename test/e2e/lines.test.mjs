import { after, before, describe } from 'node:test';
import { lines } from '../lab/lines.mjs';
import { credentials } from './every-line/credentials.mjs';
import { loading } from './every-line/loading.mjs';
import { operations } from './every-line/operations.mjs';
import { triggers } from './every-line/triggers.mjs';
import { openWorld } from './every-line/world.mjs';

for (const [name, line] of Object.entries(lines)) {
	describe(`n8n ${line.n8n} on Node ${line.node.version.split('.')[0]}`, () => {
		let world;
		before(async () => (world = await openWorld(line)));
		after(async () => await world?.close());

		loading(() => world, { servesSchemas: name === 'current' });
		describe('credentials', () => credentials(() => world));
		describe('operations', () => operations(() => world));
		describe('triggers', () => triggers(() => world));
	});
}
