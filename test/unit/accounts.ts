export const TOKEN = Object.freeze({
	authentication: 'accessToken',
	accessToken: 'token-0123456789abcdef',
	enterpriseId: '12345',
	baseUrl: 'https://api.laigu.com',
});

export const APP_SIGN = Object.freeze({
	authentication: 'appSign',
	appId: 'a0123456789abcdef0123456789abcde',
	signSecret: 'b0123456789abcdef0123456789abcde',
	enterpriseId: '12345',
	baseUrl: 'https://api.laigu.com',
});
