import { chromium } from 'playwright-core';
import { ensurePrograms } from '../../scripts/lib/debian.mjs';
import { onEnd } from '../../scripts/lib/lifecycle.mjs';

const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--font-render-hinting=none',
	// nothing but this machine: the editor's links to elsewhere lead nowhere
	'--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
];

/**
 * A page in Debian's chromium, in Beijing time and, unless told otherwise, in English and the light theme, whatever the machine is set to.
 *
 * @param {{ width: number, height: number }} viewport - in CSS pixels, of which each is a pixel of a picture
 * @param {{ locale?: string, colorScheme?: 'light' | 'dark' }} [options]
 * @returns {Promise<{ page: import('playwright-core').Page, crashes: string[], close: () => Promise<void> }>} `crashes`: exceptions that
 *   nobody caught in the page's scripts
 * @throws {UserError} when chromium, or the fonts for Chinese and emoji, cannot be had
 */
export async function openBrowser(viewport, { locale = 'en-GB', colorScheme = 'light' } = {}) {
	const { chromium: executablePath } = await ensurePrograms(['chromium', 'cjkFont', 'emojiFont'], {
		report: console.log,
	});
	const browser = await chromium.launch({ executablePath, args: FLAGS });
	const close = async () => {
		forget();
		await browser.close();
	};
	const forget = onEnd(close);
	const page = await browser.newPage({
		viewport,
		deviceScaleFactor: 1,
		locale,
		timezoneId: 'Asia/Shanghai',
		colorScheme,
	});
	page.setDefaultTimeout(30_000);
	const crashes = [];
	page.on('pageerror', ({ message }) => crashes.push(message));
	return { page, crashes, close };
}
