/** Every word of the page, in both languages. A text with something to fill in is a function. */

const en = {
	title: 'Laigu simulator',
	intro:
		'A made-up Laigu account on this computer. Make something happen here, and see what your workflow in n8n makes of it.',
	connected: 'Live',
	disconnected: 'The simulator does not answer. Is it still running?',

	credentialTitle: '1. Credential for n8n',
	credentialHint:
		'Copy these into a Laigu API credential: with them, Get Many, Find, reports and the Laigu Poll Trigger work.',
	baseUrl: 'Base URL',
	enterpriseId: 'Enterprise ID',
	accessToken: 'Access Token',
	appId: 'App ID',
	sign: 'Sign',
	copy: 'Copy',
	copyOf: (name) => `Copy ${name}`,
	copied: 'Copied',

	webhookTitle: '2. Webhook',
	webhookHint:
		'Paste the Test or Production URL of a Laigu Trigger, and enter the secret as Signing Secret in its credential. Without a URL nothing is sent; polling works all the same.',
	webhookUrl: 'URL of the Laigu Trigger',
	webhookSecret: 'Signing Secret',

	actionsTitle: '3. Make something happen',
	actionsHint: 'Each button changes the account at once and sends the event that Laigu would send.',
	customers: 'Customers (顾客)',
	conversations: 'Conversations (对话)',
	actions: {
		sendLead: 'Send a lead',
		editLead: 'Edit the last lead',
		deleteLead: 'Delete the last lead',
		becomeLead: 'Visitor becomes lead (automation)',
		beginConversation: 'Begin a conversation',
		customerWrites: 'Customer writes',
		endConversation: 'End the conversation',
	},
	noEvent: 'no event',
	unsigned: 'unsigned',
	customerText: 'What the customer writes (empty: a line with a contact hidden in it)',

	done: {
		sendLead: (name) => `New lead: ${name}.`,
		editLead: (name) => `${name} was edited.`,
		deleteLead: (name) => `${name} was deleted.`,
		becomeLead: (name) => `${name} was a visitor and is a lead now.`,
		beginConversation: (name) => `${name} has begun a conversation.`,
		customerWrites: (name, text) => `${name} wrote: ${text}`,
		endConversation: (name) => `The conversation with ${name} has ended.`,
	},
	answered: (event, status, ms) => `${event}: the webhook answered ${status} after ${ms} ms.`,
	notAnswered: (event, ms) => `${event}: the webhook did not answer (${ms} ms).`,
	noWebhook: (event) => `${event} was not sent: no webhook URL is entered. Polling and Get Many see it.`,
	noEventFor: 'Laigu sends no event for a message. It comes with the conversation when that ends.',
	hints: {
		0: 'Is n8n running, and is the URL right?',
		401: 'Is the Signing Secret the same in both places?',
		404: 'Publish the workflow for its Production URL. The Test URL answers only while n8n listens for a test event.',
		unsigned:
			'Laigu does not sign this event. The Laigu Trigger takes it only if Accept Unsigned Automation Webhook is on.',
	},
	refused: {
		webhookUrl: 'The webhook URL has to begin with http:// or https://.',
		webhookElsewhere:
			'Events go to this computer only (127.0.0.1 or localhost). To send them elsewhere, start the simulator with --webhooks-anywhere.',
		noLead: 'There is no lead yet. Send one first.',
		other: (message) => `The simulator did not do it: ${message}`,
	},
	destination: (name) => `See it arrive in n8n: ${name}`,

	leadsTitle: 'Newest leads',
	conversationsTitle: 'Newest conversations',
	columns: {
		name: 'Name',
		contact: 'Contact',
		channel: 'Channel',
		account: 'Account',
		comment: 'Remark',
		createdAt: 'Created',
		updatedAt: 'Updated',
		customer: 'Customer',
		agent: 'Agent',
		messages: 'Messages',
		last: 'Last message',
		startedAt: 'Began',
		endedAt: 'Ended',
		at: 'Time',
		asked: 'Asked',
		answered: 'Answered',
		took: 'Took',
	},
	open: 'open',
	noRows: { leads: 'No lead yet.', conversations: 'No conversation yet.', requests: 'Nobody has asked yet.' },
	wechat: 'WeChat',
	channels: { redbook: 'Xiaohongshu', douyin: 'Douyin' },

	troublesTitle: 'When Laigu is unwell',
	troublesHint: 'Switch something on and see your workflow cope with it.',
	troubles: {
		slow: 'Slow: every answer takes 3 seconds',
		rateLimit: 'Rate limit: 2 requests a second, then errno 10014',
		internalError: 'Errno 10015 (Laigu’s own trouble) on every third request or so',
		badGateway: 'HTTP 502 on every third request or so',
		closed: 'API not opened for the account: errno 10012 everywhere',
	},

	requestsTitle: 'Requests to the API',
	requestsHint: 'The newest first. Times on this page are those of Beijing.',
	records: (count) => `${count} ${count === 1 ? 'record' : 'records'}`,
	connectionCut: 'connection cut',
	noAuth: 'no credential sent',
	asked: (part) => part,
	took: (ms) => `${ms} ms`,
};

/** @type {typeof en} */
const zh = {
	title: '来鼓模拟器',
	intro: '这是本机上的一个虚构来鼓账号。在这里点一下按钮，就能看到你的 n8n 工作流会怎样处理。',
	connected: '实时更新中',
	disconnected: '模拟器没有响应。它还在运行吗？',

	credentialTitle: '1. n8n 凭证',
	credentialHint: '把这些值填入 n8n 的 Laigu API 凭证，即可使用查询、查找、报表和 Laigu Poll Trigger。',
	baseUrl: 'Base URL（接口地址）',
	enterpriseId: 'Enterprise ID（企业 ID）',
	accessToken: 'Access Token',
	appId: 'App ID',
	sign: 'Sign',
	copy: '复制',
	copyOf: (name) => `复制 ${name}`,
	copied: '已复制',

	webhookTitle: '2. Webhook',
	webhookHint:
		'粘贴 Laigu Trigger 的 Test URL 或 Production URL，并把下面的密钥填入其凭证的 Signing Secret。不填 URL 就不推送，轮询照常可用。',
	webhookUrl: 'Laigu Trigger 的 URL',
	webhookSecret: '签名密钥（Signing Secret）',

	actionsTitle: '3. 模拟一件事',
	actionsHint: '每个按钮都会立即改动账号里的数据，并像来鼓一样推送对应的事件。',
	customers: '顾客',
	conversations: '对话',
	actions: {
		sendLead: '新增一条线索',
		editLead: '修改最新线索',
		deleteLead: '删除最新线索',
		becomeLead: '访客成为线索（自动化）',
		beginConversation: '开始一个对话',
		customerWrites: '顾客发消息',
		endConversation: '结束对话',
	},
	noEvent: '不推送',
	unsigned: '无签名',
	customerText: '顾客说的话（留空则自动生成一句藏有联系方式的话）',

	done: {
		sendLead: (name) => `新线索：${name}。`,
		editLead: (name) => `已修改：${name}。`,
		deleteLead: (name) => `已删除：${name}。`,
		becomeLead: (name) => `访客 ${name} 已成为线索。`,
		beginConversation: (name) => `${name} 开始了一个对话。`,
		customerWrites: (name, text) => `${name} 说：${text}`,
		endConversation: (name) => `与 ${name} 的对话已结束。`,
	},
	answered: (event, status, ms) => `${event}：Webhook 返回 ${status}，用时 ${ms} 毫秒。`,
	notAnswered: (event, ms) => `${event}：Webhook 没有响应（${ms} 毫秒）。`,
	noWebhook: (event) => `${event} 未推送：还没有填写 Webhook URL。轮询和查询可以看到这条数据。`,
	noEventFor: '来鼓不会为单条消息推送事件。这句话会在对话结束时随对话一起推送。',
	hints: {
		0: 'n8n 在运行吗？URL 填对了吗？',
		401: '两边的签名密钥一致吗？',
		404: '使用 Production URL 前请先发布工作流；Test URL 只在 n8n 监听测试事件时有效。',
		unsigned: '来鼓不会为此事件签名。只有打开 Accept Unsigned Automation Webhook 选项，Laigu Trigger 才会接收。',
	},
	refused: {
		webhookUrl: 'Webhook URL 必须以 http:// 或 https:// 开头。',
		webhookElsewhere:
			'事件只会推送到本机（127.0.0.1 或 localhost）。如需推送到其他机器，请用 --webhooks-anywhere 启动模拟器。',
		noLead: '还没有线索，请先新增一条。',
		other: (message) => `模拟器没有执行：${message}`,
	},
	destination: (name) => `在 n8n 中查看结果：${name}`,

	leadsTitle: '最新线索',
	conversationsTitle: '最新对话',
	columns: {
		name: '姓名',
		contact: '联系方式',
		channel: '渠道',
		account: '账号',
		comment: '备注',
		createdAt: '创建时间',
		updatedAt: '更新时间',
		customer: '顾客',
		agent: '客服',
		messages: '消息数',
		last: '最后一条消息',
		startedAt: '开始时间',
		endedAt: '结束时间',
		at: '时间',
		asked: '请求',
		answered: '响应',
		took: '用时',
	},
	open: '进行中',
	noRows: { leads: '还没有线索。', conversations: '还没有对话。', requests: '还没有收到请求。' },
	wechat: '微信',
	channels: { redbook: '小红书', douyin: '抖音' },

	troublesTitle: '模拟来鼓异常',
	troublesHint: '打开一个开关，看看你的工作流如何应对。',
	troubles: {
		slow: '变慢：每次响应需要 3 秒',
		rateLimit: '限流：每秒 2 次，超出返回 errno 10014',
		internalError: '约三分之一的请求返回 errno 10015（来鼓内部错误）',
		badGateway: '约三分之一的请求返回 HTTP 502',
		closed: '账号未开通 API：一律返回 errno 10012',
	},

	requestsTitle: 'API 请求记录',
	requestsHint: '最新的在最上面。本页时间均为北京时间。',
	records: (count) => `${count} 条`,
	connectionCut: '连接中断',
	noAuth: '未带凭证',
	asked: (part) =>
		part
			.replace(/^limit (\d+)$/, '每页 $1 条')
			.replace(/^offset (\d+)$/, '从第 $1 条起')
			.replace('first page', '第一页')
			.replace('next page', '下一页'),
	took: (ms) => `${ms} 毫秒`,
};

const LANGUAGES = { en, zh };

/**
 * The page's language: the first of the browser's that the page has, else English.
 *
 * @param {readonly string[]} wanted - as in `navigator.languages`
 * @returns {{ lang: string, texts: typeof en }} `lang` for the `lang` attribute
 */
export function chooseLanguage(wanted) {
	const primary = (tag) => tag.toLowerCase().split('-')[0];
	const language = wanted.map(primary).find((tag) => Object.hasOwn(LANGUAGES, tag)) ?? 'en';
	return { lang: language === 'zh' ? 'zh-CN' : 'en', texts: LANGUAGES[language] };
}
