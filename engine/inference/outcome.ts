/** What all methods share: the job they are given, how its program starts, and the shape of what they find. */
import { InternalError } from '../../shared/errors.ts';
import type { InferenceMethod, QueryPosterior } from '../../shared/posterior.ts';
import type { CompiledProgram } from '../program/compile.ts';
import type { ProgramHost } from './host.ts';
import { allowNestedInference } from './nested.ts';
import { type RunningProgram, startProgram } from './runningProgram.ts';
import type { StopRule } from './stopping.ts';
import { posteriorOf, type Tally } from './tally.ts';
import type { PlaceTracer } from './tracer.ts';

export type RunnableMethod = Exclude<InferenceMethod, 'auto'>;

/** What a method found. */
export type Outcome = {
  readonly queries: Record<string, QueryPosterior>;
  readonly tally: Tally;
  readonly executions: number;
  readonly accepted?: number;
  readonly acceptanceRate?: number;
  readonly ess?: number;
  readonly rHat?: number;
  readonly logZ?: number;
  readonly warnings: readonly string[];
  /** The prior, where it was asked for and cost no code of its own. */
  readonly prior?: Outcome;
};

export type Job = {
  readonly program: CompiledProgram;
  readonly seed: number;
  readonly rule: StopRule;
  readonly host: ProgramHost;
  /** What is wanted of the prior beside the posterior. */
  readonly prior?: { readonly seed: number; readonly rule: StopRule };
};

/** Below this many effective draws a weighted mean is worth little. */
export const POOR_ESS = 200;

/** The posteriors of all queries; `error` is the mcse of every one where it is known. */
export const posteriors = (tally: Tally, error?: number): Record<string, QueryPosterior> =>
  Object.fromEntries([...tally.queries()].map(([name, query]) => [name, posteriorOf(name, query, error)]));

/** Starts the program, with Infer allowed inside where it is used. */
export function start(job: Job, hasAddresses: boolean): RunningProgram {
  const running = startProgram(job.program, job.host, { hasAddresses });
  if (running.tracer) allowNestedInference(running, running.tracer, job.host);
  return running;
}

/** The tracer of a program that was started with addresses. */
export const tracerOf = (running: RunningProgram): PlaceTracer => {
  if (!running.tracer) throw new InternalError('a program was started without addresses');
  return running.tracer;
};
