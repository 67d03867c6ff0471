import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as ts from 'typescript';

import { ROOT } from './pages';

/** What a text of the source is for: what happened, what to do about it, a form of the interface, or nothing that a person is told. */
type Role = 'message' | 'wayOut' | 'form' | 'other';

/** A sentence found in the source, with `…` in the place of what is filled in. */
export interface Sentence {
	text: string;
	role: Role | undefined;
	file: string;
}

/** Properties of objects whose text is what a person is told, is how to get on, or stands in a form. */
const PROPERTIES: Record<string, Role> = {
	message: 'message',
	detail: 'wayOut',
	hints: 'message',
	description: 'wayOut',
	ended: 'form',
	hint: 'wayOut',
	displayName: 'form',
	name: 'form',
	action: 'form',
	placeholder: 'form',
	subtitle: 'form',
	header: 'form',
	inactive: 'form',
	active: 'form',
	eventTriggerDescription: 'form',
	activationHint: 'form',
};

/** Functions by the role of each of their arguments. */
const CALLS: Record<string, Array<Role | undefined>> = {
	Error: ['message'],
	ignored: ['message'],
	loopFault: ['wayOut'],
	missing: [undefined, 'wayOut'],
	NodeOperationError: [undefined, 'message'],
	// a field of a record: the label that a person chooses it by
	field: [undefined, undefined, undefined, 'form'],
	figure: [undefined, undefined, 'form'],
	rate: [undefined, 'form'],
	names: ['form', 'form', 'form', 'form'],
	reject: ['message', 'wayOut'],
	rejected: [undefined, undefined, undefined, 'wayOut'],
	refused: ['message'],
	unreadable: ['message'],
	unreadableFault: ['wayOut'],
	// for n8n's log
	info: ['other'],
	warn: ['other', 'other'],
};

/** Functions and constants whose texts all have one role. */
const PLACES: Record<string, Role> = {
	ACCEPT_UNSIGNED: 'wayOut',
	activationMessage: 'form',
	apis: 'wayOut',
	bounds: 'wayOut',
	eventTriggerDescription: 'form',
	AUTOMATION: 'form',
	CHECK_CREDENTIAL: 'wayOut',
	CHECK_URL: 'wayOut',
	code: 'wayOut',
	CUT: 'other',
	FIELD_OF_PARAMETER: 'wayOut',
	filterHints: 'message',
	findWebhookCredentialFlaw: 'message',
	goesTo: 'wayOut',
	GOES_ON: 'wayOut',
	hintFor: 'wayOut',
	LATER: 'wayOut',
	limit: 'form',
	moreHint: 'message',
	NO_ID: 'other',
	truncateStart: 'other',
	moreThan: 'message',
	NOT_JSON: 'message',
	notesForModel: 'message',
	NOTHING_ARRIVES: 'form',
	NOTHING_NEW: 'wayOut',
	onUnreadable: 'other',
	paceHints: 'message',
	answerText: 'wayOut',
	searchHint: 'message',
	sentenceFor: 'message',
	SLOWER: 'wayOut',
	TIME_EXAMPLES: 'wayOut',
	subtitle: 'other',
	TOO_MUCH: 'message',
	TRY: 'form',
	upTo: 'wayOut',
	what: 'wayOut',
	WHERE: 'form',
	WHOLE: 'form',
	WIRE_SECONDS: 'other',
};

const nameOf = (node: ts.Node): string => (ts.isIdentifier(node) || ts.isStringLiteral(node) ? node.text : '');

function calledName(node: ts.CallExpression | ts.NewExpression): string {
	return ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : nameOf(node.expression);
}

/** The role that a node has by what directly holds it; undefined where that says nothing. */
function roleBy(node: ts.Node, parent: ts.Node): Role | undefined {
	if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return PROPERTIES[nameOf(parent.name)];
	if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) {
		const place = (parent.arguments ?? ([] as unknown as ts.NodeArray<ts.Expression>)).indexOf(node as ts.Expression);
		return CALLS[calledName(parent)]?.[place];
	}
	// a row of the table of network faults: pattern, message, whether it passes
	if (ts.isArrayLiteralExpression(parent) && parent.elements.length === 3 && parent.elements[1] === node) {
		const isTable = [ts.SyntaxKind.TrueKeyword, ts.SyntaxKind.FalseKeyword].includes(parent.elements[2].kind);
		if (isTable) return 'message';
	}
	if (ts.isVariableDeclaration(parent) || ts.isFunctionDeclaration(parent))
		return PLACES[parent.name ? nameOf(parent.name) : ''];
	return undefined;
}

/** The role of a text: that of the innermost thing around it that has one. */
function roleOf(text: ts.Node): Role | undefined {
	for (let node = text; node.parent !== undefined; node = node.parent) {
		const role = roleBy(node, node.parent);
		if (role) return role;
	}
	return undefined;
}

/** A text with `…` for what is filled in; undefined for anything that is no text. */
function textOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
}

/** Words of two letters or more, without what is put behind a message to name the item. */
const wordsOf = (text: string) => text.replace(/\[Item …\]/, '').match(/[\p{L}_]{2,}/gu) ?? [];

/** Whether a text says something: names, codes and texts that only put others together do not. */
function isSentence(text: string, role: Role | undefined): boolean {
	if (role === 'message') return wordsOf(text).length >= 2;
	return wordsOf(text).length >= 3 && /\p{L} \p{L}|' \p{L}/u.test(text);
}

function sentencesOf(file: string): Sentence[] {
	const source = ts.createSourceFile(file, readFileSync(path.join(ROOT, file), 'utf8'), ts.ScriptTarget.ES2022, true);
	const found: Sentence[] = [];
	const visit = (node: ts.Node): void => {
		const text = textOf(node);
		if (text !== undefined && !ts.isLiteralTypeNode(node.parent)) {
			const role = roleOf(node);
			if (isSentence(text, role)) found.push({ text: text.trim(), role, file });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

/** Every sentence in the sources of the nodes and credentials. */
export function everySentence(): Sentence[] {
	const files = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => path.posix.join(folder, name)),
	);
	return files.flatMap(sentencesOf);
}
