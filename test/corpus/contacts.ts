import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Contacts } from '../../nodes/Laigu/records/contacts/index';

/** Texts that one person wrote one after the other, and the contacts in them. */
export interface Line extends Contacts {
	texts: string[];
}

const linesOf = (name: string) => readFileSync(path.join(__dirname, name), 'utf8').trimEnd().split('\n');

/** `\n` and `\u200b` are written as in JSON, `||` stands between two messages, commas between several contacts. */
function readLine(line: string): Line {
	const [text, ...lists] = line.split('\t');
	const [phones, wechats, qqs] = [0, 1, 2].map((at) => lists[at]?.split(',').filter((value) => value !== '') ?? []);
	const texts = text.split('||').map((part) => JSON.parse(`"${part.replaceAll('"', '\\"')}"`) as string);
	return { texts, phones, wechats, qqs };
}

/** What people write who leave a contact, in the spellings of contacts.tsv; and what they write who do not: harmless.txt. */
export function readCorpus(contacts: string, harmless: string): Line[] {
	return [...linesOf(contacts).slice(1), ...linesOf(harmless)].map(readLine);
}
