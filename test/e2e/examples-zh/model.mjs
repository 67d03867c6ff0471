/** A conversation in which this stands makes the model fail. */
export const UNANSWERABLE = 'a question that no model can answer';

/**
 * What the scripted model makes of a transcript.
 *
 * @param {string} transcript
 * @returns {{ summary: string, intent: string, next_step: string }}
 */
export function judge(transcript) {
	const lines = transcript.trim().split('\n');
	return { summary: `共 ${lines.length} 行`, intent: lines.length > 4 ? '高' : '低', next_step: '今天回电话' };
}

/** The model's whole answer, in the form that n8n's Information Extractor asks for. @param {string} question - a transcript @returns {string | undefined} undefined where it cannot answer */
export function replyOf(question) {
	if (question.includes(UNANSWERABLE)) return undefined;
	return `\`\`\`json\n${JSON.stringify(judge(question))}\n\`\`\``;
}
