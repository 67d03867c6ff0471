'use strict';
// Loaded into a Node program before the program itself (node --require): ends it in good order when the process that started
// it is gone, even when that one was killed and could end nothing any more. The channel must not keep the program alive.
if (process.channel) {
	process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
	process.channel.unref();
}
