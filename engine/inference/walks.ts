/**
 * Walks: rejection finds a few runs that show the evidence, and from each a chain goes on. Where enough runs are accepted anyway, or runs cannot be
 * repeated in part, rejection goes on instead. The same code, asked not to heed evidence, gives the prior.
 */
import { sampleFrom } from '../program/distributions/distribution.ts';
import type { Handler } from '../program/runtime.ts';
import { createRandom, type Random } from '../random.ts';
import type { ProgramHost } from './host.ts';
import { independentOutcome, runIndependent } from './independent.ts';
import { type Job, type Outcome, start } from './outcome.ts';
import { explainNoneAccepted, tooLarge } from './rejection.ts';
import { type Course, createReplayedDraws } from './replayedDraws.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type Attempt, collect, PRIOR_CHUNK, REJECTED } from './sampling.ts';
import { createSpecialised } from './specialised.ts';
import { stopWarnings } from './stopping.ts';
import { posteriorOf } from './tally.ts';
import { type Walker, type WalksResult, walk } from './walkChains.ts';

/** Chains: enough for the spread of their means to be known to an eighth. */
const CHAINS = 32;
/** The share of accepted runs below which an effective draw costs less by moves. */
const RARE = 0.005;

/** The program ready to be walked, or undefined where it has no specialised form. */
function createWalker(running: RunningProgram, host: ProgramHost): Walker | undefined {
  const draws = createReplayedDraws(running.runtime.draws);
  const handler: Handler = {
    isDirect: true,
    sample: (distribution) => sampleFrom(distribution, draws),
    factor: (x) => {
      if (x > 0) throw tooLarge(x);
    },
  };
  const run = createSpecialised(running, 'walks', handler, host, draws);
  return run && { draws, run };
}

/** Runs `job`, and the prior where it is wanted. */
export function runWalks(job: Job): Outcome {
  const { host, prior } = job;
  const running = start(job, false);
  const walker = createWalker(running, host);
  if (!walker) return runIndependent(job, 'rejection');
  const outcome = runPosterior(job, running, walker);
  if (!prior) return outcome;
  walker.draws.prepare('prior');
  const drawn = { attempt: walker.run, chunkSize: PRIOR_CHUNK };
  const sampled = collect(running, createRandom(prior.seed).split('forward'), drawn, prior.rule, host);
  return { ...outcome, prior: independentOutcome(running, 'forward', prior.rule, sampled) };
}

function runPosterior(job: Job, running: RunningProgram, walker: Walker): Outcome {
  const { rule, host } = job;
  const random = createRandom(job.seed).split('walks');
  const { courses, accepted, executions } = findStarts(job, running, walker, random.split('starts'));
  const canWalk = courses.length === CHAINS && courses.every((course) => isAlike(course, courses[0]));
  if (canWalk && accepted < RARE * executions) {
    const left = { ...rule, maxExecutions: rule.maxExecutions - executions };
    const found = walk(running, walker, { courses, random: random.split('chains') }, left, host);
    if (found) return walksOutcome(running, job, found, { accepted, executions });
  }
  walker.draws.prepare('passing');
  const sampled = collect(running, random.split('rejection'), { attempt: walker.run }, rule, host);
  return independentOutcome(running, 'rejection', rule, sampled);
}

const isAlike = (a: Course, b: Course): boolean =>
  a.uniforms.length === b.uniforms.length && a.gaussians.length === b.gaussians.length;

/** The first accepted runs; only those that can be repeated in part have a course. */
function findStarts(
  { rule, host }: Job,
  running: RunningProgram,
  { draws, run }: Walker,
  random: Random,
): { readonly courses: readonly Course[]; readonly accepted: number; readonly executions: number } {
  const courses: Course[] = [];
  draws.prepare('fresh');
  const attempt: Attempt = () => {
    const result = run();
    if (result === REJECTED || !draws.isSettled()) return result;
    const course = draws.take();
    if (draws.isLike(course)) courses.push(course);
    return result;
  };
  const { accepted, executions } = collect(running, random, { attempt }, { ...rule, samples: CHAINS }, host);
  if (accepted === 0) throw explainNoneAccepted(running, executions);
  return { courses, accepted, executions };
}

function walksOutcome(
  running: RunningProgram,
  { rule }: Job,
  { tally, errors, ess, reason, ...moves }: WalksResult,
  starts: { readonly accepted: number; readonly executions: number },
): Outcome {
  const queries = [...tally.queries()].map(([name, query]) => [name, posteriorOf(name, query, errors.get(name))]);
  const worst = Math.max(0, ...errors.values());
  return {
    tally,
    queries: Object.fromEntries(queries),
    executions: starts.executions + moves.executions,
    accepted: moves.accepted,
    acceptanceRate: moves.accepted / moves.executions,
    ess,
    logZ: Math.log(starts.accepted / starts.executions),
    warnings: [...running.runtime.warnings, ...stopWarnings(rule, reason, moves.accepted, worst)],
  };
}
