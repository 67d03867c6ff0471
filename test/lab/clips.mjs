import { workflowEdges } from './in-page.mjs';

/** @typedef {{ x: number, y: number, width: number, height: number }} Clip - a part of the page, in CSS pixels */

const whole = ({ left, top, right, bottom }) => ({
	x: Math.round(left),
	y: Math.round(top),
	width: Math.round(right - left),
	height: Math.round(bottom - top),
});

/**
 * The smallest part of the page that holds all of some elements.
 *
 * @param {import('playwright-core').Locator[]} locators - each of one visible element
 * @param {number} [margin] - around it, in CSS pixels
 * @returns {Promise<Clip>} not beyond the viewport
 */
export async function around(locators, margin = 0) {
	const boxes = await Promise.all(
		locators.map(async (locator) => {
			await locator.waitFor();
			return await locator.boundingBox();
		}),
	);
	const { width, height } = locators[0].page().viewportSize();
	return whole({
		left: Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin),
		top: Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin),
		right: Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin),
		bottom: Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin),
	});
}

/** A part of the page down to the end of an element. @param {Clip} clip @param {import('playwright-core').Locator} last @param {number} [margin] @returns {Promise<Clip>} */
export async function downTo(clip, last, margin = 16) {
	const { y, height } = await last.boundingBox();
	return { ...clip, height: Math.round(Math.min(clip.height, y + height + margin - clip.y)) };
}

/**
 * The part of the canvas that holds the workflow, its labels and notes.
 *
 * @param {import('playwright-core').Page} page - with a workflow open
 * @param {number} [margin] - around it, in CSS pixels
 * @returns {Promise<Clip>}
 */
export async function aroundWorkflow(page, margin = 28) {
	return whole(await page.evaluate(workflowEdges, margin));
}
