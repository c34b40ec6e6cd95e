/**
 * Validation: whether a program may answer its scenario, one verdict per check. The published method names this as missing.
 * **Source:** ppt §2.5 (what was never checked), §7.3 D1–D9.
 */
import { UserError } from '../../../shared/errors.ts';
import type { Posterior } from '../../../shared/posterior.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { findLabelFaults } from '../../training/labelCheck.ts';
import {
  type FactorEffects,
  findDirectionFaults,
  findIdleEvidence,
  findSwapFaults,
  turnedProbes,
} from './behaviourCheck.ts';
import { findConditionFaults, findQueryFaults } from './factCheck.ts';
import { type ProgramParts, readProgramParts } from './programParts.ts';
import { CLEAR, createTrials, meanOf, type ProgramRunner, type Trials } from './trials.ts';
import { evidenceText, outsideId } from './variants.ts';
import { CHECKS, type Check, type Verdict, verdictOf } from './verdict.ts';

export type ValidationOptions = {
  readonly seed: number;
  /** How the factors work, where it is known: then their direction is checked too. */
  readonly effects?: FactorEffects;
};

/** Points of standard error a program must reach, with at least so many effective draws. */
const DEMANDS = { precision: 1, minEffective: 200 } as const;
const PRIOR_SAMPLES = 500;
/** Least spread of an answer before evidence, in points: less is no uncertainty. */
const LEAST_PRIOR_SD = 2;
/** Farthest a level or a rank may lie from the middle before evidence. */
const FARTHEST_PRIOR = { rank: 10, percentage: 45 } as const;

/** The checks from `from` on that could not be made. */
const skipFrom = (from: Check, why: string): Verdict[] =>
  CHECKS.slice(CHECKS.indexOf(from)).map((check) => ({ check, status: 'skipped', message: why }));

/** A fault of a run as the verdict of the check it belongs to. */
function verdictOfFault(error: UserError): Verdict {
  const { line, excerpt } = error.location ?? {};
  const place = line === undefined ? undefined : `line ${line}${excerpt === undefined ? '' : `: ${excerpt.trim()}`}`;
  const message = [error.message, place, error.hint].filter(Boolean).join('. ');
  if (/\bNaN\b|Infinity/.test(error.message)) return { check: 'finite', status: 'failed', message };
  if (/accepted|any weight|ruled out|survived/.test(error.message))
    return { check: 'precision', status: 'failed', message };
  return { check: 'runs', status: 'failed', message };
}

const byCheck = (faults: ReturnType<typeof findLabelFaults>, ...checks: string[]): string[] =>
  faults.filter(({ check }) => checks.includes(check)).map(({ message }) => message);

/** What one run with the scenario's own evidence shows. */
function runVerdicts(scenario: Scenario, posterior: Posterior): Verdict[] {
  const own = {
    ...posterior,
    queries: Object.fromEntries(scenario.queries.map(({ id }) => [id, posterior.queries[id]])),
  };
  const faults = findLabelFaults(scenario.queries, own, DEMANDS);
  const outside = scenario.queries.flatMap(({ id }) => {
    const share = meanOf(posterior, outsideId(id)).mean;
    return share > 0 ? [`${id}: ${share.toPrecision(2)} % of the values lie outside 0–100`] : [];
  });
  const effective = posterior.ess ?? posterior.accepted ?? posterior.executions;
  return [
    verdictOf('finite', byCheck(faults, 'numeric'), 'every answer is a number'),
    verdictOf('range', [...outside, ...byCheck(faults, 'range')], 'every value lies in 0–100'),
    verdictOf('degenerate', byCheck(faults, 'constant'), 'no answer is constant'),
    verdictOf(
      'precision',
      byCheck(faults, 'accepted', 'precision'),
      `${Math.floor(effective)} effective draws of ${posterior.executions}`,
    ),
  ];
}

/** What the program expects before any evidence. */
function priorVerdict({ queries }: Scenario, prior: Posterior): Verdict {
  const faults = queries.flatMap(({ id, kind, target }) => {
    const { mean, error } = meanOf(prior, id);
    const off = Math.abs(mean - 50) - CLEAR * error;
    const sd = prior.queries[id]?.sd ?? 0;
    if (!(sd >= LEAST_PRIOR_SD)) return [`${id}: before any evidence it is already certain (sd ${sd.toFixed(2)})`];
    const isEven = target.sides?.[0].length === target.sides?.[1].length;
    const farthest =
      kind === 'contest' ? (isEven ? 1 : 50) : kind === 'rank' ? FARTHEST_PRIOR.rank : FARTHEST_PRIOR.percentage;
    return off > farthest ? [`${id}: before any evidence it is ${mean.toFixed(1)}, expected about 50`] : [];
  });
  return verdictOf('prior', faults, 'before evidence nothing in particular is expected');
}

const inOrder = (verdicts: readonly Verdict[]): Verdict[] =>
  [...verdicts].sort((a, b) => CHECKS.indexOf(a.check) - CHECKS.indexOf(b.check));

/** The verdicts that need runs. */
async function behaviourVerdicts(
  scenario: Scenario,
  parts: ProgramParts,
  trials: Trials,
  effects: FactorEffects,
): Promise<Verdict[]> {
  const ids = scenario.queries.map(({ id }): string => id);
  const evidence = parts.evidence.map((part) => evidenceText(part));
  const posterior = await trials.run(
    { evidence, ids, probes: turnedProbes(parts.answers) },
    { precision: DEMANDS.precision },
  );
  const verdicts = runVerdicts(scenario, posterior);
  const prior = await trials.run(
    { evidence: [], ids, probes: turnedProbes(parts.answers), isPrior: true },
    { samples: PRIOR_SAMPLES },
  );
  verdicts.push(
    priorVerdict(scenario, prior),
    verdictOf(
      'swap',
      findSwapFaults(parts.answers, (id) => meanOf(prior, id)),
      'contests turn with their sides',
    ),
  );
  verdicts.push(
    verdictOf(
      'direction',
      await findDirectionFaults(trials, parts, scenario, effects),
      'answers move the way evidence points',
    ),
    verdictOf('sensitivity', await findIdleEvidence(trials, parts), `all ${parts.evidence.length} observations count`),
  );
  return verdicts;
}

/**
 * The verdicts on `scenario.program`, in the order of CHECKS. A check that an earlier failure makes impossible is skipped. Rejects only with
 * faults that are not the program's.
 */
export async function validateProgram(
  scenario: Scenario,
  run: ProgramRunner,
  options: ValidationOptions,
): Promise<Verdict[]> {
  const { program, id } = scenario;
  if (program === undefined)
    return [verdictOf('runs', ['the scenario has no program'], ''), ...skipFrom('conditions', 'no program')];
  let parts: ProgramParts;
  try {
    parts = readProgramParts(program, `${id}.wppl`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ ...verdictOfFault(error), check: 'runs' }, ...skipFrom('conditions', 'the program cannot be read')];
  }
  const stated = [
    verdictOf(
      'conditions',
      findConditionFaults(scenario, parts),
      `${parts.evidence.length} observations, each stated once`,
    ),
    verdictOf(
      'queries',
      findQueryFaults(scenario, parts),
      `${scenario.queries.length} queries, each answered by its id`,
    ),
  ];
  const isAnswering = scenario.queries.every((query) => parts.answers.some((answer) => answer.id === query.id));
  if (!isAnswering)
    return [verdictOf('runs', [], 'it can be read'), ...stated, ...skipFrom('finite', 'not every query has an answer')];
  try {
    const trials = createTrials(run, parts, options.seed);
    const behaviour = await behaviourVerdicts(scenario, parts, trials, options.effects ?? {});
    return inOrder([verdictOf('runs', [], 'it compiles and runs'), ...stated, ...behaviour]);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const fault = verdictOfFault(error);
    const found = fault.check === 'runs' ? [fault] : [verdictOf('runs', [], 'it compiles'), fault];
    const made = [...found, ...stated];
    const rest = skipFrom('finite', 'a run failed').filter(({ check }) =>
      made.every((verdict) => verdict.check !== check),
    );
    return inOrder([...made, ...rest]);
  }
}
