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

const STOP = { reason: 'stopped' };
/** The place of the choice itself below the place of its call. */
const CHOICE_SITE = -1;

const isAlike = (a: Distribution, b: Distribution): boolean => partsOf(a).family === partsOf(b).family;

/** Runs programs against traces; `tracer` gives choices their places. */
export function createTraceRunner(running: RunningProgram, tracer: PlaceTracer): (options?: TraceOptions) => Trace {
  const { runtime, body, begin, explain } = running;
  return ({ previous, change, regenerate, stopAfter = Number.POSITIVE_INFINITY } = {}) => {
    const choices: Choice[] = [];
    let kept = 0;
    let factors = 0;
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
        kept = choices.length;
        factors++;
        if (logWeight === Number.NEGATIVE_INFINITY || factors >= stopAfter) throw STOP;
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
    const isStale = choices.slice(kept).some((choice) => choice.isReused);
    choices.length = kept;
    return {
      choices,
      index: new Map(choices.map((choice) => [choice.place, choice])),
      logWeight,
      factors,
      value,
      isComplete,
      isStale,
    };
  };
}
