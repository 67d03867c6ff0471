'use strict';
// Loaded into a Node program before the program itself (node --require): ends it in good order when the process that started
// it is gone, even when that one was killed and could end nothing any more. The channel must not keep the program alive.
if (process.channel) {
	process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
	process.channel.unref();
}
// Node hands its own arguments down to what the program forks, which has a channel of its own and may live by it, as jest's workers do.
const here = process.execArgv.indexOf(__filename);
if (here > 0) process.execArgv.splice(here - 1, 2);
