/** V8 flags for processes that run programs: a specialised program is one long function whose draws are worth more inlining than usual. */

/**
 * Measured on tugofwar, executions a second forward and by rejection: 150,000 and 2.2 million without, 248,000 and 3.3 million with 4000,
 * 100,000 and 3.1 million with 20000, where inlining the branches leaves none for the draws.
 */
export const ENGINE_FLAGS = ['--max-inlined-bytecode-size-cumulative=4000'] as const;
