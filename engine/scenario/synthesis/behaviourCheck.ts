/**
 * Behaviour check: whether a program answers in the right direction and whether every observation counts, by running variants of it. The
 * only thing taken as given is that `beats(a, b, event)` says that a did better than b. **Source:** ppt §7.3 D1, §7.4 test 2.
 */
import { UserError } from '../../../shared/errors.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { evidenceName } from './factCheck.ts';
import type { AnswerPart, EvidencePart, ProgramParts } from './programParts.ts';
import { CLEAR, type Difference, type Trial, type Trials } from './trials.ts';
import { ADDED, contestText, evidenceText, levelText, resultText } from './variants.ts';

/** How the factors work, where it is known. */
export type FactorEffects = Readonly<Record<string, 'helps' | 'hurts'>>;

/** An event that is in no scenario. */
const NEW_EVENT = '901';
const PROBE = `${ADDED}probe`;

const turnedId = (id: string): string => `${ADDED}turned_${id}`;

/**
 * For each contest the middle between v and v with its sides exchanged, to be answered in the same run as the queries: 50 in every run but for
 * the chance of the simulated contests, so that a small bias shows.
 */
export const turnedProbes = (answers: readonly AnswerPart[]): Record<string, string> =>
  Object.fromEntries(
    answers.flatMap((answer) => {
      if (answer.kind !== 'contest') return [];
      const [first, second] = answer.sides;
      return [[turnedId(answer.id), `(${contestText(first, second)} + ${contestText(second, first)}) / 2`]];
    }),
  );

/** Points that rounding in a hundred simulated contests may take away. */
const ROUNDED = 0.25;

/** Contests that do not turn with their sides. `means` are of one run with `turnedProbes`. */
export function findSwapFaults(
  answers: readonly AnswerPart[],
  means: (id: string) => { readonly mean: number; readonly error: number },
): string[] {
  return answers.flatMap((answer) => {
    if (answer.kind !== 'contest') return [];
    const { mean, error } = means(turnedId(answer.id));
    if (Math.abs(mean - 50) <= CLEAR * error + ROUNDED) return [];
    return [`${answer.id} and the same with its sides exchanged add up to ${(2 * mean).toFixed(1)}, expected 100`];
  });
}

/** Everybody the program knows by name. */
function entitiesIn({ evidence, answers }: ProgramParts): string[] {
  const named = evidence.flatMap((part) =>
    part.kind === 'result' ? [...part.winners, ...part.losers] : [part.entity],
  );
  const asked = answers.flatMap((answer) =>
    answer.kind === 'contest' ? answer.sides.flat() : answer.kind === 'other' ? [] : [answer.entity],
  );
  return [...new Set([...named, ...asked])];
}

const bare = (evidence: readonly string[], id: string): Trial => ({ evidence, ids: [id], probes: {} });

const notClear = ({ by, error }: Difference): string => `${by >= 0 ? '+' : ''}${by.toFixed(2)} ± ${error.toFixed(2)}`;

/** Whether evidence for (against) an answer raises (lowers) it. */
async function answerDirectionFault(
  trials: Trials,
  parts: ProgramParts,
  answer: AnswerPart,
  effects: FactorEffects,
): Promise<string[]> {
  if (answer.kind === 'other') return [];
  if (answer.kind === 'contest') {
    const [first, second] = answer.sides;
    const found = await trials.difference(
      answer.id,
      bare([resultText(second, first, NEW_EVENT)], answer.id),
      bare([resultText(first, second, NEW_EVENT)], answer.id),
    );
    return found.by > CLEAR * found.error
      ? []
      : [`${answer.id} should rise when the second side has won before (${notClear(found)} points)`];
  }
  const other = entitiesIn(parts).find((name) => name !== answer.entity);
  if (other === undefined) return [];
  const event = answer.kind === 'rank' ? NEW_EVENT : answer.event;
  const won = bare([resultText([answer.entity], [other], event)], answer.id);
  const lost = bare([resultText([other], [answer.entity], event)], answer.id);
  if (answer.kind === 'rank') {
    const found = await trials.difference(answer.id, won, lost);
    return found.by > CLEAR * found.error
      ? []
      : [
          `${answer.id} should be higher after a win of ${answer.entity} than after a defeat (${notClear(found)} points)`,
        ];
  }
  const effect = Object.entries(effects).find(
    ([name]) => name.toLowerCase().replace(/[^a-z0-9]/g, '') === answer.factor.toLowerCase(),
  )?.[1];
  const found =
    effect === 'hurts' ? await trials.difference(answer.id, lost, won) : await trials.difference(answer.id, won, lost);
  const isClear = effect === undefined ? Math.abs(found.by) > CLEAR * found.error : found.by > CLEAR * found.error;
  return isClear
    ? []
    : [
        `${answer.id} should ${effect === undefined ? 'move' : effect === 'helps' ? 'rise' : 'fall'} when ${answer.entity} does better in event ${answer.event} (${notClear(found)} points)`,
      ];
}

/** With all results turned round, the rank of a focal entity that won (or lost) every time must move to the other side. */
async function mirrorFaults(trials: Trials, parts: ProgramParts, { motif, focal }: Scenario): Promise<string[]> {
  if (!motif || focal === undefined || motif.P > 1) return [];
  const straight = parts.evidence.map((part) => evidenceText(part));
  const mirrored = parts.evidence.map((part) => evidenceText(part, part.kind === 'result'));
  const faults: string[] = [];
  for (const answer of parts.answers) {
    if (answer.kind !== 'rank' || answer.entity !== focal) continue;
    const [high, low] = motif.P === 0 ? [straight, mirrored] : [mirrored, straight];
    const found = await mirroredDifference(trials, answer.id, high, low);
    if (found && found.by <= CLEAR * found.error)
      faults.push(`${answer.id}: mirrored results should move ${focal}'s rank (${notClear(found)} points)`);
  }
  return faults;
}

/** Nothing where the mirrored world is one the program cannot sample. */
async function mirroredDifference(
  trials: Trials,
  id: string,
  high: readonly string[],
  low: readonly string[],
): Promise<Difference | undefined> {
  try {
    return await trials.difference(id, bare(high, id), bare(low, id));
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Answers that move the wrong way, or not at all. */
export async function findDirectionFaults(
  trials: Trials,
  parts: ProgramParts,
  scenario: Scenario,
  effects: FactorEffects,
): Promise<string[]> {
  const faults = await Promise.all(parts.answers.map((answer) => answerDirectionFault(trials, parts, answer, effects)));
  return [...faults.flat(), ...(await mirrorFaults(trials, parts, scenario))];
}

/** What an observation must move: a repetition of the contest, or the level it speaks of. */
const probeOf = (part: EvidencePart): string =>
  part.kind === 'result' ? contestText(part.losers, part.winners) : levelText(part);

/** Observations that change nothing: alone, each must move what it is about away from its opposite. */
export async function findIdleEvidence(trials: Trials, { evidence }: ProgramParts): Promise<string[]> {
  const found = await Promise.all(
    evidence.map(async (part) => {
      const isRising = part.kind === 'result' || part.isHigh;
      const trial = (isReversed: boolean): Trial => ({
        evidence: [evidenceText(part, isReversed)],
        ids: [],
        probes: { [PROBE]: probeOf(part) },
      });
      const difference = await trials.difference(PROBE, trial(!isRising), trial(isRising));
      return difference.by > CLEAR * difference.error
        ? []
        : [`${evidenceName(part)} changes nothing (${notClear(difference)} points)`];
    }),
  );
  return found.flat();
}
