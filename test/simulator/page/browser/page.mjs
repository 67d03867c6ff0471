import { chooseLanguage } from './texts.mjs';
import { element, outcomeTexts, showCredential, showRows } from './view.mjs';

const RESULTS_KEPT = 5;

/** What Laigu sends for each button. */
const EVENTS = {
	sendLead: 'client.created',
	editLead: 'client.updated',
	deleteLead: 'client.deleted',
	becomeLead: 'cus_became_leads',
	beginConversation: 'conversation.created',
	endConversation: 'conversation.closed',
};

const { lang, texts } = chooseLanguage(navigator.languages);
const byId = (id) => document.getElementById(id);
const fields = { url: byId('webhook-url'), secret: byId('webhook-secret') };
/** Fields in which something was typed that the server does not know yet. */
const typed = new Set();

/** Asks the server to change something. Resolves to its answer; throws what it says when it refuses. */
async function change(path, body = {}) {
	const webhook = Object.fromEntries([...typed].map((name) => [name, fields[name].value]));
	const response = await fetch(`/simulator/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ ...body, webhook }),
	});
	const answer = await response.json();
	if (!response.ok) throw Object.assign(new Error(answer.message), { reason: answer.reason });
	for (const [name, value] of Object.entries(webhook)) if (fields[name].value === value) typed.delete(name);
	byId('webhook-refused').textContent = '';
	return answer;
}

const refusalText = ({ reason, message }) => texts.refused[reason] ?? texts.refused.other(message);

function addResult({ good, done, sent, hint, answer }) {
	const time = new Date().toLocaleTimeString(lang, { timeZone: 'Asia/Shanghai', hour12: false });
	const line = element('li', { class: good ? 'good' : 'bad' });
	line.append(element('time', {}, time), element('strong', {}, done), ' ', sent);
	if (hint) line.append(' ', hint);
	if (answer) line.append(element('code', {}, answer));
	byId('results').prepend(line);
	while (byId('results').children.length > RESULTS_KEPT) byId('results').lastChild.remove();
}

async function press(button) {
	const { action } = button.dataset;
	const text = action === 'customerWrites' ? byId('customer-text').value : '';
	button.setAttribute('aria-busy', 'true');
	try {
		addResult(outcomeTexts(await change(`actions/${action}`, { text }), texts));
		if (action === 'customerWrites') byId('customer-text').value = '';
	} catch (refusal) {
		addResult({ good: false, done: texts.actions[action], sent: refusalText(refusal) });
	} finally {
		button.removeAttribute('aria-busy');
	}
}

async function saveWebhook() {
	try {
		await change('webhook');
	} catch (refusal) {
		byId('webhook-refused').textContent = refusalText(refusal);
	}
}

function showTroubles(troubles) {
	for (const [name, on] of Object.entries(troubles)) {
		let box = byId(`trouble-${name}`);
		if (!box) {
			const id = `trouble-${name}`;
			box = element('input', { id, type: 'checkbox', role: 'switch', 'data-test-id': id });
			box.addEventListener('change', () => {
				change(`troubles/${name}`, { on: box.checked }).catch((refusal) =>
					addResult({ good: false, done: texts.troubles[name], sent: refusalText(refusal) }),
				);
			});
			byId('troubles').append(element('li', {}, box, element('label', { for: id }, texts.troubles[name])));
		}
		box.checked = on;
	}
}

function showDestination(destination) {
	const place = byId('destination');
	place.hidden = !destination;
	if (destination && place.querySelector('a')?.href !== destination.url)
		place.replaceChildren(
			element('a', { href: destination.url, target: '_blank', rel: 'noopener' }, texts.destination(destination.name)),
		);
}

function show({ credential, webhook, destination, troubles, ...tables }) {
	showCredential(byId('credential'), credential, texts);
	for (const [name, field] of Object.entries(fields))
		if (!typed.has(name) && field !== document.activeElement) field.value = webhook[name];
	showDestination(destination);
	showTroubles(troubles);
	for (const table of document.querySelectorAll('[data-table]')) showRows(table, tables[table.dataset.table], texts);
}

function writeTexts() {
	document.documentElement.lang = lang;
	document.title = texts.title;
	for (const place of document.querySelectorAll('[data-text]')) place.textContent = texts[place.dataset.text];
	for (const button of document.querySelectorAll('[data-action]')) {
		const { action } = button.dataset;
		const event = EVENTS[action] ?? texts.noEvent;
		const note = action === 'becomeLead' ? `${event}, ${texts.unsigned}` : event;
		button.append(texts.actions[action], element('small', {}, note));
	}
	for (const part of document.querySelectorAll('body > [hidden]')) part.hidden = false;
}

function listen() {
	const source = new EventSource('/simulator/events');
	const say = (text, state) => {
		byId('connection').textContent = text;
		byId('connection').className = state;
	};
	source.addEventListener('open', () => say(texts.connected, 'good'));
	source.addEventListener('error', () => say(texts.disconnected, 'bad'));
	source.addEventListener('message', ({ data }) => show(JSON.parse(data)));
}

writeTexts();
for (const [name, field] of Object.entries(fields)) field.addEventListener('input', () => typed.add(name));
byId('webhook').addEventListener('change', saveWebhook);
byId('webhook').addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('button[type="button"][data-action]'))
	button.addEventListener('click', () => press(button));
byId('writing').addEventListener('submit', (event) => {
	event.preventDefault();
	press(event.submitter ?? event.target.querySelector('[data-action]'));
});
listen();
