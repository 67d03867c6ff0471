/**
 * The words that a person reads in a part of the page: texts, and the values of fields, from the top down. Like
 * everything in this file it runs inside the browser, so it uses nothing from outside itself.
 *
 * @param {import('./clips.mjs').Clip} clip
 * @returns {string} the texts, separated by ` | `; secrets as `***`
 */
export function visibleText(clip) {
	const right = clip.x + clip.width;
	const bottom = clip.y + clip.height;
	const isSeen = ({ left, top, width, height }, element) => {
		if (width === 0 || height === 0) return false;
		const x = left + width / 2;
		const y = top + height / 2;
		if (x < clip.x || x > right || y < clip.y || y > bottom) return false;
		const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
		// what lies on top there: the text's own element, or one around or inside it
		const highest = document.elementFromPoint(x, y);
		return shown && highest !== null && (highest.contains(element) || element.contains(highest));
	};
	const seen = [];
	const keep = (text, boxes, element) => {
		const box = text && boxes.find((one) => isSeen(one, element));
		if (box) seen.push({ text, line: Math.round(box.top / 4), x: box.left });
	};
	const range = document.createRange();
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
	while (walker.nextNode()) {
		const node = walker.currentNode;
		if (node.nodeType === Node.TEXT_NODE) {
			const text = node.data.replace(/\s+/g, ' ').trim();
			range.selectNodeContents(node);
			keep(text, [...range.getClientRects()], node.parentElement);
		} else if (/^(INPUT|TEXTAREA)$/.test(node.tagName) && !/^(checkbox|radio)$/.test(node.type)) {
			const value = node.type === 'password' ? node.value && '***' : node.value || node.placeholder;
			keep(value.trim(), [node.getBoundingClientRect()], node);
		}
	}
	// n8n's lists are not in the page in the order in which they are seen
	seen.sort((one, other) => one.line - other.line || one.x - other.x);
	return seen.map(({ text }) => text).join(' | ');
}

/** Whether all that the page shows is drawn: its fonts are there, and its pictures. @returns {boolean} */
export function isDrawn() {
	return document.fonts.status === 'loaded' && [...document.images].every((image) => image.complete);
}

/**
 * The edges of the workflow on n8n's canvas: its nodes with their labels, and its notes.
 *
 * @param {number} margin - around it, in CSS pixels
 * @returns {{ left: number, top: number, right: number, bottom: number }} in CSS pixels, not beyond the canvas
 */
export function workflowEdges(margin) {
	const range = document.createRange();
	const boxesOf = (node) => {
		const boxes = [node.getBoundingClientRect()];
		// a note's text may continue below its edge, unseen
		if (node.querySelector('[data-test-id="sticky"]')) return boxes;
		const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			range.selectNodeContents(texts.currentNode);
			boxes.push(...range.getClientRects());
		}
		return boxes.filter(({ width, height }) => width > 0 && height > 0);
	};
	const boxes = [...document.querySelectorAll('.vue-flow__node')].flatMap(boxesOf);
	const canvas = document.querySelector('[data-test-id="canvas"]').getBoundingClientRect();
	return {
		left: Math.max(canvas.left, Math.min(...boxes.map(({ left }) => left)) - margin),
		top: Math.max(canvas.top, Math.min(...boxes.map(({ top }) => top)) - margin),
		right: Math.min(canvas.right, Math.max(...boxes.map(({ right }) => right)) + margin),
		bottom: Math.min(canvas.bottom, Math.max(...boxes.map(({ bottom }) => bottom)) + margin),
	};
}

/** The test id of the element that has the keyboard. @returns {string | undefined} */
export function focusedTestId() {
	return document.activeElement?.dataset.testId;
}

/** How wide the page is, and how wide the window: in CSS pixels. @returns {[number, number]} */
export function widths() {
	return [document.documentElement.scrollWidth, innerWidth];
}

/**
 * What a page of another site gets when it presses a button of the simulator's page, reads it, or shows it in a frame.
 *
 * @param {string} url - the simulator's
 * @returns {Promise<string[]>} of each attempt: `refused` where the browser gives nothing
 */
export async function driveFromElsewhere(url) {
	const attempt = async (path, options) =>
		await fetch(url + path, options).then(
			({ type, ok }) => `${type} ${ok}`,
			() => 'refused',
		);
	const button = '/simulator/actions/sendLead';
	const press = { method: 'POST', body: '{}' };
	const frame = document.createElement('iframe');
	frame.src = url;
	const framed = new Promise((resolve) => frame.addEventListener('load', resolve));
	document.body.append(frame);
	await framed;
	return [
		await attempt(button, press),
		await attempt(button, { ...press, mode: 'no-cors' }),
		await attempt(button, { ...press, headers: { 'content-type': 'application/json' } }),
		await attempt('/simulator/events', {}),
		await attempt('/', {}),
		frame.contentDocument === null ? 'refused' : 'shown',
	];
}
