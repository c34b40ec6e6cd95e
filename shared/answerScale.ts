/** The answer scale: the integers 0–100. In a file of its own, so that processes that need no schemas load none. */

/** How many answers the scale has. */
export const ANSWER_COUNT = 101;
