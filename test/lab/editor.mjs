/** n8n's marks for its tests. @param {string} name */
const mark = (name) => `[data-test-id="${name}"]`;

/** n8n's editor (2.x) as a person uses it: every step is a click or a key, and waits for what it leads to. */
export class Editor {
	/**
	 * @param {import('playwright-core').Page} page
	 * @param {string} url - n8n's, without a slash at the end
	 */
	constructor(page, url) {
		this.page = page;
		this.url = url;
		this.creator = page.locator(mark('node-creator'));
		this.panel = page.locator(mark('ndv'));
		this.parameters = page.locator(mark('node-parameters'));
		this.parametersPanel = page.locator(mark('ndv')).locator(':has(> ' + mark('node-parameters') + ')');
		this.addOption = this.parameters.locator(mark('collection-parameter-add')).last();
		this.input = page.locator(mark('ndv-input-panel'));
		this.output = page.locator(mark('output-panel'));
		this.credential = page.locator(mark('editCredential-modal'));
	}

	/** @param {{ email: string, password: string }} account @returns {Promise<void>} */
	async logIn({ email, password }) {
		await this.page.goto(`${this.url}/signin`);
		await this.page.fill('input[name=emailOrLdapLoginId]', email);
		await this.page.fill('input[name=password]', password);
		await this.page.click(mark('form-submit-button'));
		await this.page.waitForURL(/\/(home|workflow)/);
	}

	/** Opens a new, empty workflow. @returns {Promise<void>} */
	async openNewWorkflow() {
		await this.page.goto(`${this.url}/workflow/new`);
		await this.page.locator(mark('canvas-add-button')).waitFor();
	}

	/** Opens a saved workflow, all of it in sight. @param {string} id @returns {Promise<void>} */
	async openWorkflow(id) {
		await this.page.goto(`${this.url}/workflow/${id}`);
		await this.page.locator(mark('canvas-node')).first().waitFor();
		await this.fit();
	}

	/** Shows the whole workflow. @returns {Promise<void>} */
	async fit() {
		await this.page.click(mark('zoom-to-fit'));
		// the canvas glides to its place
		await this.page.waitForTimeout(600);
	}

	/** A node on the canvas. @param {string} name */
	node(name) {
		return this.page.locator(`${mark('canvas-node')}[data-node-name="${name}"]`);
	}

	/**
	 * Opens the node search, which has to be closed, and types into it.
	 *
	 * @param {string} word
	 * @param {{ behind?: string }} [options] - the node that what is chosen goes behind
	 * @returns {Promise<string[]>} the names that it finds, the best first
	 */
	async searchNodes(word, { behind } = {}) {
		// one that is just closing would swallow what is typed
		await this.creator.waitFor({ state: 'hidden' });
		const plus = behind
			? this.node(behind).locator(`${mark('canvas-handle-plus-wrapper')} path`)
			: this.page.locator(`${mark('canvas-add-button')}, ${mark('node-creator-plus-button')}`);
		await plus.first().click();
		await this.page.fill(mark('node-creator-search-bar'), word);
		const names = this.creator.locator(mark('node-creator-item-name'));
		await names.first().waitFor();
		// the list follows the typing with a delay
		await this.page.waitForTimeout(600);
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Clicks something in the node search: a node, an action. @param {string} name @returns {Promise<void>} */
	async choose(name) {
		await this.creator.getByText(name, { exact: true }).first().click();
	}

	/** The files of the icons in a part of the page, each once, when they are drawn. @param {import('playwright-core').Locator} place @returns {Promise<string[]>} */
	async iconsIn(place) {
		const images = place.locator('img');
		await images.first().waitFor();
		const sources = await images.evaluateAll((all) =>
			Promise.all(all.map((image) => image.decode().then(() => image.src))),
		);
		return [...new Set(sources.map((source) => source.split('/').at(-1)))];
	}

	/** Opens a node's panel. @param {string} name @returns {Promise<void>} */
	async openPanel(name) {
		await this.node(name).dblclick();
		await this.parameters.waitFor();
	}

	/** @returns {Promise<void>} */
	async closePanel() {
		await this.page.click(mark('ndv-close-button'));
		await this.parameters.waitFor({ state: 'hidden' });
	}

	/** Makes the output, or the input, wider. @param {number} distance - in pixels, to the right; negative: to the left */
	async movePanel(distance) {
		const { x, y, width, height } = await this.page.locator(mark('panel-drag-button')).boundingBox();
		await this.page.mouse.move(x + width / 2, y + height / 2);
		await this.page.mouse.down();
		await this.page.mouse.move(x + width / 2 + distance, y + height / 2, { steps: 10 });
		await this.page.mouse.up();
	}

	/** A parameter's field, of a node or of a credential. @param {string} name - as in the description */
	field(name) {
		return this.page.locator(mark(`parameter-input-${name}`));
	}

	/** Types a value, and leaves the field. @param {string} name @param {string} value @returns {Promise<void>} */
	async fill(name, value) {
		const input = this.field(name).locator('input, textarea').first();
		await input.fill(value);
		await input.press('Tab');
	}

	/** Chooses from a list. @param {string} name @param {string} option - as displayed @returns {Promise<void>} */
	async select(name, option) {
		await this.field(name).click();
		await this.page
			.locator('.el-select-dropdown__item:visible')
			.filter({ has: this.page.getByText(option, { exact: true }) })
			.first()
			.click();
	}

	/** @param {string} name @returns {Promise<void>} */
	async toggle(name) {
		await this.field(name).locator('.el-switch').click();
	}

	/** Runs the node whose panel is open, and waits until n8n has done so. @returns {Promise<void>} */
	async executeStep() {
		const button = this.page.locator(mark('node-execute-button'));
		await button.click();
		await this.output
			.locator(`${mark('node-run-status-success')}, ${mark('node-run-status-danger')}, ${mark('node-error-message')}`)
			.first()
			.waitFor();
		await this.page.locator(mark('node-execute-button')).filter({ hasText: 'Execute step' }).waitFor();
	}

	/** How the output is shown. @param {'schema' | 'table' | 'json'} view @returns {Promise<void>} */
	async viewOutputAs(view) {
		await this.output.locator(mark(`radio-button-${view}`)).click();
	}

	/** Saves the credential whose form is open; n8n tests it then. @returns {Promise<void>} */
	async saveCredential() {
		await this.credential.locator(mark('credential-save-button')).click();
	}

	/** @returns {Promise<void>} */
	async closeCredential() {
		await this.credential.locator('.el-dialog__headerbtn, button[aria-label*="lose"]').first().click();
		await this.credential.waitFor({ state: 'hidden' });
	}

	/** The user's own theme, as the settings have it. @param {'Light theme' | 'Dark theme'} theme @returns {Promise<void>} */
	async setTheme(theme) {
		await this.page.goto(`${this.url}/settings/personal`);
		await this.page.click(mark('theme-select'));
		await this.page.locator('.el-select-dropdown__item:visible').filter({ hasText: theme }).click();
		await this.page.click(mark('save-settings-button'));
		await this.page.getByText('Personal details updated').waitFor();
	}
}
