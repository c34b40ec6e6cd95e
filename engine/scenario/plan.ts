/**
 * Scenario plan: the one structured description of a scenario, from which both its text and its program are written, so that the two
 * agree by construction.
 */
import type { QueryId } from '../../shared/identifiers.ts';
import type { Motif, Scenario } from '../../shared/scenario.ts';
import type { EpisodicFactor, Subject } from './domains/subject.ts';

/** The two sides of a comparison, in the order of the text. */
export type Sides = readonly [readonly string[], readonly string[]];

/** Somebody's factor in an event seemed high or low to those who were there. */
export type Remark = { readonly entity: string; readonly factor: EpisodicFactor; readonly isHigh: boolean };

/** How a result surprises: a remark explains it, or it came despite what a remark says. */
export type Surprise = 'explained' | 'despite';

/** One observed comparison. `number` counts from 1; side `winner` did better. Remarks and surprises are of the free-form style. */
export type PlannedEvent = {
  readonly number: number;
  readonly sides: Sides;
  readonly winner: 0 | 1;
  readonly remark?: Remark;
  readonly surprise?: Surprise;
};

/** A question: rank on a stable trait, level of an episodic factor in an event, or a new contest. */
export type PlannedQuery = { readonly id: QueryId } & (
  | { readonly kind: 'rank'; readonly entity: string; readonly trait: string }
  | { readonly kind: 'percentage'; readonly entity: string; readonly factor: EpisodicFactor; readonly event: number }
  | { readonly kind: 'contest'; readonly sides: Sides }
);

/** Two places or people; `members[i]` are looked after by `names[i]`, whose quality of care all of them share. */
export type CareSites = { readonly names: readonly [string, string]; readonly members: Sides };

export type ScenarioPlan = {
  readonly domain: Scenario['domain'];
  readonly style: Scenario['style'];
  readonly subject: Subject;
  readonly motif: Motif;
  readonly focal: string;
  /** One or two. */
  readonly traits: readonly string[];
  /** One to four. */
  readonly factors: readonly EpisodicFactor[];
  /** Healthcare only. */
  readonly sites?: CareSites;
  readonly events: readonly PlannedEvent[];
  readonly queries: readonly PlannedQuery[];
};
