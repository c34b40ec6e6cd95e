/**
 * Choosing a method: exact where few paths of choices make up the program, else rejection where enough of a pilot is accepted, else importance weights
 * where they are even enough, else particles; chains where those die out. Says what it chose and why. Pilots have fixed sizes, so the choice
 * depends on program and seed alone.
 */
import { UserError } from '../../shared/errors.ts';
import { runMethod } from './methods.ts';
import type { Job, Outcome, RunnableMethod } from './outcome.ts';

const LEAVES = 20_000;
/** Choices over all paths: long paths are no exact program either. */
const CHOICES = 200_000;
const PILOT = 20_480;
/** Least acceptance for rejection, and least share of effective draws for importance. */
const LEAST_ACCEPTANCE = 2e-4;
const LEAST_EVENNESS = 0.005;

type Chosen = { readonly method: RunnableMethod; readonly outcome: Outcome; readonly reason: string };

/** The outcome, or undefined where the method refuses the program. Faults of the program itself come up again in the next method. */
function attempt(run: () => Outcome): Outcome | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

const percent = (share: number): string => `${(100 * share).toPrecision(2)} %`;

/** Runs `job` by the method that fits it best. */
export function runAuto(job: Job): Chosen {
  const exact = attempt(() => runMethod(job, 'enumerate', { leafLimit: LEAVES, choiceLimit: CHOICES }));
  if (exact)
    return {
      method: 'enumerate',
      outcome: exact,
      reason: `${exact.executions} paths of choices are the whole program`,
    };
  const pilotJob: Job = { ...job, rule: { ...job.rule, precision: undefined, samples: PILOT, maxExecutions: PILOT } };
  const pilot = attempt(() => runMethod(pilotJob, 'rejection'));
  const acceptance = pilot?.acceptanceRate ?? 0;
  if (acceptance >= LEAST_ACCEPTANCE)
    return {
      method: 'rejection',
      outcome: runMethod(job, 'rejection'),
      reason: `${percent(acceptance)} of ${PILOT.toLocaleString('en')} runs were accepted`,
    };
  const weighted = attempt(() => runMethod(pilotJob, 'importance'));
  const evenness = (weighted?.ess ?? 0) / PILOT;
  if (evenness >= LEAST_EVENNESS)
    return {
      method: 'importance',
      outcome: runMethod(job, 'importance'),
      reason: `weighted runs of the prior are worth ${percent(evenness)} of their number`,
    };
  const why = `the evidence is rare: ${pilot ? percent(acceptance) : 'none'} of ${PILOT.toLocaleString('en')} runs accepted`;
  const particles = attempt(() => runMethod(job, 'smc'));
  if (particles) return { method: 'smc', outcome: particles, reason: why };
  const chains = attempt(() => runMethod(job, 'mh'));
  if (chains) return { method: 'mh', outcome: chains, reason: `${why}, and particles died out` };
  // Nothing fits: rejection either finds runs after all, or names the condition that ruled them out.
  return {
    method: 'rejection',
    outcome: runMethod(job, 'rejection'),
    reason: `${why}, and neither particles nor chains found a way`,
  };
}
