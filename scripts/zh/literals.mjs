import ts from 'typescript';

/*
 * Which of the literals in the sources are texts that a person reads: those that read like one, in a place where one can stand. Values, names and formats are none.
 */

/** What they hold goes out as data, which is the same in every language. */
const FILES_WITHOUT_TEXTS = /\/nodes\/Laigu\/(?:records\/(?!fields\.)|shared\/)/;

/** Properties that hold a text, whatever it looks like. */
const TEXT_PROPERTIES = new Set(['displayName', 'description', 'placeholder', 'hint', 'action', 'message', 'records']);

/** Properties that never hold one. */
const OTHER_PROPERTIES = new Set(['httpMethod', 'method', 'status', 'value', "'X-App-ID'", "'X-Sign'"]);

/** Functions whose arguments become part of a message, whatever they look like. */
const MESSAGE_FUNCTIONS = new Set(['unreadableFault']);

/** Methods of strings, and checks, whose arguments are compared or looked for. */
const OTHER_FUNCTIONS = /(?:\.(?:normalize|endsWith|startsWith|replace|includes)|comparable|networkFault|TypeError)$/;

/** Literals that read like texts and are none. */
const NO_TEXTS = new Set(['Bearer {0}', '{0} {1}', '={{ $parameter["options"]["responseMode"] || "onReceived" }}']);

const isTemplate = (node) => ts.isTemplateExpression(node);
const isLiteral = (node) => ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || isTemplate(node);

/**
 * A literal as the dictionary has it: what is filled in stands as {0}, {1}, …
 *
 * @param {import('typescript').Node} literal
 * @returns {string}
 */
export const textOf = (literal) =>
	isTemplate(literal)
		? literal.head.text + literal.templateSpans.map(({ literal: { text } }, index) => `{${index}}${text}`).join('')
		: literal.text;

/** Whether it says something, and not in the way of a name or a value: with words, or with a capital at its beginning. */
function readsLikeText(text) {
	const words = text.replace(/\{\d+\}/g, '');
	return /[A-Za-z]{2}|^[A-Z]$/.test(words) && (/\s/.test(words) || /^['"[]?[A-Z]/.test(words));
}

function isPartOfMessage(node) {
	for (let at = node.parent; at; at = at.parent) {
		if (ts.isTemplateSpan(at)) return isText(at.parent);
		if (!ts.isConditionalExpression(at) && !ts.isParenthesizedExpression(at) && !ts.isBinaryExpression(at))
			return false;
	}
	return false;
}

/** Whether an object is the defaults of a node that is a tool: n8n makes the tool's name of the node's, and puts `_` for Chinese, so that all tools are one. */
function isOfTool({ parent }) {
	if (!ts.isPropertyAssignment(parent) || parent.name.getText() !== 'defaults') return false;
	return parent.parent.properties.some(({ name }) => name?.getText() === 'usableAsTool');
}

/**
 * Whether it is the name under which n8n lists the trigger that it shows together with the Laigu node. n8n offers its events there only when the name has the
 * word Trigger, which it does not show.
 *
 * @param {import('typescript').Node} literal
 * @returns {boolean}
 */
export const isNameOfTrigger = (literal) =>
	textOf(literal) === 'Laigu Trigger' &&
	ts.isPropertyAssignment(literal.parent) &&
	literal.parent.name.getText() === 'displayName';

function isInPlace({ parent }, node) {
	if (ts.isPropertyAssignment(parent)) {
		if (parent.name === node || isOfTool(parent.parent)) return false;
		return OTHER_PROPERTIES.has(parent.name.getText())
			? false
			: TEXT_PROPERTIES.has(parent.name.getText()) || undefined;
	}
	if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
		const name = parent.expression.getText();
		return OTHER_FUNCTIONS.test(name) ? false : MESSAGE_FUNCTIONS.has(name) || undefined;
	}
	const isElsewhere =
		ts.isImportDeclaration(parent) ||
		ts.isExportDeclaration(parent) ||
		ts.isLiteralTypeNode(parent) ||
		ts.isElementAccessExpression(parent) ||
		ts.isCaseClause(parent) ||
		(ts.isBinaryExpression(parent) && /^[!=]==?$|^in$/.test(parent.operatorToken.getText()));
	return isElsewhere ? false : undefined;
}

/**
 * Whether a person reads it.
 *
 * @param {import('typescript').Node} node - of a source file with its parents set
 * @returns {boolean}
 */
export function isText(node) {
	if (!isLiteral(node) || FILES_WITHOUT_TEXTS.test(node.getSourceFile().fileName)) return false;
	const text = textOf(node);
	const place = isInPlace(node, node);
	if (place === false || NO_TEXTS.has(text) || !/[A-Za-z]/.test(text.replace(/\{\d+\}/g, ''))) return false;
	return place === true || readsLikeText(text) || (/^[a-z ]+$/.test(text) && isPartOfMessage(node));
}
