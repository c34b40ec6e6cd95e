/**
 * Bayesian Teaching: a user chooses among three flights, hotels or products in four rounds, and the fifth choice is asked for. Guided prompts
 * say what options are made of and how preferences are graded. Flights and hotels come with the exact Bayes predictive.
 * **Source:** ppt §6.2 (fields, what guided prompts add).
 */
import { z } from 'zod';
import type { ChoiceItem } from './benchmarkItem.ts';
import { bayesPredictive, rewardVectors } from './exactBayes.ts';

const ROUNDS = 5;
const OPTIONS = 3;

const roundSchema = z.looseObject({
  options: z.array(z.string()).length(OPTIONS),
  user_idx: z.coerce
    .number()
    .int()
    .min(0)
    .max(OPTIONS - 1),
});
const rowSchema = z.looseObject({
  idx: z.union([z.string(), z.number()]).optional(),
  rounds: z.array(roundSchema).min(ROUNDS),
  reward_fn: z.array(z.number()).optional(),
  rounds_numpy: z.array(z.array(z.array(z.number()))).optional(),
  features: z.array(z.string()).optional(),
});
type Row = z.infer<typeof rowSchema>;

/** What options are made of, by task. */
export const TEACHING_TASKS = ['flight', 'hotel', 'webshop'] as const;
export type TeachingTask = (typeof TEACHING_TASKS)[number];

const GUIDES: Readonly<Record<TeachingTask, string>> = {
  flight: 'Each option is a flight with a departure time, a duration, a number of stops and a cost.',
  hotel: 'Each option is a hotel with a distance from the centre, a price, a rating and its amenities.',
  webshop: 'Each option is a product. The user has attributes in mind, options they would like, and a highest price.',
};
const GRADES =
  'For each of these the user has one of five preferences: strongly for less, mildly for less, indifferent, mildly for more, strongly for more.';

const introduction = (task: TeachingTask, isGuided: boolean): string =>
  [
    'You help a user who chooses among three options, round after round, by preferences that never change.',
    ...(isGuided ? [GUIDES[task], GRADES] : []),
    'Learn from the choices which option the user prefers. Reply with the number of the option alone, in angle brackets, like <n>.',
  ].join(' ');

const optionLines = (options: readonly string[]): string =>
  options.map((option, i) => `Option ${i + 1}: ${option}`).join('\n');

function prompt({ rounds }: Row, task: TeachingTask, isGuided: boolean): string {
  const seen = rounds
    .slice(0, ROUNDS - 1)
    .map(
      ({ options, user_idx }, r) => `Round ${r + 1}\n${optionLines(options)}\nThe user chose option ${user_idx + 1}.`,
    );
  const last = `Round ${ROUNDS}\n${optionLines(rounds[ROUNDS - 1].options)}\nWhich option does the user choose now?`;
  return [introduction(task, isGuided), ...seen, last].join('\n\n');
}

/** The predictive where features are given and rewards are linear in them; null for products. */
function ceilingOf(
  { rounds, rounds_numpy }: Row,
  vectors: ReadonlyMap<number, readonly (readonly number[])[]>,
): number[] | null {
  if (!rounds_numpy || rounds_numpy.length < ROUNDS) return null;
  const possible = vectors.get(rounds_numpy[0][0]?.length ?? 0);
  if (!possible) return null;
  const seen = rounds_numpy.slice(0, ROUNDS - 1).map((options, r) => ({ options, chosen: rounds[r].user_idx }));
  return bayesPredictive(possible, seen, rounds_numpy[ROUNDS - 1]);
}

/** Reads rows of one task's file. The reward vectors are made once. */
export function createTeachingReader(
  task: TeachingTask,
  isGuided: boolean,
): (row: unknown, index: number) => ChoiceItem {
  const vectors = new Map(task === 'webshop' ? [] : [[4, rewardVectors(4)] as const]);
  return (value, index) => {
    const row = rowSchema.parse(value);
    return {
      kind: 'choice',
      id: String(index),
      prompt: prompt(row, task, isGuided),
      prefill: '',
      labels: Array.from({ length: OPTIONS }, (_, i) => String(i + 1)),
      gold: row.rounds[ROUNDS - 1].user_idx,
      group: task,
      ceiling: ceilingOf(row, vectors),
    };
  };
}
