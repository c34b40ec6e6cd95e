/** Markov chains in rounds: four chains, adapted while burning in, go on until split R̂ and the standard errors are good enough. */
import { UserError } from '../../shared/errors.ts';
import type { QueryPosterior } from '../../shared/posterior.ts';
import { normalizeLogWeights } from '../logSpace.ts';
import { drawIndex } from '../program/distributions/sampling.ts';
import type { Random } from '../random.ts';
import { effectiveSampleSize, splitRHat } from './diagnostics.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import { createLook } from './sampling.ts';
import { isOutOfTime, type StopReason, type StopRule } from './stopping.ts';
import { createTally, momentsOf, posteriorOf, posteriorsOf, type Tally } from './tally.ts';
import type { Trace, TraceOptions } from './trace.ts';

const CHAINS = 4;
const ROUND = 1_000;
const BURN_IN = 500;
const MAX_ROUNDS = 2_000;
const WANTED_R_HAT = 1.01;
const ACCEPTED_R_HAT = 1.05;
const MAX_LAG = 50;
const LOOK_EVERY = 16;
const START_ATTEMPTS = 20_000;
const START_CHOICES = 100;
const LEAST_ESS = 200;
/** Reports over fewer values than this keep every step; longer ones are thinned for the diagnostics. */
const DIAGNOSED = 20_000;

/**
 * One kernel: from a trace to the next. Each chain has its own. Runs end behind `stopAfter` factors where that is the number every run has:
 * what follows is drawn only when the value is asked for.
 */
export type Kernel = (
  trace: Trace,
  how: { readonly isAdapting: boolean; readonly stopAfter: number | undefined },
) => { readonly trace: Trace; readonly isAccepted: boolean };

export type ChainsResult = {
  readonly tally: Tally;
  readonly queries: Record<string, QueryPosterior>;
  readonly executions: number;
  readonly accepted: number;
  readonly ess: number;
  readonly rHat: number;
  readonly reason: StopReason;
};

/** A trace to start from: one of the first runs of the prior that have weight, drawn by their weights. Throws UserError where none is found. */
export function findStart(running: RunningProgram, run: (options?: TraceOptions) => Trace): Trace {
  const found: Trace[] = [];
  for (let i = 0; i < START_ATTEMPTS && found.length < START_CHOICES; i++) {
    const trace = run();
    if (!trace.isComplete || trace.logWeight === Number.NEGATIVE_INFINITY) continue;
    // Where only hard conditions weigh, all starts are alike.
    if (trace.logWeight === 0) return trace;
    found.push(trace);
  }
  if (found.length > 0) {
    const weights = normalizeLogWeights(found.map((trace) => trace.logWeight));
    return found[drawIndex(running.runtime.draws, weights, 1)];
  }
  throw new UserError(`infer: no run with any weight in ${START_ATTEMPTS.toLocaleString('en')} to start a chain from`, {
    hint: 'Use method "smc", which takes the conditions one by one.',
    location: { file: running.program.source.file },
  });
}

type Chain = { trace: Trace; readonly kernel: Kernel; readonly random: Random; readonly values: Map<string, number[]> };

function record(chain: Chain, value: unknown): void {
  const fields =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [['value', value] as const];
  for (const [name, field] of fields) {
    if (typeof field !== 'number') continue;
    const values = chain.values.get(name);
    if (values) values.push(field);
    else chain.values.set(name, [field]);
  }
}

/** The number of factors of every run, if runs of the prior that have weight agree on one; undefined else. */
function fixedFactors(traces: readonly Trace[]): number | undefined {
  const counts = new Set(traces.map((trace) => trace.factors));
  const [only] = counts;
  return counts.size === 1 && only > 0 ? only : undefined;
}

/** Every k-th value, so that at most DIAGNOSED are left, clamped to the scale. */
function thinned(values: readonly number[]): Float64Array {
  const every = Math.max(1, Math.ceil(values.length / DIAGNOSED));
  return Float64Array.from({ length: Math.floor(values.length / every) }, (_, i) =>
    Math.min(100, Math.max(0, values[i * every])),
  );
}

type Diagnosis = { readonly ess: number; readonly rHat: number; readonly errors: ReadonlyMap<string, number> };

/** The least ess and largest R̂ over numeric queries, and each one's standard error. */
function diagnose(chains: readonly Chain[], tally: Tally): Diagnosis {
  let ess = Number.POSITIVE_INFINITY;
  let rHat = 1;
  const errors = new Map<string, number>();
  for (const [name, query] of tally.queries()) {
    const values = chains.map((chain) => thinned(chain.values.get(name) ?? []));
    if (query.kind !== 'number' || values.some((chain) => chain.length < 8)) continue;
    const effective = effectiveSampleSize(values);
    ess = Math.min(ess, effective);
    rHat = Math.max(rHat, splitRHat(values));
    errors.set(name, momentsOf(query).sd / Math.sqrt(effective));
  }
  return { ess: Number.isFinite(ess) ? ess : tally.queries().size, rHat, errors };
}

function isGoodEnough(rule: StopRule, { ess, rHat, errors }: Diagnosis): boolean {
  return (
    rule.precision !== undefined &&
    ess >= LEAST_ESS &&
    rHat <= WANTED_R_HAT &&
    Math.max(0, ...errors.values()) <= rule.precision
  );
}

type ChainSetup = { readonly run: (options?: TraceOptions) => Trace; readonly createKernel: () => Kernel };

/** Moves chains and keeps what they say. */
function createWalker(
  running: RunningProgram,
  setup: ChainSetup,
  chains: readonly Chain[],
  rule: StopRule,
  look: () => void,
) {
  const reached = { executions: 0, accepted: 0, kept: 0, isOutOfTime: false };
  const tally = createTally();
  const stopAfter = fixedFactors(chains.map((chain) => chain.trace));
  // A value is worth a run to the end about once per sweep over the choices.
  const lag = stopAfter === undefined ? 1 : Math.min(MAX_LAG, Math.max(1, chains[0].trace.choices.length));
  const keep = (chain: Chain): void => {
    const whole = stopAfter === undefined ? chain.trace : setup.run({ previous: chain.trace });
    if (stopAfter !== undefined && whole.factors !== stopAfter)
      throw new UserError('infer: the number of factors changes from run to run in a way chains cannot follow', {
        hint: 'Use method "smc" or "rejection".',
        location: { file: running.program.source.file },
      });
    reached.kept++;
    record(chain, whole.value);
    try {
      tally.add(whole.value, 1);
    } catch (error) {
      throw running.explain(error);
    }
  };
  const advance = (chain: Chain, steps: number, isAdapting: boolean): void => {
    for (let i = 0; i < steps && !reached.isOutOfTime; i++) {
      const { trace, isAccepted } = chain.kernel(chain.trace, { isAdapting, stopAfter });
      chain.trace = trace;
      reached.executions++;
      if (isAccepted) reached.accepted++;
      if (!isAdapting && (i + 1) % lag === 0) keep(chain);
      if (i % LOOK_EVERY === 0) {
        look();
        reached.isOutOfTime = isOutOfTime(rule);
      }
    }
  };
  return { reached, tally, advance, lag };
}

/** Runs the chains until `rule` says stop. Round r of chain c draws from `random.split(c, r)`. Throws UserError where no chain can start. */
export function runChains(
  running: RunningProgram,
  random: Random,
  setup: ChainSetup,
  rule: StopRule,
  host: ProgramHost,
): ChainsResult {
  const { draws } = running.runtime;
  const chains: Chain[] = Array.from({ length: CHAINS }, (_, c) => {
    const stream = random.split(c);
    draws.reseed(stream.split('start'));
    return { trace: findStart(running, setup.run), kernel: setup.createKernel(), random: stream, values: new Map() };
  });
  let diagnosis: Diagnosis = { ess: 0, rHat: Number.POSITIVE_INFINITY, errors: new Map() };
  const look = createLook(
    host,
    rule,
    () => ({
      done: walker.reached.kept,
      unit: 'values',
      executions: walker.reached.executions,
      mcse: Math.max(0, ...diagnosis.errors.values()),
    }),
    () => posteriorsOf(walker.tally, diagnosis.errors),
  );
  const walker = createWalker(running, setup, chains, rule, look);
  const { reached, tally, lag } = walker;
  const values = Math.ceil(ROUND / lag);
  let reason: StopReason | undefined;
  for (let round = 0; reason === undefined; round++) {
    for (const chain of chains) {
      draws.reseed(chain.random.split(round));
      walker.advance(chain, round === 0 ? BURN_IN : values * lag, round === 0);
    }
    if (reached.isOutOfTime) reason = 'time';
    else if (rule.samples !== undefined && reached.kept >= rule.samples) reason = 'samples';
    else if (reached.executions >= rule.maxExecutions || round >= MAX_ROUNDS) reason = 'executions';
    // Diagnostics cost as much as the chains are long: they are made at rounds that double.
    else if (round > 0 && ((round & (round - 1)) === 0 || round % 16 === 0)) {
      diagnosis = diagnose(chains, tally);
      if (isGoodEnough(rule, diagnosis)) reason = 'precision';
    }
  }
  if (tally.queries().size === 0)
    throw new UserError('infer: the time was over before the chains had warmed up', {
      hint: 'Give more seconds, or use method "rejection".',
    });
  const final = diagnose(chains, tally);
  const queries = Object.fromEntries(
    [...tally.queries()].map(([name, query]) => [name, posteriorOf(name, query, final.errors.get(name))]),
  );
  return {
    tally,
    queries,
    executions: reached.executions,
    accepted: reached.accepted,
    ess: final.ess,
    rHat: final.rHat,
    reason,
  };
}

/** What the diagnostics of chains warn of. */
export const chainWarnings = ({ rHat }: { readonly rHat: number }): string[] =>
  rHat > ACCEPTED_R_HAT
    ? [`the chains have not mixed: R̂ is ${rHat.toFixed(2)}, so means and errors cannot be trusted`]
    : [];
