/**
 * The exact Bayes predictive of the flight and hotel tasks: a uniform prior over the 5⁴ − 1 reward vectors with entries in {−1, −½, 0, ½, 1}
 * that are not all zero, users who always choose an option of highest reward, ties broken evenly. P(k) = Σ_w P(choices | w) P(k | w) / Σ_w
 * P(choices | w): nobody can predict the last choice better without knowing more than what was shown.
 * **Source:** ppt §6.2, §7.4 item 8.
 */

const LEVELS = [-1, -0.5, 0, 0.5, 1] as const;

/** Rewards are sums of products of few decimals; options that differ by less than this are tied. */
const TIE = 1e-9;

/** Every reward vector of `length` entries but the zero one. */
export function rewardVectors(length: number): number[][] {
  let vectors: number[][] = [[]];
  for (let i = 0; i < length; i++) vectors = vectors.flatMap((vector) => LEVELS.map((level) => [...vector, level]));
  return vectors.filter((vector) => vector.some((entry) => entry !== 0));
}

/** The options a user with these rewards chooses, and how likely each: 1/ties for the best, else 0. `options` [K][F]. */
export function choiceProbs(rewards: readonly number[], options: readonly (readonly number[])[]): number[] {
  const values = options.map((features) => features.reduce((sum, feature, f) => sum + feature * rewards[f], 0));
  const best = Math.max(...values);
  const tied = values.filter((value) => best - value < TIE).length;
  return values.map((value) => (best - value < TIE ? 1 / tied : 0));
}

/** A round: the features of its options [K][F], and the one chosen. */
export type ObservedRound = { readonly options: readonly (readonly number[])[]; readonly chosen: number };

/** P(each option of `next` is chosen | the rounds); null where no reward vector explains the rounds. */
export function bayesPredictive(
  vectors: readonly (readonly number[])[],
  rounds: readonly ObservedRound[],
  next: readonly (readonly number[])[],
): number[] | null {
  const masses = new Array<number>(next.length).fill(0);
  let evidence = 0;
  for (const rewards of vectors) {
    const likelihood = rounds.reduce(
      (product, { options, chosen }) => product * choiceProbs(rewards, options)[chosen],
      1,
    );
    if (likelihood === 0) continue;
    evidence += likelihood;
    choiceProbs(rewards, next).forEach((prob, k) => {
      masses[k] += likelihood * prob;
    });
  }
  return evidence === 0 ? null : masses.map((mass) => mass / evidence);
}
