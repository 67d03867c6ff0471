import { randomBytes } from 'node:crypto';

const TABLE = /^\/open-apis\/bitable\/v1\/apps\/([^/]+)\/tables\/([^/]+)\/records(?:\/([^/]+))?$/;

/** Feishu says what is wrong in `code`, mostly under HTTP 200. */
const code = (number, msg, status = 200) => ({ status, body: { code: number, msg } });
const success = (data) => ({ body: { code: 0, msg: 'success', data } });

/**
 * Feishu with one Bitable of text fields: the tenant's token, looking for records, adding and updating them.
 *
 * @param {{ appId: string, appSecret: string, appToken: string, tableId: string, fields: string[] }} account
 * @returns {import('./outside.mjs').StandIn & { records: Map<string, Record<string, string>>, busy: (times: number) => void }}
 *   `records`: by their ID; `busy`: so many requests about records are refused with "too many requests" under HTTP 200
 */
export function createFeishu({ appId, appSecret, appToken, tableId, fields }) {
	const records = new Map();
	const tokens = new Set();
	let refusals = 0;

	function token({ json }) {
		if (json?.app_id !== appId) return code(10003, 'invalid param');
		if (json.app_secret !== appSecret) return code(10014, 'app secret invalid');
		const given = `t-${randomBytes(8).toString('hex')}`;
		tokens.add(given);
		return { body: { code: 0, msg: 'ok', tenant_access_token: given, expire: 7200 } };
	}

	/** Text comes back as a list of parts. */
	const shown = ([id, record]) => ({
		record_id: id,
		fields: Object.fromEntries(Object.entries(record).map(([name, text]) => [name, [{ text, type: 'text' }]])),
	});

	function find({ filter }) {
		const [{ field_name: name, operator, value } = {}] = filter?.conditions ?? [];
		if (!fields.includes(name) || operator !== 'is' || !Array.isArray(value)) return code(1254018, 'InvalidFilter');
		const items = [...records].filter(([, record]) => record[name] === value[0]).map(shown);
		return success({ has_more: false, total: items.length, items });
	}

	function save(id, given) {
		const names = Object.keys(given ?? {});
		if (names.some((name) => !fields.includes(name))) return code(1254045, 'FieldNameNotFound');
		if (Object.values(given).some((value) => typeof value !== 'string')) return code(1254060, 'TextFieldConvFail');
		const record = { ...records.get(id), ...given };
		records.set(id, record);
		return success({ record: { record_id: id, fields: record } });
	}

	function answer({ method, path, headers, json }) {
		if (path === '/open-apis/auth/v3/tenant_access_token/internal') return token({ json });
		const [, app, table, rest] = TABLE.exec(path) ?? [];
		if (!app) return code(99991672, 'not found', 404);
		if (!tokens.has(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]))
			return code(99991663, 'Invalid access token for authorization. Please make a test with token attached.', 400);
		if (app !== appToken) return code(91402, 'NOTEXIST');
		if (table !== tableId) return code(1254041, 'TableIdNotFound');
		if (refusals > 0) {
			refusals -= 1;
			return code(1254290, 'TooManyRequest');
		}
		if (method === 'POST' && rest === 'search') return find(json);
		if (method === 'POST' && !rest) return save(`rec${randomBytes(6).toString('hex')}`, json?.fields);
		if (method === 'PUT' && records.has(rest)) return save(rest, json?.fields);
		return code(1254043, 'RecordIdNotFound');
	}

	return { hosts: ['open.feishu.cn'], answer, records, busy: (times) => void (refusals += times) };
}
