/**
 * @typedef {object} TableStandIn
 * @property {Array<Record<string, any>>} rows - what was written, in plain values: dates as milliseconds, lists as texts
 * @property {(times: number, after?: number) => void} busy - so many requests are refused as too many, after so many that are not
 */

/** What a column takes. A cell that is left out stays empty. */
const COLUMNS = { trackId: 'text', name: 'text', phone: 'phone', channel: 'text', tags: 'options', createdAt: 'date' };

const isText = (value) => typeof value === 'string';
const isTime = (value) => Number.isInteger(value) && value > 1e12 && value < 1e13;

/** Feishu and DingTalk: plain values, dates as numbers, options by name. */
const PLAIN = {
	text: (value) => (isText(value) ? value : undefined),
	phone: (value) => (isText(value) && /^[+\d]+$/.test(value) ? value : undefined),
	options: (value) => (Array.isArray(value) && value.every(isText) ? value : undefined),
	date: (value) => (isTime(value) ? value : undefined),
};

/** WeCom and Tencent Docs: texts and options in parts, dates as text. */
const PARTS = {
	text: (value) =>
		Array.isArray(value) && value.every(({ type, text }) => type === 'text' && isText(text))
			? value[0].text
			: undefined,
	phone: PLAIN.phone,
	options: (value) =>
		Array.isArray(value) && value.every(({ text }) => isText(text)) ? value.map(({ text }) => text) : undefined,
	date: (value) => (isText(value) && isTime(Number(value)) ? Number(value) : undefined),
};

/** A row in plain values, or the name of the column that cannot be read. */
function readRow(cells, readings) {
	const row = {};
	for (const [name, cell] of Object.entries(cells ?? {})) {
		const value = COLUMNS[name] && readings[COLUMNS[name]](cell);
		if (value === undefined) return { fault: name };
		row[name] = value;
	}
	return { row };
}

/** A table that takes so many rows at once. */
function createTable(readings, most) {
	let refusals = 0;
	let spared = 0;
	const table = { rows: [], busy: (times, after = 0) => void ([refusals, spared] = [times, after]) };
	/** @returns {'busy' | 'tooMany' | `column ${string}` | undefined} why nothing was written */
	table.write = (records) => {
		if (spared > 0) spared -= 1;
		else if (refusals > 0) {
			refusals -= 1;
			return 'busy';
		}
		if (!Array.isArray(records) || records.length === 0 || records.length > most) return 'tooMany';
		const read = records.map((cells) => readRow(cells, readings));
		const faulty = read.find(({ fault }) => fault);
		if (faulty) return `column ${faulty.fault}`;
		table.rows.push(...read.map(({ row }) => row));
		return undefined;
	};
	return table;
}

/**
 * A Feishu Bitable with typed columns, 500 records a request; what is wrong is told in `code`, under HTTP 200
 * (https://open.feishu.cn/document/server-docs/docs/bitable-v1/app-table-record/batch_create).
 *
 * @param {{ appId: string, appSecret: string }} account
 * @returns {import('./outside.mjs').StandIn & TableStandIn}
 */
export function createTypedBitable({ appId, appSecret }) {
	const table = createTable(PLAIN, 500);
	function answer({ method, path, headers, json }) {
		if (path === '/open-apis/auth/v3/tenant_access_token/internal')
			return json?.app_id === appId && json.app_secret === appSecret
				? { body: { code: 0, msg: 'ok', tenant_access_token: 't-table', expire: 7200 } }
				: { body: { code: 10014, msg: 'app secret invalid' } };
		if (headers.authorization !== 'Bearer t-table')
			return { status: 400, body: { code: 99991663, msg: 'Invalid access token' } };
		if (method !== 'POST' || !path.endsWith('/tables/TABLE_ID/records/batch_create'))
			return { body: { code: 1254041, msg: 'TableIdNotFound' } };
		const fault = table.write(json?.records?.map(({ fields }) => fields));
		if (fault === 'busy') return { body: { code: 1254290, msg: 'TooManyRequest' } };
		return fault
			? { body: { code: 1254015, msg: `Field types do not match: ${fault}` } }
			: { body: { code: 0, msg: 'success', data: {} } };
	}
	return { hosts: ['open.feishu.cn'], answer, ...table };
}

/**
 * A WeCom smart sheet, 500 records a request; what is wrong is told in `errcode`, under HTTP 200
 * (https://developer.work.weixin.qq.com/document/path/99907).
 *
 * @param {{ corpId: string, corpSecret: string }} account
 * @returns {import('./outside.mjs').StandIn & TableStandIn}
 */
export function createWecomSheet({ corpId, corpSecret }) {
	const table = createTable(PARTS, 500);
	function answer({ path, query, json }) {
		if (path === '/cgi-bin/gettoken')
			return query.get('corpid') === corpId && query.get('corpsecret') === corpSecret
				? { body: { errcode: 0, errmsg: 'ok', access_token: 'wecom-table', expires_in: 7200 } }
				: { body: { errcode: 40001, errmsg: 'invalid credential' } };
		if (query.get('access_token') !== 'wecom-table')
			return { body: { errcode: 40014, errmsg: 'invalid access_token' } };
		if (
			path !== '/cgi-bin/wedoc/smartsheet/add_records' ||
			json?.key_type !== 'CELL_VALUE_KEY_TYPE_FIELD_TITLE' ||
			!json.docid ||
			!json.sheet_id
		)
			return { body: { errcode: 40058, errmsg: 'invalid Request Parameter' } };
		const fault = table.write(json.records?.map(({ values }) => values));
		if (fault === 'busy') return { body: { errcode: 45009, errmsg: 'api freq out of limit' } };
		return fault
			? { body: { errcode: 2022004, errmsg: `invalid value: ${fault}` } }
			: { body: { errcode: 0, errmsg: 'ok', records: [] } };
	}
	return { hosts: ['qyapi.weixin.qq.com'], answer, ...table };
}

/**
 * A DingTalk AI table, 100 records a request; what is wrong is told under HTTP 400 and higher
 * (https://open.dingtalk.com/document/development/api-notable-insertrecords).
 *
 * @param {{ appKey: string, appSecret: string }} account
 * @returns {import('./outside.mjs').StandIn & TableStandIn}
 */
export function createDingtalkTable({ appKey, appSecret }) {
	const table = createTable(PLAIN, 100);
	function answer({ path, query, headers, json }) {
		if (path === '/v1.0/oauth2/accessToken')
			return json?.appKey === appKey && json.appSecret === appSecret
				? { body: { accessToken: 'dingtalk-table', expireIn: 7200 } }
				: { status: 400, body: { code: 'invalidClientIdOrSecret', message: 'invalid appKey or appSecret' } };
		if (headers['x-acs-dingtalk-access-token'] !== 'dingtalk-table')
			return { status: 401, body: { code: 'InvalidAuthentication', message: 'the access token is invalid' } };
		if (path !== '/v1.0/notable/bases/BASE_ID/sheets/SHEET_ID/records' || !query.get('operatorId'))
			return { status: 400, body: { code: 'invalidRequest.inputArgs.invalid', message: 'invalid argument' } };
		const fault = table.write(json?.records?.map(({ fields }) => fields));
		if (fault === 'busy') return { status: 429, body: { code: 'Throttling.Api', message: 'too many requests' } };
		return fault
			? { status: 400, body: { code: 'invalidRequest.inputArgs.invalid', message: fault } }
			: { body: { value: json.records.map((_, at) => ({ id: `rec${at}` })) } };
	}
	return { hosts: ['api.dingtalk.com'], answer, ...table };
}

/**
 * A smart sheet of Tencent Docs; what is wrong is told in `ret`, under HTTP 200
 * (https://docs.qq.com/open/document/app/openapi/v2/smartsheet/record/params.html).
 *
 * @param {{ accessToken: string }} account
 * @returns {import('./outside.mjs').StandIn & TableStandIn}
 */
export function createTencentSheet({ accessToken }) {
	const table = createTable(PARTS, 500);
	function answer({ path, headers, json }) {
		if (headers['access-token'] !== accessToken || !headers['client-id'] || !headers['open-id'])
			return { body: { ret: 400006, msg: 'Authentication Failed' } };
		if (path !== '/openapi/smartbook/v2/files/FILE_ID/sheets/SHEET_ID')
			return { body: { ret: 400001, msg: 'Not Found' } };
		const fault = table.write(json?.addRecords?.records?.map(({ values }) => values));
		if (fault === 'busy') return { body: { ret: 400007, msg: 'Requests Over Limit' } };
		return fault
			? { body: { ret: 400001, msg: fault } }
			: { body: { ret: 0, msg: 'Succeed', data: { addRecords: {} } } };
	}
	return { hosts: ['docs.qq.com'], answer, ...table };
}
