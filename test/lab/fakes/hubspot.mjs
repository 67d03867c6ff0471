const refusal = (status, category, message) => ({ status, body: { status: 'error', category, message } });

/**
 * HubSpot's contacts: makes properties, and creates or updates contacts by a property whose values are unique.
 *
 * @param {{ token: string }} account - of a private app
 * @returns {import('./outside.mjs').StandIn & { contacts: Map<string, Record<string, string>>, properties: Map<string, { hasUniqueValue?: boolean }>, fail: (times: number) => void }}
 *   `contacts`: by ID; `fail`: so many contact requests are answered with 502
 */
export function createHubspot({ token }) {
	const contacts = new Map();
	const properties = new Map(['phone', 'firstname', 'lastname', 'email'].map((name) => [name, { type: 'string' }]));
	let failures = 0;

	function makeProperties({ inputs }) {
		const results = [];
		const errors = [];
		for (const input of inputs) {
			if (!input.name || !input.label || !input.groupName || !input.type || !input.fieldType)
				return refusal(400, 'VALIDATION_ERROR', 'Invalid input JSON');
			if (properties.has(input.name)) {
				errors.push({ category: 'OBJECT_ALREADY_EXISTS', message: `A property named '${input.name}' already exists.` });
				continue;
			}
			properties.set(input.name, input);
			results.push(input);
		}
		const answer = { status: 'COMPLETE', results };
		return errors.length > 0
			? { status: 207, body: { ...answer, numErrors: errors.length, errors } }
			: { status: 201, body: answer };
	}

	function faultOf({ idProperty, id, properties: given }) {
		if (!properties.get(idProperty)?.hasUniqueValue) return `Property ${idProperty} is not unique`;
		if (!id) return 'id is missing';
		const unknown = Object.keys(given).find((name) => !properties.has(name));
		if (unknown) return `Property "${unknown}" does not exist`;
		const wrong = Object.entries(given).find(
			([name, value]) => properties.get(name).type === 'number' && Number.isNaN(Number(value)),
		);
		return wrong && `${wrong[1]} was not a valid number.`;
	}

	function upsert({ inputs }) {
		const fault = inputs.map(faultOf).find(Boolean);
		if (fault) return refusal(400, 'VALIDATION_ERROR', fault);
		const results = inputs.map(({ idProperty, id, properties: given }) => {
			const known = [...contacts].find(([, contact]) => contact[idProperty] === id)?.[0];
			const key = known ?? String(1001 + contacts.size);
			const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
			contacts.set(key, { ...contacts.get(key), ...texts, [idProperty]: id });
			return { id: key, new: known === undefined, properties: contacts.get(key) };
		});
		return { body: { status: 'COMPLETE', results } };
	}

	function answer({ method, path, headers, json }) {
		if (headers.authorization !== `Bearer ${token}`)
			return refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
		if (method === 'POST' && path === '/crm/v3/properties/contacts/batch/create') return makeProperties(json);
		if (method !== 'POST' || path !== '/crm/v3/objects/contacts/batch/upsert')
			return refusal(404, 'OBJECT_NOT_FOUND', `resource not found: ${path}`);
		if (failures > 0) {
			failures -= 1;
			return refusal(502, 'GATEWAY', 'Bad gateway');
		}
		return upsert(json);
	}

	return { hosts: ['api.hubapi.com'], answer, contacts, properties, fail: (times) => void (failures += times) };
}
