import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

import { ROOT } from './tarball';

/** Every file of a folder, with its path from the checkout. */
const filesOf = (folder: string) =>
	readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file));

const read = (file: string) => parse(readFileSync(path.join(ROOT, file), 'utf8')) as unknown;

interface Manifest {
	repository: { url: string };
	devDependencies: Record<string, string>;
}
const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as Manifest;

test('every file names the repository by the address that package.json has', () => {
	const { url } = manifest.repository;
	const [, home] = /github\.com\/(.+)\.git$/.exec(url) ?? [];
	const documents = readdirSync(ROOT).filter((file) => /\.md$|^package\.json$/.test(file));
	const files = [...documents, ...['nodes', 'credentials', 'docs', '.github', 'examples'].flatMap(filesOf)];
	const named = files
		.filter((file) => /\.(md|json|ts|ya?ml)$/.test(file))
		.flatMap((file) => [
			...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/github\.com\/([\w.-]+\/n8n-nodes-laigu)\b/g),
		])
		.map((match) => match[1]);
	expect(named.length).toBeGreaterThan(15);
	expect([...new Set(named)]).toEqual([home]);
});

describe('dependabot.yml', () => {
	interface Update {
		'package-ecosystem': string;
		directory: string;
		schedule: { interval: string };
		ignore?: Array<{ 'dependency-name': string; 'update-types'?: string[] }>;
	}
	const { version, updates } = read('.github/dependabot.yml') as { version: number; updates: Update[] };
	const ignored = updates.flatMap(({ ignore = [] }) => ignore);

	it('looks after npm packages and actions', () => {
		expect(version).toBe(2);
		expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['github-actions', 'npm']);
		for (const { directory, schedule } of updates) {
			expect(directory).toBe('/');
			expect(schedule.interval).toBe('weekly');
		}
	});

	it('ignores only packages that are there', () => {
		for (const rule of ignored) expect(Object.keys(manifest.devDependencies)).toContain(rule['dependency-name']);
	});

	it("leaves n8n's own packages and the linter's version to people", () => {
		const never = ignored.filter((rule) => !rule['update-types']).map((rule) => rule['dependency-name']);
		const byHand = Object.keys(manifest.devDependencies).filter((name) =>
			/^n8n-(core|workflow)|^(@eslint\/js|eslint)$/.test(name),
		);
		expect(never.sort()).toEqual(byHand.sort());
	});

	it('keeps the majors that Node 20 and CommonJS tests need', () => {
		const kept = ignored.filter((rule) => rule['update-types']?.includes('version-update:semver-major'));
		const majors = kept.map(({ 'dependency-name': name }) => `${name} ${manifest.devDependencies[name].split('.')[0]}`);
		expect(majors).toEqual(
			expect.arrayContaining([
				'jest 30',
				'@types/jest 30',
				'undici 7',
				'@types/node 20',
				'string-width 4',
				'typescript 5',
			]),
		);
	});
});

describe('issue forms', () => {
	interface Field {
		type: string;
		id?: string;
		attributes: { label?: string; value?: string; options?: unknown[] };
		validations?: { required?: boolean };
	}
	interface Form {
		name: string;
		description: string;
		labels: string[];
		body: Field[];
	}
	const folder = '.github/ISSUE_TEMPLATE';
	const forms = readdirSync(path.join(ROOT, folder)).filter((name) => name !== 'config.yml');

	it('are one for bugs and one for ideas', () => {
		expect(forms.sort()).toEqual(['bug.yml', 'idea.yml']);
	});

	it.each(forms)('%s has what GitHub asks of a form', (name) => {
		const form = read(`${folder}/${name}`) as Form;
		expect(form).toEqual({
			name: expect.any(String) as string,
			description: expect.any(String) as string,
			labels: [expect.any(String)],
			body: expect.any(Array) as Field[],
		});
		const inputs = form.body.filter(({ type }) => type !== 'markdown');
		expect(inputs.length).toBeGreaterThan(0);
		expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
		for (const { type, id, attributes } of form.body) {
			expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
			if (type === 'markdown') expect(attributes.value).toBeTruthy();
			else expect([id, attributes.label]).toEqual([expect.stringMatching(/^[\w-]+$/), expect.any(String)]);
			if (type === 'dropdown' || type === 'checkboxes') expect(attributes.options?.length).toBeGreaterThan(0);
		}
	});

	it('for bugs ask for the versions, for the raw answer, and for no private data', () => {
		const { body } = read(`${folder}/bug.yml`) as Form;
		const required = body.filter(({ validations }) => validations?.required).map(({ id }) => id);
		expect(required).toEqual(expect.arrayContaining(['package-version', 'n8n-version', 'node-version', 'happened']));
		expect(body.find(({ id }) => id === 'answer')?.attributes.label).toBe("Laigu's raw answer, without personal data");
		const promise = body.find(({ id }) => id === 'private')?.attributes.options as Array<{ required: boolean }>;
		expect(promise.map((option) => option.required)).toEqual([true]);
	});

	it('send weaknesses to a private place', () => {
		const config = read(`${folder}/config.yml`) as {
			blank_issues_enabled: boolean;
			contact_links: Array<{ name: string; url: string; about: string }>;
		};
		const home = manifest.repository.url.replace(/^git\+|\.git$/g, '');
		expect(config.blank_issues_enabled).toBe(false);
		for (const { name, url, about } of config.contact_links) {
			expect([name, about]).toEqual([expect.any(String), expect.any(String)]);
			expect(new URL(url).protocol).toBe('https:');
		}
		const advisory = `${home}/security/advisories/new`;
		expect(config.contact_links.map(({ url }) => url)).toContain(advisory);
		expect(readFileSync(path.join(ROOT, 'SECURITY.md'), 'utf8')).toContain(advisory);
	});
});
