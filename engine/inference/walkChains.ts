/**
 * Chains of replayed runs: from each course a chain goes on by moves, and every so often its queries are answered. The chains are independent, and where
 * they begin is a draw of the posterior, so none has to warm up and the spread of their means is the standard error.
 * **Source:** A. Owen, Monte Carlo theory, methods and examples (2013), on replicates.
 */
import { InternalError } from '../../shared/errors.ts';
import type { Random } from '../random.ts';
import type { ProgramHost } from './host.ts';
import type { Course, ReplayedDraws } from './replayedDraws.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type Attempt, createLook, REJECTED } from './sampling.ts';
import { LEAST_ESS, reasonToStop, type StopReason, type StopRule } from './stopping.ts';
import { createTally, momentsOf, posteriorsOf, type Tally } from './tally.ts';

/** Moves of a chain before its queries are answered: together they take about as long as the answers. */
const MOVES = 32;
/** Answers of each chain between two decisions to stop. */
const LOOKS = 8;

/** A program whose runs can be repeated in part; `run` is one run for what the draws were prepared for. */
export type Walker = { readonly draws: ReplayedDraws; readonly run: Attempt };

type Chain = { readonly course: Course; readonly sums: Map<string, number>; looks: number };

export type WalksResult = {
  readonly tally: Tally;
  readonly errors: ReadonlyMap<string, number>;
  readonly executions: number;
  readonly accepted: number;
  readonly ess: number;
  readonly reason: StopReason;
};

/** The standard error of each numeric query: the spread of the chains' means. */
function errorsOf(chains: readonly Chain[]): Map<string, number> {
  const errors = new Map<string, number>();
  for (const name of chains[0].sums.keys()) {
    const means = chains.map(({ sums, looks }) => (sums.get(name) ?? 0) / looks);
    const mean = means.reduce((sum, m) => sum + m, 0) / means.length;
    const squares = means.reduce((sum, m) => sum + (m - mean) ** 2, 0);
    errors.set(name, Math.sqrt(squares / (means.length - 1) / means.length));
  }
  return errors;
}

/** The least number of independent draws that any numeric query's error stands for. */
function effectiveOf(tally: Tally, errors: ReadonlyMap<string, number>, looks: number): number {
  let least = looks;
  for (const [name, query] of tally.queries()) {
    const error = errors.get(name) ?? 0;
    if (query.kind === 'number' && error > 0) least = Math.min(least, (momentsOf(query).sd / error) ** 2);
  }
  return least;
}

function note(chain: Chain, value: unknown): void {
  chain.looks++;
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [['value', value] as const];
  for (const [name, field] of fields)
    if (typeof field === 'number')
      chain.sums.set(name, (chain.sums.get(name) ?? 0) + Math.min(100, Math.max(0, field)));
}

type Reached = { executions: number; accepted: number; looks: number };

/** Moves a chain on; false where a run had other draws than the one before, which cannot be repeated in part. */
function move({ draws, run }: Walker, { course }: Chain, reached: Reached): boolean {
  draws.prepare('move', course);
  for (let i = 0; i < MOVES; i++) {
    run();
    reached.executions++;
    if (!draws.isSettled()) continue;
    if (!draws.isLike(course)) return false;
    reached.accepted++;
    draws.keep(course);
  }
  return true;
}

/** Answers the queries where a chain is. */
function answer(running: RunningProgram, { draws, run }: Walker, chain: Chain, tally: Tally): void {
  draws.prepare('again', chain.course);
  const result = run();
  if (result === REJECTED) throw new InternalError('a run that was accepted is rejected when it is repeated');
  try {
    tally.add(result.value, 1);
  } catch (error) {
    throw running.explain(error);
  }
  note(chain, result.value);
}

/**
 * Goes on from `courses` until `rule` says stop. Round r draws from `random.split(r)`. Undefined where runs differ in their number of draws, so that they
 * cannot be walked.
 */
export function walk(
  running: RunningProgram,
  walker: Walker,
  { courses, random }: { readonly courses: readonly Course[]; readonly random: Random },
  rule: StopRule,
  host: ProgramHost,
): WalksResult | undefined {
  const chains: Chain[] = courses.map((course) => ({ course, sums: new Map(), looks: 0 }));
  const tally = createTally();
  const reached: Reached = { executions: 0, accepted: 0, looks: 0 };
  let errors: ReadonlyMap<string, number> = new Map();
  const worst = (): number => Math.max(0, ...errors.values());
  const ess = (): number => effectiveOf(tally, errors, reached.looks);
  const look = createLook(
    host,
    rule,
    () => ({ done: reached.looks, unit: 'values', executions: reached.executions, mcse: worst() }),
    () => posteriorsOf(tally, errors),
  );
  let reason: StopReason | undefined;
  for (let round = 0; reason === undefined; round++) {
    running.runtime.draws.reseed(random.split(round));
    for (const chain of chains) {
      for (let i = 0; i < LOOKS; i++) {
        if (!move(walker, chain, reached)) return undefined;
        answer(running, walker, chain, tally);
        reached.looks++;
      }
      look();
    }
    errors = errorsOf(chains);
    reason = reasonToStop(rule, {
      executions: reached.executions,
      accepted: reached.looks,
      ess: ess(),
      leastEss: LEAST_ESS,
      worstError: worst,
    });
  }
  return { tally, errors, executions: reached.executions, accepted: reached.accepted, ess: ess(), reason };
}
