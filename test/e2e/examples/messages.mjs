import assert from 'node:assert/strict';
import { fields } from '../../lab/examples.mjs';
import { leadRow, phoneOf, someLeads } from './expected.mjs';
import { eventOf, importExample, publish, runToEnd, SHORT_WAIT, succeeded, urlOf } from './running.mjs';

const CHANNELS = { redbook: 'Xiaohongshu', douyin: 'Douyin' };

/** How many characters stay readable at either end of a contact of this length. */
function readableEnds(contact) {
	if (/^\+?\d{11,}$/.test(contact)) return [3, 4];
	if (contact.length >= 8) return [2, 2];
	return contact.length >= 5 ? [1, 1] : [0, 0];
}

/** What the group may read of a phone, a WeChat or a QQ. */
function masked(contact) {
	const [head, tail] = readableEnds(contact);
	const hidden = contact.length - head - tail;
	return `${contact.slice(0, head)}${'*'.repeat(hidden)}${contact.slice(head + hidden)}`;
}

function leadMessage(client) {
	const { name, phone, wechat, qq, channel, account, campaign, note, createdAt } = leadRow(client);
	const lines = [
		['New lead', name],
		['Phone', masked(phone)],
		['WeChat', masked(wechat)],
		['QQ', masked(qq)],
		['From', `${CHANNELS[channel] ?? channel} ${account}`],
		['Campaign', campaign],
		['Note', note.slice(0, 100)],
		['Time', createdAt.slice(0, 16).replace('T', ' ')],
	];
	return lines
		.filter(([, value]) => value !== '')
		.map((line) => line.join(': '))
		.join('\n');
}

/** Each lead is told once, through refusals of WeCom, and no phone, WeChat or QQ stands in the group. @param {any} world @param {string} file @returns {Promise<void>} */
export async function newLeadToWecom(world, file) {
	const { leadRobot } = world;
	const workflow = await importExample(world, file, {
		credentials: { httpQueryAuth: world.credentials.leadRobot },
		parameters: { 'Wait 70 seconds': SHORT_WAIT },
	});
	const published = await publish(world, workflow);
	const [plain, ...others] = someLeads(world, 5);
	const talkative = {
		...plain,
		track_id: 'talkative',
		tel: '１３８ 1234 5678',
		name: '小王 ＋86 138-1234.5678',
	};
	const leads = [plain, ...others, talkative];
	const [first, ...events] = leads.map((lead) => eventOf(world, 'client.created', lead));
	leadRobot.busy(2);
	await published.send(first);
	await succeeded(world, published, 1);
	await published.send(...events);
	await published.send(first);
	await succeeded(world, published, leads.length);
	await published.send(eventOf(world, 'client.created', plain));
	await succeeded(world, published, leads.length + 1);

	const told = leadRobot.messages.map(({ content }) => content);
	const shown = { ...talkative, name: '小王 ＋86 138-****.5678' };
	assert.deepEqual(told.toSorted(), [plain, ...others, shown].map(leadMessage).toSorted());
	for (const { tel, weixin, qq } of leads) {
		for (const secret of [phoneOf(tel), tel, weixin.length > 2 ? weixin : '', qq].filter(Boolean))
			assert.ok(!told.some((text) => text.includes(secret) || phoneOf(text).includes(secret)), secret);
	}
}

function alarmMessage(conversation) {
	const { client_info: person, conv_start_tm: began, conv_end_tm: ended } = conversation;
	const lines = [
		['Missed conversation', conversation.conv_id],
		['Customer', person.name || person.visitor_name],
		['Channel', conversation.main_channel],
		['Group', conversation.group_name],
		['Agent', conversation.agent_name],
		['Began', began.slice(0, 16)],
		['Ended', ended.slice(0, 16)],
		['Messages of the customer', conversation.conv_visitor_msg_count],
		['Left a contact', person.tel || person.weixin || person.qq ? 'yes, call now' : 'no'],
	];
	return lines
		.filter(([, value]) => `${value ?? ''}` !== '')
		.map((line) => line.join(': '))
		.join('\n');
}

/** Missed conversations raise one alarm each, answered ones start nothing. @param {any} world @param {string} file @returns {Promise<void>} */
export async function missedConversation(world, file) {
	const { alarmRobot, simulator } = world;
	const workflow = await importExample(world, file, {
		credentials: { httpQueryAuth: world.credentials.alarmRobot },
		parameters: { 'Wait 70 seconds': SHORT_WAIT },
	});
	const published = await publish(world, workflow);
	const closed = simulator.store.conversations.filter(({ conv_end_tm: end }) => end);
	const missed = closed.filter((one) => one.missed === 'true').slice(0, 3);
	const answered = closed.filter((one) => one.missed === 'false').slice(0, 2);
	assert.deepEqual([missed.length, answered.length], [3, 2]);
	const [first, ...events] = [...missed, ...answered].map((one) => eventOf(world, 'conversation.closed', one));
	alarmRobot.busy(1);
	await published.send(first);
	await succeeded(world, published, 1);
	await published.send(...events);
	await published.send(first);
	await succeeded(world, published, missed.length);
	await published.send(eventOf(world, 'conversation.closed', missed[0]));
	await succeeded(world, published, missed.length + 1);

	const byContent = (a, b) => (a.content < b.content ? -1 : 1);
	const expected = missed.map((one) => ({ content: alarmMessage(one), mentioned_list: ['@all'] }));
	assert.deepEqual(alarmRobot.messages.toSorted(byContent), expected.toSorted(byContent));
}

/** Rows for those of whom Laigu has no contact although they wrote one, and one message in which every contact is masked. @param {any} world @param {string} file @returns {Promise<void>} */
export async function missedLeads(world, file) {
	const { missed, missedRobot, sheetOfMissed, simulator } = world;
	const workflow = await importExample(world, file, {
		credentials: { httpQueryAuth: world.credentials.missedRobot },
		parameters: { 'Fill in': fields({ spreadsheet: urlOf(sheetOfMissed) }), 'Wait 70 seconds': SHORT_WAIT },
	});
	missedRobot.busy(1);
	await runToEnd(world, workflow);
	await runToEnd(world, workflow);

	const rows = sheetOfMissed.rows();
	assert.equal(new Set(rows.map(({ conversationId: id }) => id)).size, rows.length);
	for (const { conversation, found } of missed) {
		const { conversationId, customerName, channel, agentName, dialogue, ...contacts } = rows.find(
			({ conversationId: id }) => id === String(conversation.conv_id),
		);
		const { endedAt, phones, wechats, qqs } = contacts;
		assert.deepEqual({ phones, wechats, qqs }, { phones: '', wechats: '', qqs: '', ...found });
		assert.deepEqual([channel, agentName], [conversation.main_channel, conversation.agent_name]);
		assert.equal(endedAt, conversation.conv_end_tm.slice(0, 19));
		assert.equal(customerName, conversation.client_info.visitor_name);
		for (const { content, from } of conversation.conv_content)
			if (from === 'client') assert.ok(dialogue.includes(content), `${conversationId}: ${content}`);
	}
	for (const { conversationId, phones, wechats, qqs } of rows) {
		const { tel, weixin, qq } = simulator.store.conversation(Number(conversationId)).client_info;
		assert.deepEqual([tel, weixin, qq].filter(Boolean), [], conversationId);
		assert.ok(phones || wechats || qqs, conversationId);
	}

	assert.equal(missedRobot.messages.length, 2);
	for (const { content } of missedRobot.messages) {
		const [first, ...lines] = content.split('\n');
		assert.equal(first, `Contacts that Laigu missed yesterday: ${rows.length}`);
		assert.equal(lines.length, rows.length);
		for (const { masked } of missed) assert.ok(content.includes(masked), content);
		for (const { phones, wechats, qqs } of rows)
			for (const contact of [phones, wechats, qqs].flatMap((list) => list.split(', ')).filter(Boolean))
				assert.ok(!content.includes(contact), content);
	}
}
