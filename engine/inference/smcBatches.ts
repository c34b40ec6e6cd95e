/** Batches of particles until the precision is reached: pooled by their estimates of the evidence, with standard errors from their spread. */
import { UserError } from '../../shared/errors.ts';
import type { QueryPosterior } from '../../shared/posterior.ts';
import type { Random } from '../random.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import { createLook } from './sampling.ts';
import { type Batch, runBatch } from './smc.ts';
import { isOutOfTime, type StopReason, type StopRule } from './stopping.ts';
import { posteriorOf, posteriorsOf, type Tally } from './tally.ts';
import type { Trace, TraceOptions } from './trace.ts';
import { createWeightedTally } from './weightedTally.ts';

const PARTICLES = 1_000;
const LEAST_BATCHES = 10;
const MAX_EMPTY_BATCHES = 10;

export type SmcResult = {
  readonly tally: Tally;
  readonly queries: Record<string, QueryPosterior>;
  readonly executions: number;
  readonly ess: number;
  readonly logZ: number;
  readonly reason: StopReason;
};

/** The mean of each numeric query in one batch, on the scale. */
function batchMeans({ values, weights }: Batch): Map<string, number> {
  const means = new Map<string, number>();
  values.forEach((value, i) => {
    if (!(weights[i] > 0)) return;
    const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['value', value] as const];
    for (const [name, field] of fields)
      if (typeof field === 'number')
        means.set(name, (means.get(name) ?? 0) + weights[i] * Math.min(100, Math.max(0, field)));
  });
  return means;
}

type Summary = { readonly logZ: number; readonly means: ReadonlyMap<string, number> };

/** √Σ w²(m−m̄)² / Σ w of the batch means m with weights w ∝ Z, times √(R/(R−1)). */
function errorOf(batches: readonly Summary[], name: string): number {
  const largest = Math.max(...batches.map(({ logZ }) => logZ));
  const weights = batches.map(({ logZ }) => Math.exp(logZ - largest));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const mean = batches.reduce((sum, { means }, r) => sum + weights[r] * (means.get(name) ?? 0), 0) / total;
  const squares = batches.reduce((sum, { means }, r) => sum + (weights[r] * ((means.get(name) ?? 0) - mean)) ** 2, 0);
  return (Math.sqrt(squares) / total) * Math.sqrt(batches.length / Math.max(1, batches.length - 1));
}

/** Runs batches until `rule` says stop. Batch r draws from `random.split(r)`. Throws UserError when every particle of every batch dies. */
export function runSmc(
  running: RunningProgram,
  random: Random,
  run: (options?: TraceOptions) => Trace,
  rule: StopRule,
  host: ProgramHost,
): SmcResult {
  const weighted = createWeightedTally();
  const { draws } = running.runtime;
  const batches: Summary[] = [];
  let executions = 0;
  let empty = 0;
  let kept = 0;
  let reason: StopReason | undefined;
  const names = (): string[] =>
    [...weighted.tally.queries()].flatMap(([name, query]) => (query.kind === 'number' ? [name] : []));
  const worst = (): number => Math.max(0, ...names().map((name) => errorOf(batches, name)));
  const look = createLook(
    host,
    rule,
    () => ({
      done: batches.length,
      unit: 'batches',
      executions,
      mcse: batches.length > 1 ? worst() : 0,
    }),
    () => posteriorsOf(weighted.tally),
  );
  const size = rule.samples === undefined ? PARTICLES : Math.min(PARTICLES, rule.samples);
  while (reason === undefined) {
    draws.reseed(random.split(batches.length + empty));
    const batch = runBatch(draws, run, { particles: size, rejuvenation: 2, look });
    executions += batch.extensions;
    if (batch.logZ === Number.NEGATIVE_INFINITY) {
      empty++;
      if (batches.length === 0 && empty >= MAX_EMPTY_BATCHES)
        throw new UserError(`infer: every one of ${(empty * size).toLocaleString('en')} particles was ruled out`, {
          hint: 'Is the evidence possible under the program? Split one hard condition into several, or use a soft factor.',
          location: { file: running.program.source.file },
        });
    } else {
      kept += size;
      batches.push({ logZ: batch.logZ, means: batchMeans(batch) });
      try {
        batch.values.forEach((value, i) => {
          if (batch.weights[i] > 0) weighted.add(value, batch.logZ + Math.log(batch.weights[i]));
        });
      } catch (error) {
        throw running.explain(error);
      }
    }
    if (rule.samples !== undefined && kept >= rule.samples) reason = 'samples';
    else if (rule.precision !== undefined && batches.length >= LEAST_BATCHES && worst() <= rule.precision)
      reason = 'precision';
    else if (executions >= rule.maxExecutions) reason = 'executions';
    else if (isOutOfTime(rule)) reason = 'time';
  }
  if (batches.length === 0)
    throw new UserError('infer: no particle survived in the time given', {
      hint: 'Give more seconds.',
      location: { file: running.program.source.file },
    });
  const errors = new Map(names().map((name) => [name, batches.length > 1 ? errorOf(batches, name) : undefined]));
  const queries = Object.fromEntries(
    [...weighted.tally.queries()].map(([name, query]) => [name, posteriorOf(name, query, errors.get(name))]),
  );
  return {
    tally: weighted.tally,
    queries,
    executions,
    ess: weighted.ess(),
    logZ: weighted.logSum() - Math.log(batches.length + empty),
    reason,
  };
}
