/** The kinds of query and their one direction, which labels, prompts, sliders, programs and exports all follow. Free of schemas, so that pages stay small. */

/**
 * `rank` 0–100, higher is better · `percentage` 0–100 of an episodic factor · `contest` = 100·P(the second side wins), so 0 means
 * side 1 surely · `probability` 0–100 · `quantity` with a declared [lo, hi] mapped to 0–100. In the order figures and tables list them.
 */
export const QUERY_KINDS = ['rank', 'percentage', 'contest', 'probability', 'quantity'] as const;
export type QueryKind = (typeof QUERY_KINDS)[number];
