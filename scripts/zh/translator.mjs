import ts from 'typescript';
import { isNameOfTrigger, isText, textOf } from './literals.mjs';

/** Chinese as it is, not as \u escapes: a third of the size, and a person can find it. */
const legible = (node) => ts.setEmitFlags(node, ts.EmitFlags.NoAsciiEscaping);

/**
 * Replaces the texts of source files by their translations.
 *
 * @param {Record<string, string>} dictionary - translations by text; what is filled in stands as {0}, {1}, … and may come in another order
 * @returns {{ transformer: import('typescript').TransformerFactory<import('typescript').SourceFile>, missing: () => string[], unused: () => string[] }}
 *   `transformer`: for `emit`; `missing`: texts without a translation; `unused`: translations without a text
 */
export function createTranslator(dictionary) {
	const used = new Set();
	const missing = new Set();

	function translationOf(text) {
		used.add(text);
		if (Object.hasOwn(dictionary, text)) return dictionary[text];
		missing.add(text);
		return text;
	}

	const transformer = (context) => (file) => {
		const { factory } = context;

		function translated(node) {
			const translation = translationOf(textOf(node)) + (isNameOfTrigger(node) ? ' Trigger' : '');
			if (!ts.isTemplateExpression(node)) return legible(factory.createStringLiteral(translation));
			const [head, ...parts] = translation.split(/\{(\d+)\}/);
			const spans = [];
			for (let at = 0; at < parts.length; at += 2) {
				const filled = node.templateSpans[Number(parts[at])];
				if (!filled) throw new Error(`No {${parts[at]}} in: ${textOf(node)}`);
				const isLast = at + 2 >= parts.length;
				const create = isLast ? factory.createTemplateTail : factory.createTemplateMiddle;
				const literal = legible(create(parts[at + 1]));
				spans.push(factory.createTemplateSpan(ts.visitNode(filled.expression, visit), literal));
			}
			return spans.length > 0
				? factory.createTemplateExpression(legible(factory.createTemplateHead(head)), spans)
				: legible(factory.createStringLiteral(head));
		}

		const visit = (node) => (isText(node) ? translated(node) : ts.visitEachChild(node, visit, context));
		return ts.visitNode(file, visit);
	};

	return {
		transformer,
		missing: () => [...missing],
		unused: () => Object.keys(dictionary).filter((text) => !used.has(text)),
	};
}
