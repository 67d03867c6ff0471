/** Names in the documents that belong to n8n, its other nodes and to other services: in bold or in single quotes. */
export const N8N_WORDS: string[] = [];

/** Names in code font that n8n or another tool gave. */
export const N8N_NAMES: string[] = [];
