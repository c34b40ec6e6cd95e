/**
 * Running a program against a trace: choices it has made before are made again, others are drawn from the prior. Only what is drawn before the last
 * factor of a run is kept: given that, the rest is distributed as the prior and is drawn anew in every run.
 */
import { type Distribution, logProbOf, partsOf, sampleFrom } from '../program/distributions/distribution.ts';
import type { Handler } from '../program/runtime.ts';
import type { RunningProgram } from './runningProgram.ts';
import type { Place, PlaceTracer } from './tracer.ts';

/** One choice: its log probability or density under the distribution it had in this run. */
export type Choice = {
  readonly place: Place;
  readonly distribution: Distribution;
  readonly value: unknown;
  readonly logProb: number;
  readonly isReused: boolean;
};

/** A run: the choices before its last factor, in order, its log weight, and its value (undefined where it was stopped or died). */
export type Trace = {
  readonly choices: readonly Choice[];
  readonly index: ReadonlyMap<Place, Choice>;
  readonly logWeight: number;
  readonly factors: number;
  /** The log weight behind each factor, and how many choices came before it. */
  readonly factorWeights: readonly number[];
  readonly factorChoices: readonly number[];
  readonly value: unknown;
  /** Whether the program ran to its end. */
  readonly isComplete: boolean;
  /** A kept choice came up after the last factor, so what follows is not distributed as the prior. */
  readonly isStale: boolean;
};

export type TraceOptions = {
  readonly previous?: Trace;
  /** The value to give to one of the previous choices. */
  readonly change?: { readonly choice: Choice; readonly value: unknown };
  /** Which choices to draw anew from the prior. */
  readonly regenerate?: (place: Place) => boolean;
  /** Stop behind this many factors. */
  readonly stopAfter?: number;
};

/** The log weight of `trace` behind its first `stage` factors; behind all where it has fewer. */
export const weightAfter = (trace: Trace, stage: number): number =>
  stage === 0 ? 0 : stage <= trace.factors ? trace.factorWeights[stage - 1] : trace.logWeight;

/** `trace` as a run stopped behind `stage` factors would have been; the same where it has no more. */
export function cutTrace(trace: Trace, stage: number): Trace {
  if (trace.factors <= stage && trace.logWeight === weightAfter(trace, trace.factors)) return trace;
  const choices = trace.choices.slice(0, trace.factorChoices[stage - 1] ?? 0);
  return {
    choices,
    index: indexOf(choices),
    logWeight: weightAfter(trace, stage),
    factors: stage,
    factorWeights: trace.factorWeights.slice(0, stage),
    factorChoices: trace.factorChoices.slice(0, stage),
    value: undefined,
    isComplete: false,
    isStale: false,
  };
}

const indexOf = (choices: readonly Choice[]): ReadonlyMap<Place, Choice> =>
  new Map(choices.map((choice) => [choice.place, choice]));

const STOP = { reason: 'stopped' };
/** The place of the choice itself below the place of its call. */
const CHOICE_SITE = -1;

const isAlike = (a: Distribution, b: Distribution): boolean => partsOf(a).family === partsOf(b).family;

/** Runs programs against traces; `tracer` gives choices their places. */
export function createTraceRunner(running: RunningProgram, tracer: PlaceTracer): (options?: TraceOptions) => Trace {
  const { runtime, body, begin, explain } = running;
  return ({ previous, change, regenerate, stopAfter = Number.POSITIVE_INFINITY } = {}) => {
    const choices: Choice[] = [];
    const factorWeights: number[] = [];
    const factorChoices: number[] = [];
    let logWeight = 0;
    const choose = (place: Place, distribution: Distribution): Choice => {
      const old = previous?.index.get(place);
      if (!old || !isAlike(old.distribution, distribution) || regenerate?.(place)) {
        const value = sampleFrom(distribution, runtime.draws);
        return { place, distribution, value, logProb: logProbOf(distribution, value), isReused: false };
      }
      const value = change?.choice === old ? change.value : old.value;
      return { place, distribution, value, logProb: logProbOf(distribution, value), isReused: true };
    };
    const handler: Handler = {
      isDirect: false,
      sample: (distribution) => {
        tracer.enter(CHOICE_SITE);
        const place = tracer.place();
        tracer.leave(undefined);
        const choice = choose(place, distribution);
        choices.push(choice);
        // A value its new distribution cannot give: the run is worth nothing, whatever follows.
        if (choice.logProb === Number.NEGATIVE_INFINITY) throw STOP;
        return choice.value;
      },
      factor: (x) => {
        logWeight += x;
        factorWeights.push(logWeight);
        factorChoices.push(choices.length);
        if (logWeight === Number.NEGATIVE_INFINITY || factorWeights.length >= stopAfter) throw STOP;
      },
    };
    begin();
    tracer.begin();
    runtime.handler = handler;
    let value: unknown;
    let isComplete = false;
    try {
      value = body();
      isComplete = true;
    } catch (error) {
      if (error !== STOP) throw explain(error);
      if (choices.at(-1)?.logProb === Number.NEGATIVE_INFINITY) logWeight = Number.NEGATIVE_INFINITY;
    }
    const kept = factorChoices.at(-1) ?? 0;
    const isStale = choices.slice(kept).some((choice) => choice.isReused);
    choices.length = kept;
    return {
      choices,
      index: indexOf(choices),
      logWeight,
      factors: factorWeights.length,
      factorWeights,
      factorChoices,
      value,
      isComplete,
      isStale,
    };
  };
}
