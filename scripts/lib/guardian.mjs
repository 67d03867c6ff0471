import { spawn } from 'node:child_process';

// Stands between us and a program that is not Node: runs it, and ends it when it is asked to end itself (SIGTERM), which exit-with-parent.cjs
// does when the process that started it is gone. Called by owned-program.mjs.

const { file, args, uid, gid, stopSignal, graceMs } = JSON.parse(process.argv[2]);
const program = spawn(file, args, { stdio: 'inherit', uid, gid });

process.once('SIGTERM', () => {
	program.kill(stopSignal);
	setTimeout(() => program.kill('SIGKILL'), graceMs).unref();
});
// the one who asks is the process above, not the terminal
process.on('SIGINT', () => {});

program.once('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(127);
});
program.once('exit', (code, signal) => {
	if (signal) process.stderr.write(`${file} was ended by ${signal}\n`);
	process.exit(code ?? 1);
});
