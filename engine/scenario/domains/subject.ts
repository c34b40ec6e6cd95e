/** Subject: what a scenario is about (a sport, a ward, a trade), as words and lists from which the generator draws. */

/** A noun in both numbers. */
export type Noun = { readonly one: string; readonly many: string };

/** A factor that changes from event to event, on 0–100; more of it helps or hurts. */
export type EpisodicFactor = { readonly name: string; readonly helps: boolean };

/** How a comparison of two sides is told; every phrase stands between the two sides, in the past tense, so that number plays no part. */
export type OutcomePhrases = {
  /** The first side did better: `beat`, `finished ahead of`. */
  readonly won: readonly string[];
  /** The first side did worse: `lost to`. */
  readonly lost: readonly string[];
};

/**
 * `stable` names traits that do not change (uncountable noun phrases: `raw strength`); `episodic` the factors that do.
 * `activity` fits after "at" and "of": `tug-of-war`, `ward rounds`.
 */
export type Subject = {
  readonly name: string;
  readonly activity: string;
  readonly entity: Noun;
  readonly group: Noun;
  readonly event: Noun;
  /** The stretch of time that all events lie in, over which stable traits stay the same: `day`. */
  readonly span: string;
  readonly stable: readonly string[];
  readonly episodic: readonly EpisodicFactor[];
  readonly outcomes: OutcomePhrases;
  /** The entities are not people, so they bear call-signs. */
  readonly hasThings?: boolean;
};
