import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fields } from '../../lab/examples.mjs';
import { n8nLibrary } from '../../lab/n8n-library.mjs';
import { dayOf, phoneOf } from './expected.mjs';
import { judge, UNANSWERABLE } from './model.mjs';
import { eventOf, importExample, publish, runToEnd, SHORT_WAIT, succeeded } from './running.mjs';

/** The file holds the simulator's figures, and the mail brings the file. @param {any} world @param {string} file @returns {Promise<void>} */
export async function dailyReport(world, file) {
	const { lab, line, mail, simulator } = world;
	const workflow = await importExample(world, file, {
		parameters: { 'Fill in': fields({ from: 'n8n@example.com', to: 'team@example.com' }) },
	});
	await runToEnd(world, workflow);
	const { day, from, to } = dayOf(1);
	const name = `laigu-agents-${day}.xlsx`;
	const path = join(lab.n8n.filesFolder, name);

	const xlsx = await n8nLibrary(line, '@e965/xlsx', 'xlsx');
	const book = xlsx.read(await readFile(path));
	const rows = xlsx.utils.sheet_to_json(book.Sheets.Agents, { defval: '' });
	const query = new URLSearchParams({ from_tm: from, to_tm: to, enterprise_id: `${simulator.account.enterpriseId}` });
	const response = await fetch(`${simulator.url}/unified-api/datagateway/v1/reports/agent_service?${query}`, {
		headers: { authorization: `Bearer ${simulator.account.accessToken}` },
	});
	const { rows: agents } = await response.json();
	assert.ok(agents.length > 1 && total(agents, 'conv_cnt') > 0);
	const figures = rows.map((row) => [
		row.agentId,
		row.agentName,
		row.conversations,
		row.missedConversations,
		row.leads,
	]);
	assert.deepEqual(
		figures,
		agents.map((row) => [row.agent_id, row.agent_name, row.conv_cnt, row.missed_conv_cnt, row.clues_cnt]),
	);

	assert.equal(mail.mails.length, 1);
	const { simpleParser } = await n8nLibrary(line, 'mailparser');
	const { from: sender, to: receivers, text } = mail.mails[0];
	const { subject, html, attachments } = await simpleParser(text);
	assert.deepEqual([sender, receivers], ['n8n@example.com', ['team@example.com']]);
	assert.equal(subject, `Laigu: the agents' figures of ${day}`);
	for (const [field, words] of Object.entries({
		conv_cnt: 'conversations',
		missed_conv_cnt: 'missed',
		clues_cnt: 'leads',
	}))
		assert.ok(html.includes(`<li>${total(agents, field)} ${words}</li>`), html);
	assert.deepEqual(
		attachments.map(({ filename }) => filename),
		[name],
	);
	assert.deepEqual(attachments[0].content, await readFile(path));
}

const total = (rows, field) => rows.reduce((sum, row) => sum + row[field], 0);

/** As `someLeads`, of conversations: with a phone, a WeChat only, a QQ only. */
function someConversations({ simulator }) {
	const all = simulator.store.conversations.filter(
		({ conv_end_tm: end, conv_content: said }) => end && said.length > 3,
	);
	const withContact = all.filter(({ client_info: { tel, weixin, qq } }) => tel || weixin || qq);
	const phone = withContact.find(({ client_info: { tel } }) => tel);
	const wechat = withContact.find(({ client_info: { tel, weixin } }) => !tel && weixin);
	const qq = withContact.find(({ client_info: { tel, weixin, qq: number } }) => !tel && !weixin && number);
	const none = all.find(({ client_info: { tel, weixin, qq: number } }) => !tel && !weixin && !number);
	return { phone, wechat, qq, none };
}

/** Contacts with the model's summary and score, by phone, WeChat or QQ; without them where the model fails or nothing was said. @param {any} world @param {string} file @returns {Promise<void>} */
export async function summaryToHubspot(world, file) {
	const { hubspot, openAi } = world;
	const workflow = await importExample(world, file, { parameters: { 'Wait five minutes': SHORT_WAIT } });
	const makeProperties = { trigger: 'Once: make the properties' };
	await runToEnd(world, workflow, makeProperties);
	await runToEnd(world, workflow, makeProperties);
	const published = await publish(world, workflow);

	const { phone, wechat, qq, none } = someConversations(world);
	const say = (conversation, content) => {
		const conv_content = [...conversation.conv_content, { ...conversation.conv_content.at(-1), content }];
		return { ...conversation, conv_content };
	};
	const told = say(phone, '我的电话 138 1234 5678，微信同号');
	const unanswerable = say(wechat, UNANSWERABLE);
	const silent = { ...qq, conv_content: [] };
	const closed = (conversation) => eventOf(world, 'conversation.closed', conversation);
	hubspot.fail(1);
	const first = closed(told);
	await published.send(first, closed(unanswerable), closed(silent), closed(none));
	await published.send(first);
	await succeeded(world, published, 2 + 3);

	const question = openAi.questions.find((text) => text.includes('我的电话'));
	assert.equal(question.split('\n').length, told.conv_content.length);
	assert.ok(question.trim().endsWith('我的电话 138 **** 5678，微信同号'), question);
	for (const text of openAi.questions) {
		const said = text
			.replace(/https:\S+/g, '')
			.replace(/[\s-]/g, '')
			.replace(/\[[^\]]*\]/g, '');
		assert.doesNotMatch(said, /\d{8}/);
	}
	const judged = (text) => {
		const { summary, lead_score: score } = judge(text);
		return { laigu_summary: summary, laigu_lead_score: `${score}` };
	};
	const contacts = () =>
		[...hubspot.contacts.values()].toSorted((a, b) => (a.laigu_contact < b.laigu_contact ? -1 : 1));
	const expected = (...all) => all.toSorted((a, b) => (a.laigu_contact < b.laigu_contact ? -1 : 1));
	const [withPhone, withWechat, withQq] = [
		{ ...contactOf(told), ...judged(question) },
		contactOf(wechat),
		contactOf(qq),
	];
	assert.deepEqual(contacts(), expected(withPhone, withWechat, withQq));

	// the same person once more: the contact is brought up to date, and nothing known is lost
	const later = {
		...say(told, '再见'),
		conv_id: 999,
		client_info: { ...told.client_info, name: '', visitor_name: '' },
	};
	await published.send(closed(later));
	await succeeded(world, published, 2 + 4);
	const last = openAi.questions.find((text) => text.includes('再见'));
	const updated = { ...withPhone, ...judged(last), laigu_last_conversation: '999' };
	assert.deepEqual(contacts(), expected(updated, withWechat, withQq));

	// somebody known by a WeChat alone leaves a phone, too
	const withBoth = { ...silent, conv_id: 1000, client_info: { ...wechat.client_info, tel: '13987654321' } };
	await published.send(closed(withBoth));
	await succeeded(world, published, 2 + 5);
	const known = { ...withWechat, ...contactOf(withBoth), laigu_contact: withWechat.laigu_contact };
	assert.deepEqual(contacts(), expected(updated, known, withQq));
}

function contactOf({ client_info: person, ...conversation }) {
	const phone = phoneOf(person.tel);
	const source = [conversation.main_channel, conversation.sub_channel, conversation.campaign_name];
	const known = {
		laigu_contact: phone || person.weixin || person.qq,
		firstname: person.name || person.visitor_name,
		phone,
		laigu_wechat: person.weixin,
		laigu_qq: person.qq,
		laigu_source: source.filter(Boolean).join(' / '),
		laigu_last_conversation: `${conversation.conv_id}`,
	};
	return Object.fromEntries(Object.entries(known).filter(([, value]) => value));
}
