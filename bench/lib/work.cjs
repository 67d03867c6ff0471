'use strict';

/*
 * One of the hot paths, so many times. It is run under valgrind, which counts its instructions: `work.cjs <file of conversations> <work> <times>`.
 */

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const [file, name, times] = process.argv.slice(2);
const nodes = join(__dirname, '../../dist/nodes/Laigu');
const { parseJson } = require(join(nodes, 'shared/json'));
const { shaperFor } = require(join(nodes, 'records/shape'));
const { conversationTable } = require(join(nodes, 'records/tables'));

const text = readFileSync(file, 'utf8');
const records = JSON.parse(text);
const shape = shaperFor(conversationTable, { output: 'databaseRow', findContacts: false });

const WORKS = {
	plain: () => JSON.parse(text),
	records: () => parseJson(text),
	rows: () => records.map(shape),
};

for (let time = 0; time < Number(times); time++) WORKS[name]();
