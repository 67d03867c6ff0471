const refusal = (status, category, message) => ({ status, body: { status: 'error', category, message } });

/**
 * HubSpot's contacts: makes properties, and finds contacts, and creates or updates them by a property whose values are unique or by ID.
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
		return faultOfProperties(given);
	}

	function faultOfProperties(given) {
		const unknown = Object.keys(given).find((name) => !properties.has(name));
		if (unknown) return `Property "${unknown}" does not exist`;
		const wrong = Object.entries(given).find(
			([name, value]) => properties.get(name).type === 'number' && Number.isNaN(Number(value)),
		);
		return wrong && `${wrong[1]} was not a valid number.`;
	}

	function save(key, given) {
		const texts = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
		contacts.set(key, { ...contacts.get(key), ...texts });
		return { id: key, properties: contacts.get(key) };
	}

	function upsert({ inputs }) {
		if (inputs.length > 100) return refusal(400, 'VALIDATION_ERROR', 'A batch has at most 100 inputs');
		const fault = inputs.map(faultOf).find(Boolean);
		if (fault) return refusal(400, 'VALIDATION_ERROR', fault);
		const results = inputs.map(({ idProperty, id, properties: given }) => {
			const known = [...contacts].find(([, contact]) => contact[idProperty] === id)?.[0];
			const key = known ?? String(1001 + contacts.size);
			return { ...save(key, { ...given, [idProperty]: id }), new: known === undefined };
		});
		return { body: { status: 'COMPLETE', results } };
	}

	/** Contacts in which every filter of any group fits (HubSpot's search, operator EQ alone), oldest first. */
	function search({ filterGroups = [], limit = 10 }) {
		const filters = filterGroups.flatMap((group) => group.filters);
		const unknown = filters.find(({ propertyName }) => !properties.has(propertyName));
		if (unknown)
			return refusal(400, 'VALIDATION_ERROR', `There was a problem with the request: ${unknown.propertyName}`);
		if (filterGroups.length > 5) return refusal(400, 'VALIDATION_ERROR', 'A maximum of 5 filterGroups is allowed');
		if (filters.some(({ operator, value }) => operator !== 'EQ' || !value))
			return refusal(400, 'VALIDATION_ERROR', 'A filter has no value');
		const found = [...contacts].filter(([, contact]) =>
			filterGroups.some((group) => group.filters.every(({ propertyName, value }) => contact[propertyName] === value)),
		);
		const results = found.slice(0, limit).map(([id, contact]) => ({ id, properties: contact }));
		return { body: { total: found.length, results } };
	}

	function update({ inputs }) {
		const missing = inputs.find(({ id }) => !contacts.has(id));
		if (missing) return refusal(404, 'OBJECT_NOT_FOUND', `contact ${missing.id} not found`);
		const fault = inputs.map(({ properties: given }) => faultOfProperties(given)).find(Boolean);
		if (fault) return refusal(400, 'VALIDATION_ERROR', fault);
		const results = inputs.map(({ id, properties: given }) => save(id, given));
		return { body: { status: 'COMPLETE', results } };
	}

	const ROUTES = {
		'/crm/v3/objects/contacts/batch/update': update,
		'/crm/v3/objects/contacts/batch/upsert': upsert,
		'/crm/v3/objects/contacts/search': search,
	};

	function answer({ method, path, headers, json }) {
		if (headers.authorization !== `Bearer ${token}`)
			return refusal(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found.');
		if (method === 'POST' && path === '/crm/v3/properties/contacts/batch/create') return makeProperties(json);
		if (method !== 'POST' || !Object.hasOwn(ROUTES, path))
			return refusal(404, 'OBJECT_NOT_FOUND', `resource not found: ${path}`);
		if (failures > 0) {
			failures -= 1;
			return refusal(502, 'GATEWAY', 'Bad gateway');
		}
		return ROUTES[path](json);
	}

	return { hosts: ['api.hubapi.com'], answer, contacts, properties, fail: (times) => void (failures += times) };
}
