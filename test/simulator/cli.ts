import { banner } from './banner';
import { helpText, readFlags } from './cliFlags';
import { FlagFault } from './flagFault';
import { send } from './sendCommand';
import { PageRefusal } from './page/guard';
import { startSimulator } from './server';

type Command = (args: string[]) => Promise<void>;

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}

/** Runs the server until Ctrl-C. */
async function serve(args: string[]): Promise<void> {
	const { options, quiet, help } = readFlags(args);
	if (help) return say(helpText());

	const simulator = await startSimulator({ ...options, log: quiet ? undefined : say });
	say(banner(simulator, new Date()));
	const stop = (): void => {
		simulator.close().then(
			() => say('Simulator closed.'),
			() => process.exit(1),
		);
	};
	// Once each: a second Ctrl-C ends the process the hard way.
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
}

/** Delivers webhook events to a trigger. */
async function sendEvents(args: string[]): Promise<void> {
	if (!(await send(args, say))) process.exitCode = 1;
}

const COMMANDS: Readonly<Record<string, Command>> = { serve, send: sendEvents };

function messageOf(error: unknown): string {
	const { code, port } = error as NodeJS.ErrnoException & { port?: number };
	if (code === 'EADDRINUSE')
		return `Port ${port} is in use. Choose another with --port, for example --port ${Number(port) + 1}.`;
	if (code === 'EACCES')
		return `Port ${port} may not be used by this account. Choose another with --port, for example --port 8787.`;
	if (error instanceof FlagFault || error instanceof PageRefusal)
		return `${error.message}\nAll flags: npm run simulator -- --help`;
	return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function main([first = '', ...rest]: string[]): Promise<void> {
	const named = first !== '' && !first.startsWith('-');
	const command = COMMANDS[named ? first : 'serve'];
	if (!command) throw new FlagFault(`There is no command '${first}'. Commands: ${Object.keys(COMMANDS).join(', ')}`);
	await command(named ? rest : [first, ...rest].filter((arg) => arg !== ''));
}

main(process.argv.slice(2)).catch((error: unknown) => {
	process.stderr.write(`${messageOf(error)}\n`);
	process.exitCode = 1;
});
