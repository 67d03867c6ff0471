import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import redos from 'eslint-plugin-redos';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

export default defineConfig(
	{ ignores: ['dist/', 'dist-zh/', 'coverage/', 'node_modules/'] },
	// a comment must not be able to switch a rule off, here as in n8n's verification
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },

	{
		files: ['**/*.{js,cjs,mjs}'],
		extends: [js.configs.recommended],
		languageOptions: { globals: globals.node, ecmaVersion: 'latest' },
	},
	{
		files: ['test/lab/in-page.mjs', 'test/simulator/page/browser/*.mjs'],
		languageOptions: { globals: globals.browser },
	},
	{ files: ['**/*.js', '**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked],
		languageOptions: { parserOptions: { project: 'tsconfig.test.json', tsconfigRootDir: import.meta.dirname } },
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/return-await': ['error', 'always'],
			'@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
			// n8n's interfaces want promises, also where nothing is awaited
			'@typescript-eslint/require-await': 'off',
		},
	},

	// plain objects of functions are taken apart in tests, where no `this` is in play
	{ files: ['test/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },

	// strangers' texts reach these patterns: none may take time that grows faster than the text
	{
		files: SHIPPED,
		plugins: { redos },
		rules: { 'redos/no-vulnerable': ['error', { timeout: 30_000, cache: false }] },
	},

	// n8n's rules, for what is published and for package.json: the same sets as n8n's verification scan
	{
		...n8nCommunityNodesPlugin.configs.recommended,
		files: [...SHIPPED, 'package.json'],
	},
	{ files: ['package.json', '**/*.node.json'], languageOptions: { parser: tseslint.parser } },
	{
		files: ['package.json'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: n8nNodesBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// wants a name in n8n's own documentation, which community packages do not have
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// superseded by the more exact rule of the community plugin
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// both want the literal 'main' where n8n's own constant is used
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// some of Laigu's figures do have an upper bound
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
);
