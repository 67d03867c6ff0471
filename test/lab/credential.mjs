/**
 * The fields of the credential `laiguApi` for the account of a simulator, by its access token.
 *
 * @param {{ url: string, account: { accessToken: string, enterpriseId: string | number } }} simulator
 */
export const tokenCredential = ({ url, account }) => ({
	authentication: 'accessToken',
	accessToken: account.accessToken,
	enterpriseId: `${account.enterpriseId}`,
	baseUrl: url,
	allowHttp: false,
});

/**
 * The same account by its app ID and sign.
 *
 * @param {{ url: string, account: { appId: string, sign: string, enterpriseId: string | number } }} simulator
 */
export const signCredential = ({ url, account }) => ({
	authentication: 'appSign',
	appId: account.appId,
	signSecret: account.sign,
	enterpriseId: `${account.enterpriseId}`,
	baseUrl: url,
	allowHttp: false,
});
