/**
 * The multiple-choice sets, from rows as they are published: MMLU, TruthfulQA (mc1), HellaSwag, ARC-Challenge, Winogrande. The options of
 * TruthfulQA, whose right one is always first in the file, are shuffled by a seed of each item.
 * **Source:** ppt §6.3 (fields), §7.3 E3 (why TruthfulQA is shuffled).
 */
import { z } from 'zod';
import type { CHOICE_SETS } from '../../../shared/benchmark.ts';
import { UserError } from '../../../shared/errors.ts';
import { createRandom, shuffled } from '../../random.ts';
import { ALPHABETS, type ChoiceItem } from './benchmarkItem.ts';

const PREFILL = 'The answer is: ';

const RULE = 'Choose the best option. Reply with its letter alone, in angle brackets, like <X>.';

const optionLines = (options: readonly string[]): string =>
  options.map((option, i) => `${ALPHABETS.letters[i]}) ${option}`).join('\n');

type Question = {
  readonly heading: string;
  readonly text: string;
  readonly options: readonly string[];
  readonly gold: number;
  readonly group: string | null;
};

/** One row of a set's file, turned into a question. `id` seeds what is drawn for the item. */
type ReadRow = (row: unknown, id: string) => Question;

const mmluRow = z.looseObject({
  question: z.string(),
  subject: z.string().optional(),
  choices: z.array(z.string()).min(2).max(26),
  answer: z.coerce.number().int().min(0),
});
const truthfulRow = z.looseObject({
  question: z.string(),
  mc1_targets: z.looseObject({ choices: z.array(z.string()).min(2).max(26), labels: z.array(z.coerce.number().int()) }),
});
const hellaswagRow = z.looseObject({
  ctx: z.string(),
  endings: z.array(z.string()).min(2).max(26),
  label: z.coerce.number().int().min(0),
  activity_label: z.string().optional(),
});
const arcRow = z.looseObject({
  question: z.string(),
  choices: z.looseObject({ text: z.array(z.string()).min(2).max(26), label: z.array(z.string()) }),
  answerKey: z.string(),
});
const winograndeRow = z.looseObject({
  sentence: z.string().includes('_'),
  option1: z.string(),
  option2: z.string(),
  answer: z.enum(['1', '2']),
});

const readMmlu: ReadRow = (row) => {
  const { question, subject, choices, answer } = mmluRow.parse(row);
  return { heading: 'Question', text: question, options: choices, gold: answer, group: subject ?? null };
};
const readHellaswag: ReadRow = (row) => {
  const { ctx, endings, label, activity_label } = hellaswagRow.parse(row);
  return { heading: 'What comes next?', text: ctx, options: endings, gold: label, group: activity_label ?? null };
};
const readArc: ReadRow = (row) => {
  const { question, choices, answerKey } = arcRow.parse(row);
  return {
    heading: 'Question',
    text: question,
    options: choices.text,
    gold: choices.label.indexOf(answerKey),
    group: null,
  };
};
const readWinogrande: ReadRow = (row) => {
  const { sentence, option1, option2, answer } = winograndeRow.parse(row);
  return {
    heading: 'What belongs in the gap marked _ ?',
    text: sentence,
    options: [option1, option2],
    gold: Number(answer) - 1,
    group: null,
  };
};

/** The options in an order drawn for the item, so that the place of the right one says nothing. */
const readTruthful =
  (seed: number): ReadRow =>
  (row, id) => {
    const { question, mc1_targets } = truthfulRow.parse(row);
    const { choices, labels } = mc1_targets;
    const order = shuffled(
      createRandom(seed).split('truthfulqa', id),
      choices.map((_, i) => i),
    );
    return {
      heading: 'Question',
      text: question,
      options: order.map((i) => choices[i]),
      gold: order.indexOf(labels.indexOf(1)),
      group: null,
    };
  };

export type ChoiceSet = (typeof CHOICE_SETS)[number];

function readerOf(set: ChoiceSet, seed: number): ReadRow {
  switch (set) {
    case 'mmlu':
      return readMmlu;
    case 'truthfulqa':
      return readTruthful(seed);
    case 'hellaswag':
      return readHellaswag;
    case 'arc-challenge':
      return readArc;
    case 'winogrande':
      return readWinogrande;
    default:
      throw set satisfies never;
  }
}

/** Row `index` of a set's file as an item. Throws ZodError where it has other fields, UserError where none of its options is the right one. */
export function readChoiceRow(set: ChoiceSet, row: unknown, index: number, seed: number): ChoiceItem {
  const id = String(index);
  const { heading, text, options, gold, group } = readerOf(set, seed)(row, id);
  if (gold < 0 || gold >= options.length)
    throw new UserError(`the right answer is none of the ${options.length} options`);
  return {
    kind: 'choice',
    id,
    prompt: `${RULE}\n\n${heading}\n${text}\n\nOptions\n${optionLines(options)}`,
    prefill: PREFILL,
    labels: ALPHABETS.letters.slice(0, options.length),
    gold,
    group,
    ceiling: null,
  };
}
