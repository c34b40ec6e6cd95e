/**
 * Rules that point at answers worth a second look. A flag never takes anybody out: it names the rule, what was found and from where on it
 * speaks, and a person decides.
 */

import { QUALITY_RULES, type QualityFlag, type QualityRule } from '../../shared/quality.ts';
import type { StoredResponse } from '../../shared/response.ts';
import { quantile } from '../statistics/quantile.ts';

/** What is known of one participation. `responses` are all that were stored, earlier revisions too. */
export type Participation = {
  readonly responses: readonly StoredResponse[];
  readonly failedAttention: number;
  /** Whether it came to the study's regular end. */
  readonly isCompleted: boolean;
};

const LIMITS: Readonly<Record<QualityRule, number>> = {
  'failed-attention': 1,
  fast: 2,
  'same-answer': 0.8,
  missing: 0.2,
  away: 0.3,
  unfinished: 1,
};
/** Below so many judgments, shares mean nothing. */
const FEWEST_JUDGMENTS = 5;

/** Seconds each judgment took. Queries that share a page follow each other, so each counts from the last input before it. */
function secondsPerJudgment(judgments: readonly StoredResponse[]): number[] {
  const last = new Map<number, number>();
  return [...judgments]
    .filter(({ lastInputMs }) => lastInputMs !== undefined)
    .sort((a, b) => a.trialIndex - b.trialIndex || (a.lastInputMs ?? 0) - (b.lastInputMs ?? 0))
    .map(({ trialIndex, lastInputMs = 0 }) => {
      const since = last.get(trialIndex) ?? 0;
      last.set(trialIndex, lastInputMs);
      return (lastInputMs - since) / 1000;
    });
}

/** The share of ratings that the commonest rating has, 0–1. */
function commonestShare(ratings: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const rating of ratings) counts.set(Math.round(rating), (counts.get(Math.round(rating)) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, ratings.length);
}

/** The share of their time that pages were without focus, 0–1. */
function awayShare(judgments: readonly StoredResponse[]): number {
  const pages = new Map(judgments.map(({ trialIndex, awayMs = 0, commitMs }) => [trialIndex, { awayMs, commitMs }]));
  const all = [...pages.values()];
  const spent = all.reduce((sum, { commitMs }) => sum + commitMs, 0);
  return spent === 0 ? 0 : all.reduce((sum, { awayMs }) => sum + awayMs, 0) / spent;
}

/**
 * The flags of one participation, over the judgments that count:
 * `failed-attention` checks failed · `fast` median seconds a judgment, below the limit · `same-answer` share of the commonest rating ·
 * `missing` share of judgments without an answer · `away` share of time without focus · `unfinished` 1 for who did not complete.
 */
export function flagAnswers({ responses, failedAttention, isCompleted }: Participation): QualityFlag[] {
  const judgments = responses.filter(({ phase, isLatest }) => phase === 'main' && isLatest);
  const ratings = judgments.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const seconds = secondsPerJudgment(judgments);
  const missing = (judgments.length - ratings.length) / Math.max(1, judgments.length);
  const medianSeconds = seconds.length === 0 ? 0 : quantile(seconds, 0.5);
  const isEnough = judgments.length >= FEWEST_JUDGMENTS;
  const found = {
    'failed-attention': failedAttention,
    fast: medianSeconds,
    'same-answer': commonestShare(ratings),
    missing,
    away: awayShare(judgments),
    unfinished: isCompleted ? 0 : 1,
  } satisfies Record<QualityRule, number>;
  const isFlagged = (rule: QualityRule): boolean => {
    if (rule === 'failed-attention' || rule === 'unfinished') return found[rule] >= LIMITS[rule];
    if (rule === 'fast') return seconds.length >= FEWEST_JUDGMENTS && medianSeconds < LIMITS.fast;
    return isEnough && found[rule] >= LIMITS[rule];
  };
  return QUALITY_RULES.filter(isFlagged).map((rule) => ({ rule, value: found[rule], limit: LIMITS[rule] }));
}
