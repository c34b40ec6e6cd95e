/**
 * Single-site Metropolis–Hastings on traces. One choice before the last factor is proposed anew, the program runs again, and the trace is taken with
 * probability min(1, exp(Δ log joint + log q(old) − log q(new) + log n − log n′)); choices that only one of the two has cancel, being drawn from
 * the prior. Proposals by type: a walk with adapted width for real values, a jump to another value for finite ones, the prior else. Half of the
 * time everything that mem computes together with the choice is drawn anew, so that a group and its members can change at once; now and then a
 * random set of places is, sometimes all of them, so that no state is out of reach of another behind a hard condition.
 * **Source:** D. Wingate, A. Stuhlmüller, N. Goodman, Lightweight implementations of probabilistic programming languages (2011).
 */
import { logProbOf, partsOf, sampleFrom, supportOf } from '../program/distributions/distribution.ts';
import type { Draws } from '../program/draws.ts';
import type { Choice, Trace, TraceOptions } from './trace.ts';
import type { Place } from './tracer.ts';

type Proposal = {
  readonly value: unknown /** log q(old | new) − log q(new | old). */;
  readonly logRatio: number;
  readonly isWalk: boolean;
};

/** The widths of the walks, by place; adapted towards the acceptance that is best for one dimension while burning in. */
export type Widths = Map<Place, number>;

const BLOCK_SHARE = 0.5;
const SUBSET_SHARE = 0.2;
/** Chances of a place to be in a random set. */
const SUBSET_CHANCES = [0.1, 0.3, 1];
const BEST_ACCEPTANCE = 0.44;
const WALK_SHARE = 0.7;
const SMALL_SUPPORT = 64;

function proposeFrom(choice: Choice, draws: Draws): Proposal {
  const value = sampleFrom(choice.distribution, draws);
  return { value, logRatio: choice.logProb - logProbOf(choice.distribution, value), isWalk: false };
}

/** Another value of a small finite support, each equally likely. */
function proposeOther(choice: Choice, support: readonly unknown[], draws: Draws): Proposal {
  const others = support.filter((value) => value !== choice.value);
  return { value: others[draws.integer(others.length)], logRatio: 0, isWalk: false };
}

function propose(choice: Choice, widths: Widths, draws: Draws): Proposal {
  const { family, parameters } = partsOf(choice.distribution);
  const { value } = choice;
  if (family.isContinuous && typeof value === 'number' && family.spread && draws.uniform() < WALK_SHARE) {
    const width = widths.get(choice.place) ?? Math.max(1e-6, family.spread(parameters));
    return { value: value + width * draws.gaussian(), logRatio: 0, isWalk: true };
  }
  if (family.isContinuous || family.name === 'Poisson') return proposeFrom(choice, draws);
  const support =
    family.name === 'RandomInteger' || family.name === 'Binomial' ? undefined : supportOf(choice.distribution);
  const isSmall = support !== undefined && support.length > 1 && support.length <= SMALL_SUPPORT;
  return isSmall && typeof value !== 'object' && draws.uniform() < WALK_SHARE
    ? proposeOther(choice, support, draws)
    : proposeFrom(choice, draws);
}

/** log of the acceptance probability before min(1, ·) of going from `old` to `next`; `logRatio` is log q(old | new) − log q(new | old) of what was proposed. */
function logAcceptance(old: Trace, next: Trace, logRatio: number): number {
  if (next.logWeight === Number.NEGATIVE_INFINITY || next.choices.length === 0) return Number.NEGATIVE_INFINITY;
  let log = next.logWeight - old.logWeight + logRatio + Math.log(old.choices.length / next.choices.length);
  for (const choice of next.choices)
    if (choice.isReused) log += choice.logProb - (old.index.get(choice.place)?.logProb ?? 0);
  return log;
}

export type Step = { readonly trace: Trace; readonly isAccepted: boolean };

/** One step of the chain. `run` runs the program; `stopAfter` ends it early, for particles on their way. */
export function stepMetropolisHastings(
  draws: Draws,
  old: Trace,
  kernel: {
    readonly run: (options: TraceOptions) => Trace;
    readonly widths: Widths;
    readonly isAdapting: boolean;
    readonly stopAfter?: number;
  },
): Step {
  if (old.choices.length === 0)
    return { trace: kernel.run({ previous: old, stopAfter: kernel.stopAfter }), isAccepted: true };
  if (draws.uniform() < SUBSET_SHARE) return stepSubset(draws, old, kernel);
  const choice = old.choices[draws.integer(old.choices.length)];
  const { block } = choice.place;
  if (block !== undefined && draws.uniform() < BLOCK_SHARE) return stepBlock(draws, old, block, kernel);
  const proposal = propose(choice, kernel.widths, draws);
  const logU = Math.log(draws.uniform());
  const next = kernel.run({ previous: old, change: { choice, value: proposal.value }, stopAfter: kernel.stopAfter });
  const isAccepted = logU < logAcceptance(old, next, proposal.logRatio);
  if (kernel.isAdapting && proposal.isWalk) adapt(kernel.widths, choice, isAccepted);
  if (!isAccepted) return { trace: old, isAccepted };
  return { trace: refreshed(next, kernel), isAccepted };
}

type StepKernel = Parameters<typeof stepMetropolisHastings>[2];

/** A trace whose choices behind the last factor are drawn from the prior. */
const refreshed = (trace: Trace, kernel: StepKernel): Trace =>
  trace.isStale ? kernel.run({ previous: trace, stopAfter: kernel.stopAfter }) : trace;

const countIn = (trace: Trace, block: Place): number =>
  trace.choices.reduce((count, choice) => count + (choice.place.block === block ? 1 : 0), 0);

/** A step that draws all of a block from the prior; the block is found by any of its choices, k of n. */
function stepBlock(draws: Draws, old: Trace, block: Place, kernel: StepKernel): Step {
  const logU = Math.log(draws.uniform());
  const next = kernel.run({ previous: old, regenerate: (place) => place.block === block, stopAfter: kernel.stopAfter });
  const logRatio = Math.log(countIn(next, block)) - Math.log(countIn(old, block));
  const isAccepted = logU < logAcceptance(old, next, logRatio);
  return isAccepted ? { trace: refreshed(next, kernel), isAccepted } : { trace: old, isAccepted };
}

/** A step that draws a random set of places from the prior; the set does not depend on the trace, so nothing but the weights counts. */
function stepSubset(draws: Draws, old: Trace, kernel: StepKernel): Step {
  const chance = SUBSET_CHANCES[draws.integer(SUBSET_CHANCES.length)];
  const logU = Math.log(draws.uniform());
  const coins = new Map<Place, boolean>();
  const regenerate = (place: Place): boolean => {
    let isIn = coins.get(place);
    if (isIn === undefined) coins.set(place, (isIn = draws.uniform() < chance));
    return isIn;
  };
  const next = kernel.run({ previous: old, regenerate, stopAfter: kernel.stopAfter });
  const isAccepted = logU < logAcceptance(old, next, Math.log(next.choices.length / old.choices.length));
  return isAccepted ? { trace: refreshed(next, kernel), isAccepted } : { trace: old, isAccepted };
}

function adapt(widths: Widths, choice: Choice, isAccepted: boolean): void {
  const { family, parameters } = partsOf(choice.distribution);
  const width = widths.get(choice.place) ?? family.spread?.(parameters) ?? 1;
  widths.set(choice.place, width * Math.exp(0.1 * ((isAccepted ? 1 : 0) - BEST_ACCEPTANCE)));
}
