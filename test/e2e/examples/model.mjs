/** A conversation in which this stands makes the model fail. */
export const UNANSWERABLE = 'a question that no model can answer';

/**
 * What the scripted model makes of a transcript.
 *
 * @param {string} transcript
 * @returns {{ summary: string, lead_score: number }}
 */
export function judge(transcript) {
	const lines = transcript.trim().split('\n');
	return { summary: `${lines.length} lines, the last: ${lines.at(-1).slice(0, 80)}`, lead_score: 20 + lines.length };
}

/**
 * The model's whole answer, in the form that n8n's Information Extractor asks for.
 *
 * @param {string} question - a transcript
 * @returns {string | undefined} undefined where it cannot answer
 */
export function replyOf(question) {
	if (question.includes(UNANSWERABLE)) return undefined;
	return `\`\`\`json\n${JSON.stringify(judge(question))}\n\`\`\``;
}
