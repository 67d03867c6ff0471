/** From the state that the server tells to what is seen. Nothing here asks the server for anything, and text is never read as HTML. */

/** The fields of the credential, in n8n's order; those with a test id are named in the tests of others. */
const CREDENTIAL = [
	['baseUrl', 'credential-base-url'],
	['enterpriseId', 'credential-enterprise'],
	['accessToken', 'credential-token'],
	['appId', 'credential-app-id'],
	['sign', 'credential-sign'],
];

const COPIED_FOR_MS = 1_500;

/**
 * An element.
 *
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
	const made = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
	made.append(...children);
	return made;
}

/** Sets a text only where it differs, so that a selection in it stays and a screen reader is not told again. */
function setText(node, text) {
	if (node.textContent !== text) node.textContent = text;
}

/**
 * The credential's values, each with a button to copy it.
 *
 * @param {HTMLElement} list
 * @param {Record<string, string | number>} credential
 * @param {object} texts
 */
export function showCredential(list, credential, texts) {
	for (const [name, testId] of CREDENTIAL) {
		let value = list.querySelector(`[data-test-id="${testId}"]`);
		if (!value) {
			value = element('output', { 'data-test-id': testId });
			list.append(
				element('div', {}, element('dt', {}, texts[name]), element('dd', {}, value, copyButton(value, name, texts))),
			);
		}
		setText(value, String(credential[name]));
	}
}

function copyButton(value, name, texts) {
	const button = element(
		'button',
		{ type: 'button', class: 'copy', 'aria-label': texts.copyOf(texts[name]) },
		texts.copy,
	);
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(value.textContent);
		setText(button, texts.copied);
		setTimeout(() => setText(button, texts.copy), COPIED_FOR_MS);
	});
	return button;
}

const channel = (source, texts) => texts.channels[source] ?? source;

/** The tables: their columns (`wide`: left out on a phone; `short`: in one line), the key of a row, and the text of each cell. */
const TABLES = {
	leads: {
		columns: [
			['name', ({ name }) => name],
			['contact', contactText],
			['channel', ({ channel: source }, texts) => channel(source, texts), 'wide'],
			['account', ({ account }) => account, 'wide'],
			['comment', ({ comment }) => comment, 'wide'],
			['createdAt', ({ createdAt }) => createdAt.slice(5)],
			['updatedAt', ({ updatedAt }) => updatedAt.slice(5), 'wide'],
		],
		keyOf: ({ id }) => id,
	},
	conversations: {
		columns: [
			['customer', ({ customer }) => customer],
			['channel', ({ channel: source }, texts) => channel(source, texts), 'wide'],
			['agent', ({ agent }) => agent, 'wide'],
			['messages', ({ messages }) => String(messages), 'wide'],
			['last', ({ last }) => last],
			['startedAt', ({ startedAt }) => startedAt.slice(5), 'wide'],
			['endedAt', ({ endedAt }, texts) => endedAt.slice(5) || texts.open],
		],
		keyOf: ({ id }) => String(id),
	},
	requests: {
		columns: [
			['at', ({ at }) => at, 'short'],
			['asked', askedText],
			['answered', answeredText],
			['took', ({ tookMs }, texts) => texts.took(tookMs.toFixed(tookMs < 10 ? 1 : 0)), 'wide'],
		],
		keyOf: ({ number }) => String(number),
	},
};

function contactText({ phone, wechat, qq }, texts) {
	return [phone, wechat && `${texts.wechat} ${wechat}`, qq && `QQ ${qq}`].filter(Boolean).join(', ');
}

function askedText({ method, path, asked, auth }, texts) {
	const credential = auth.length === 0 ? texts.noAuth : auth.join(' + ');
	return [`${method} ${path}`, ...asked.map(texts.asked), credential].join(' · ');
}

function answeredText({ status, errno, records, fault, note }, texts) {
	if (status === 0) return texts.connectionCut;
	const outcome = errno !== 0 ? `errno ${errno}` : status === 200 ? texts.records(records) : '';
	return [String(status), outcome, note ?? fault].filter(Boolean).join(' · ');
}

/**
 * Brings a table to the given rows. Rows that stay keep their element; those that are new are marked.
 *
 * @param {HTMLTableElement} table - with the name of one of the tables as `data-table`
 * @param {object[]} rows
 * @param {object} texts
 */
export function showRows(table, rows, texts) {
	const { columns, keyOf } = TABLES[table.dataset.table];
	const isFirst = table.tBodies.length === 0;
	if (isFirst) table.append(headOf(columns, texts), element('tbody'));
	const [body] = table.tBodies;
	const present = new Map([...body.rows].map((row) => [row.dataset.key, row]));
	const wanted = rows.map((row) => {
		const key = keyOf(row);
		const line = present.get(key) ?? lineOf(key, columns, isFirst ? 'row' : 'row new');
		columns.forEach(([, text], index) => setText(line.cells[index], text(row, texts)));
		return line;
	});
	if (wanted.length === 0) {
		const cell = element('td', { colspan: String(columns.length) }, texts.noRows[table.dataset.table]);
		wanted.push(present.get('') ?? element('tr', { 'data-key': '' }, cell));
	}
	for (const line of body.querySelectorAll('tr')) if (!wanted.includes(line)) line.remove();
	wanted.forEach((line, index) => {
		if (body.rows[index] !== line) body.insertBefore(line, body.rows[index] ?? null);
	});
}

function headOf(columns, texts) {
	const cells = columns.map(([name, , wide]) =>
		element('th', { scope: 'col', class: wide ?? '' }, texts.columns[name]),
	);
	return element('thead', {}, element('tr', {}, ...cells));
}

function lineOf(key, columns, className) {
	const cells = columns.map(([, , kind = '']) => element('td', { class: kind }));
	return element('tr', { 'data-key': key, class: className }, ...cells);
}

/**
 * What came of a button, in words.
 *
 * @param {{ action: string, record: { name: string }, text?: string, event?: string, answer?: { status: number, text: string, ms: number } }} outcome
 * @param {object} texts
 * @returns {{ good: boolean, done: string, sent: string, hint: string, answer: string }} `answer`: the webhook's own words
 */
export function outcomeTexts({ action, record, text, event, answer }, texts) {
	const done = texts.done[action](record.name, text);
	if (!event) return { good: true, done, sent: texts.noEventFor, hint: '', answer: '' };
	if (!answer) return { good: true, done, sent: texts.noWebhook(event), hint: '', answer: '' };
	const { status, ms } = answer;
	const took = Math.round(ms);
	const good = status >= 200 && status < 300;
	const sent = status === 0 ? texts.notAnswered(event, took) : texts.answered(event, status, took);
	const hint = status === 401 && action === 'becomeLead' ? texts.hints.unsigned : (texts.hints[status] ?? '');
	return { good, done, sent, hint, answer: answer.text };
}
