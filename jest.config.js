'use strict';

// LAIGU_N8N_LINE=1 runs the same tests on n8n-core and n8n-workflow of n8n 1.123, the oldest line that the package supports.
const onOldLine = process.env.LAIGU_N8N_LINE === '1';

// LAIGU_PACKAGE=zh runs the engine's tests on the Chinese package, and looks up what it says in the dictionary.
const isChinese = process.env.LAIGU_PACKAGE === 'zh';

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/{unit,engine,hostile,package,docs}/**/*.test.ts'],
	// github-slugger is published as an ES module
	transformIgnorePatterns: ['/node_modules/(?!github-slugger/)'],
	transform: {
		'\\.(ts|mjs)$|github-slugger/.*\\.js$': [
			'@swc/jest',
			{ jsc: { target: 'es2022', parser: { syntax: 'typescript' } } },
		],
	},
	...(isChinese && { setupFilesAfterEnv: ['<rootDir>/test/chinese/expectInEnglish.ts'] }),
	moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
	moduleNameMapper: {
		// tests are typed by the sources and run what is built and published; a package with a folder of that name imports with .js
		'^(?:\\.\\./)+(nodes|credentials)/(.*)(?<!\\.js)$': isChinese
			? '<rootDir>/dist-zh/dist/$1/$2.js'
			: '<rootDir>/dist/$1/$2.js',
		...(onOldLine && { '^n8n-workflow$': 'n8n-workflow-1', '^n8n-core$': 'n8n-core-1' }),
	},
	collectCoverageFrom: ['dist/{nodes,credentials}/**/*.js'],
	// counted by V8: two thirds of the processor time that counters in the code add
	coverageProvider: 'v8',
	coverageDirectory: 'coverage',
	coverageThreshold: { global: { lines: 95 } },
	// more than there are cores: some of a test's time is waiting
	maxWorkers: 4,
	// only against a test that hangs; nothing is said by it of how fast things are
	testTimeout: 600_000,
};
