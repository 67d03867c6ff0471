/**
 * Waits, without keeping the process alive for it. By the global timer, so that a test with timers of its own decides how time passes.
 *
 * @param ms milliseconds
 */
export const pause = async (ms: number) => await new Promise<void>((resolve) => void setTimeout(resolve, ms).unref());
