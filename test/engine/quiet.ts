// imported first: n8n's logger reads this once, and what is refused in the tests is refused on purpose
process.env.N8N_LOG_LEVEL ??= 'silent';
