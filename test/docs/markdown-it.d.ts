/** The part of markdown-it that the tests use; it brings no types of its own. */
declare module 'markdown-it' {
	export interface Token {
		type: string;
		tag: string;
		content: string;
		info: string;
		map: [number, number] | null;
		children: Token[] | null;
		attrGet(name: string): string | null;
	}

	export default class MarkdownIt {
		constructor(options?: { html?: boolean });
		parse(source: string, env: object): Token[];
	}
}
