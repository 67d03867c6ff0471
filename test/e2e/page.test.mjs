import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { repositoryRoot } from '../../scripts/lib/paths.mjs';
import { resultsFolder } from '../../scripts/lib/results.mjs';
import { openBrowser } from '../lab/browser.mjs';
import { around } from '../lab/clips.mjs';
import { driveFromElsewhere, focusedTestId, widths } from '../lab/in-page.mjs';
import { Pictures } from '../lab/pictures.mjs';

const NOW = new Date('2026-03-15T12:00:00+08:00');
const DESK = { width: 1200, height: 1700 };
const PHONE = { width: 390, height: 844 };
const SECRET = 'a secret, 密钥';

let laigu, simulator, receiver, browser, page;
const pictures = new Pictures({
	committed: join(repositoryRoot, 'docs/images/simulator'),
	taken: join(resultsFolder, 'pictures-simulator'),
	test: 'test/e2e/page.test.mjs',
	hide: '',
});

before(async () => {
	const { tsImport } = await import('tsx/esm/api');
	laigu = await tsImport('../simulator/index.ts', import.meta.url);
	await pictures.begin();
	receiver = await startReceiver();
	simulator = await laigu.startSimulator({ now: NOW });
	browser = await openBrowser(DESK);
	page = browser.page;
	await open(page);
});

after(async () => {
	await browser?.close();
	await simulator?.close();
	await receiver?.close();
});

/** A webhook that keeps what it gets. */
async function startReceiver() {
	const received = [];
	const server = createServer(async (request, response) => {
		const chunks = [];
		for await (const chunk of request) chunks.push(chunk);
		const raw = Buffer.concat(chunks);
		received.push({ raw, body: JSON.parse(raw.toString()), signature: request.headers['meiqia-signature'] });
		response.end('{"message":"Workflow was started"}');
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	const close = () =>
		new Promise((resolve) => {
			server.close(resolve);
			server.closeAllConnections();
		});
	return { url: `http://127.0.0.1:${server.address().port}/webhook/leads/webhook`, received, close };
}

const by = (id, on = page) => on.locator(`[data-test-id="${id}"]`);
const latest = (on = page) => by('results', on).locator('li').first();

async function open(on, url = simulator.url) {
	await on.clock.setFixedTime(NOW);
	await on.goto(url);
	await by('leads', on).locator('tbody tr').first().waitFor();
}

/** What Laigu's API gives for everything since the simulator's present. */
async function fromApi(path) {
	const { accessToken, enterpriseId } = simulator.account;
	const query = `enterprise_id=${enterpriseId}&limit=20&from_tm=2026-03-15 12:00:00&to_tm=2099-01-01 00:00:00&page_token=`;
	const answer = await fetch(`${simulator.url}${path}?${query.replaceAll(' ', '%20')}`, {
		headers: { authorization: `Bearer ${accessToken}` },
	});
	return (await answer.json()).result;
}

/** A person's view of the page has no flaw that axe knows of. */
async function requireAccessible(on) {
	const require = createRequire(import.meta.url);
	await on.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
	const { violations } = await on.evaluate(() => globalThis.axe.run());
	assert.deepEqual(
		violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
		[],
	);
}

test('shows the values of the credential, and copies them', async () => {
	const { accessToken, enterpriseId } = simulator.account;
	assert.equal(await by('credential-token').textContent(), accessToken);
	assert.equal(await by('credential-enterprise').textContent(), String(enterpriseId));
	assert.equal(await by('credential-base-url').textContent(), simulator.url);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.getByRole('button', { name: 'Copy Access Token' }).click();
	await page.getByText('Copied', { exact: true }).waitFor();
	assert.equal(await page.evaluate(() => navigator.clipboard.readText()), accessToken);
});

test('without a webhook a lead is in the API, and the page says that nothing was sent', async () => {
	await by('send-lead').click();
	await latest().getByText('no webhook URL is entered').waitFor();
	const [lead] = await fromApi('/v2/clients');
	await by('leads').locator('tbody tr').first().getByText(lead.name).waitFor();
	await by('request-log')
		.getByText(/GET \/v2\/clients · .*first page · bearer/)
		.waitFor();
	await by('delete-lead').click();
	await latest().getByText('client.deleted').waitFor();
	assert.deepEqual(await fromApi('/v2/clients'), []);
});

test('a lead reaches webhook, API and table, signed with the secret that was typed', async () => {
	await by('webhook-url').fill(receiver.url);
	await by('webhook-secret').fill(SECRET);
	await by('send-lead').click();
	await latest()
		.getByText(/client\.created: the webhook answered 200 after \d+ ms\./)
		.waitFor();
	await latest().getByText('{"message":"Workflow was started"}').waitFor();
	const [{ body, raw, signature }] = receiver.received;
	assert.equal(body.event, 'client.created');
	assert.equal(signature, laigu.signatureFor(raw, SECRET));
	assert.deepEqual(await fromApi('/v2/clients'), [body.client]);
	await by('leads').locator('tbody tr').first().getByText(body.client.name).waitFor();
});

test('a conversation: begun, written to, ended', async () => {
	const before = receiver.received.length;
	await by('begin-conversation').click();
	await latest().getByText('conversation.created: the webhook answered 200').waitFor();
	await by('customer-text').fill('<img src=x> 我要报价');
	await by('customer-text').press('Enter');
	await latest().getByText('wrote: <img src=x> 我要报价').waitFor();
	assert.equal(await by('customer-text').inputValue(), '');
	await by('customer-writes').click();
	await latest().getByText('Laigu sends no event for a message').waitFor();
	await by('end-conversation').click();
	await latest().getByText('conversation.closed: the webhook answered 200').waitFor();
	const [begun, ended] = receiver.received.slice(before).map(({ body }) => body);
	assert.deepEqual([begun.event, ended.event], ['conversation.created', 'conversation.closed']);
	assert.equal(ended.conversation.conv_id, begun.conversation.conv_id);
	assert.ok(ended.conversation.conv_content.some(({ content }) => content === '<img src=x> 我要报价'));
	assert.deepEqual(await fromApi('/v2/conversations'), [ended.conversation]);
	await by('conversations').locator('tbody tr').first().getByText('对话结束').waitFor();
});

test('every other button sends its event, the automation’s unsigned', async () => {
	for (const [id, event] of [
		['edit-lead', 'client.updated'],
		['become-lead', 'cus_became_leads'],
		['delete-lead', 'client.deleted'],
		['end-conversation', 'conversation.closed'],
	]) {
		await by(id).click();
		await latest().getByText(`${event}: the webhook answered 200`).waitFor();
		const { body, raw, signature } = receiver.received.at(-1);
		assert.equal(body.event ?? body.eventType, event);
		assert.equal(signature, event === 'cus_became_leads' ? undefined : laigu.signatureFor(raw, SECRET));
	}
});

describe('what can go wrong is told', () => {
	test('a webhook that does not answer', async () => {
		await by('webhook-url').fill('http://127.0.0.1:9/webhook');
		await by('send-lead').click();
		await latest()
			.getByText(/client\.created: the webhook did not answer/)
			.waitFor();
		await latest().getByText('Is n8n running, and is the URL right?').waitFor();
	});

	test('a webhook on another machine', async () => {
		await by('webhook-url').fill('https://n8n.example.com/webhook');
		await by('webhook-url').press('Tab');
		await page.getByRole('alert').getByText('--webhooks-anywhere').waitFor();
		await by('send-lead').click();
		await latest().getByText('Events go to this computer only').waitFor();
		await by('webhook-url').fill(receiver.url);
		await by('webhook-url').press('Tab');
		await page.getByRole('alert').waitFor({ state: 'hidden' });
	});

	test('a closed API, by a switch', async () => {
		await by('trouble-closed').click();
		await by('trouble-closed')
			.and(page.getByRole('switch', { checked: true }))
			.waitFor();
		assert.equal(await fromApi('/v2/clients'), undefined);
		await by('request-log').getByText('errno 10012').first().waitFor();
		await by('trouble-closed').click();
		await by('trouble-closed')
			.and(page.getByRole('switch', { checked: false }))
			.waitFor();
		assert.ok(Array.isArray(await fromApi('/v2/clients')));
	});

	test('a simulator that has ended, and is there again', async () => {
		const other = await laigu.startSimulator({ now: NOW, conversations: [] });
		const second = await page.context().browser().newPage();
		await second.goto(other.url);
		await by('connection', second).getByText('Live').waitFor();
		await other.close();
		await by('connection', second).getByText('The simulator does not answer').waitFor();
		const again = await laigu.startSimulator({ now: NOW, conversations: [], port: other.port });
		await by('connection', second).getByText('Live').waitFor();
		await second.close();
		await again.close();
	});
});

test('a page of another site can neither press a button nor read', async () => {
	const evil = createServer((_, response) =>
		response.setHeader('content-type', 'text/html').end('<title>evil</title>'),
	);
	await new Promise((resolve) => evil.listen(0, '127.0.0.1', resolve));
	const foreign = await page.context().browser().newPage();
	await foreign.goto(`http://127.0.0.1:${evil.address().port}/`);
	const { leads } = simulator.page.snapshot();
	const outcomes = await foreign.evaluate(driveFromElsewhere, simulator.url);
	assert.deepEqual(outcomes, Array(6).fill('refused'));
	assert.deepEqual(simulator.page.snapshot().leads, leads);
	const framed = foreign.frames().find((frame) => frame !== foreign.mainFrame());
	assert.equal(await framed.locator('[data-test-id="send-lead"]').count(), 0);
	await foreign.close();
	evil.close();
});

describe('in both languages, on every screen', () => {
	before(async () => {
		// a fresh one, so that the pictures do not show what the tests above have done
		await simulator.close();
		simulator = await laigu.startSimulator({ now: NOW, page: { webhook: { url: receiver.url } } });
	});

	for (const [locale, lang, title, button, answered] of [
		['en-GB', 'en', 'Laigu simulator', 'Send a lead', 'the webhook answered 200'],
		['zh-CN', 'zh-CN', '来鼓模拟器', '新增一条线索', 'Webhook 返回 200'],
	])
		test(`${locale}: all there, no flaw that axe knows of, one column on a phone`, async () => {
			const { page: own, crashes, close } = await openBrowser(DESK, { locale });
			const complaints = [];
			own.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
			await open(own);
			assert.deepEqual([await own.title(), await own.locator('html').getAttribute('lang')], [title, lang]);
			await own.getByRole('button', { name: button }).click();
			await latest(own).getByText(answered).waitFor();
			const last = own.getByRole('region').filter({ has: by('leads', own) });
			await pictures.take(own, `page.${lang}`, await around([own.locator('header'), last], 16));
			for (const colorScheme of ['light', 'dark'])
				for (const size of [DESK, PHONE]) {
					await own.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
					await own.setViewportSize(size);
					await requireAccessible(own);
					const [wide, window] = await own.evaluate(widths);
					assert.equal(wide, window, 'nothing lies beyond the edge');
				}
			const boxes = await Promise.all((await own.locator('section').all()).map((section) => section.boundingBox()));
			assert.deepEqual(new Set(boxes.map(({ x, width }) => `${x} ${width}`)).size, 1, 'one column');
			assert.deepEqual([crashes, complaints], [[], []]);
			await close();
		});

	test('all of it by keyboard', async () => {
		await open(page);
		await by('webhook-secret').focus();
		await page.keyboard.press('Tab');
		assert.equal(await page.evaluate(focusedTestId), 'send-lead');
		await page.keyboard.press('Enter');
		await latest().getByText('client.created: the webhook answered 200').waitFor();
		const reached = new Set();
		for (let i = 0; i < 40; i++) {
			await page.keyboard.press('Tab');
			reached.add(await page.evaluate(focusedTestId));
		}
		for (const id of [
			'edit-lead',
			'customer-text',
			'customer-writes',
			'end-conversation',
			'trouble-closed',
			'request-log',
		])
			assert.ok(reached.has(id), id);
	});

	test('a picture for a phone', async () => {
		const { page: phone, close } = await openBrowser({ ...PHONE, height: 1400 }, { colorScheme: 'dark' });
		await open(phone);
		await pictures.take(phone, 'page.phone', { x: 0, y: 0, width: PHONE.width, height: 1400 });
		await close();
	});
});

test("no script of the page's broke on the way", () => {
	assert.deepEqual(browser.crashes, []);
});

test('the pictures of the documents are up to date', async () => {
	assert.deepEqual(pictures.names, ['page.en', 'page.phone', 'page.zh-CN']);
	if (process.env.LAIGU_UPDATE_PICTURES) await pictures.renew();
	const faults = await pictures.faults();
	assert.deepEqual(faults, [], faults.join('\n'));
});
