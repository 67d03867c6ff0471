/** A value on the command line that cannot be used. Its message names the flag and what is allowed. */
export class FlagFault extends Error {}
