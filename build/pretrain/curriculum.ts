/**
 * What pretraining reads, level by level: sequences whose second half repeats the first; then short texts; then whole prompts. Every text
 * carries many reading questions as branches of one token tree. A level is left when it is mastered, and earlier ones keep being read.
 */
import { createRandom, pick, type Random, shuffled } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { INSTRUCTION, renderQuestion, renderScenario } from '../../engine/scenario/prompt.ts';
import type { Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { appendChain, createTokenTree, type TokenTree } from '../../engine/transformer/tokenTree.ts';
import { pretrainingScenario } from './corpus.ts';
import { type KindShares, makeQuestion, type ReadingQuestion, readEvents, readingSource } from './readingQuestions.ts';

/** How texts of a level are made, and when it is mastered. */
export type Level = {
  readonly name: string;
  /** Rows of a step that hold only sequences that repeat themselves; of the others such sequences fill the gaps. */
  readonly repeats: number;
  readonly kinds: KindShares;
  readonly teamSizes: readonly number[];
  readonly events: readonly number[];
  /** Share of steps whose texts are whole prompts with whole answers; in the others they are conditions with bare questions. */
  readonly prompts: number;
  /** Share of texts taken from an earlier level. */
  readonly earlier: number;
  /** Peak learning rate. Sharp attention, once found, is torn apart by the rate that finds it. */
  readonly rate: number;
  /** Accuracy on held-out texts at which the next level begins. */
  readonly mastery: number;
};

const LOOK_UPS: KindShares = { winner: 1, side: 1, won: 1.5, firstWinner: 0.7, follower: 0.7 };
const ALL: KindShares = { ...LOOK_UPS, sameSide: 0.4, wins: 1.2, losses: 1, share: 0.8 };
/** Once names are found, mostly what takes two look-ups or more. */
const JOINED: KindShares = { ...ALL, winner: 0.5, won: 2.5, firstWinner: 0.3, follower: 0.3, sameSide: 0.6 };
/** Once somebody's result in one event is found, mostly what is counted over several. */
const COUNTED: KindShares = {
  ...{ winner: 0.4, side: 0.4, won: 2, firstWinner: 0.4, follower: 0.8, sameSide: 0.5 },
  ...{ wins: 2, losses: 1.5, share: 1, moreWins: 2 },
};

/** In the end, counts that are added up and compared on a scale from 0 to 100, as posteriors will have to be. */
const GRADED: KindShares = {
  ...{ winner: 0.3, side: 0.3, won: 1.5, firstWinner: 0.4, follower: 0.5, sameSide: 0.4 },
  ...{ wins: 1.2, losses: 1.2, share: 0.6, moreWins: 1.5, balance: 2, sideBalance: 3 },
};

/** At last, answers that are spread around what is counted, beside the others. */
const SPREAD: KindShares = { ...GRADED, nearBalance: 2, nearSideBalance: 2, drawnResult: 2 };

const TEXT = { repeats: 1, kinds: JOINED, prompts: 0.05, earlier: 0.2, rate: 7e-4, mastery: 0.87 } as const;

export const LEVELS: readonly Level[] = [
  {
    ...TEXT,
    name: 'start',
    repeats: 4,
    kinds: LOOK_UPS,
    teamSizes: [1, 2],
    events: [1],
    earlier: 0,
    rate: 2e-3,
    mastery: 0.7,
  },
  { ...TEXT, name: 'one', repeats: 2, mastery: 0.93, kinds: LOOK_UPS, teamSizes: [1, 2], events: [1], earlier: 0 },
  { ...TEXT, name: 'two', kinds: ALL, teamSizes: [1, 2], events: [1, 2, 2] },
  { ...TEXT, name: 'day', mastery: 0.82, teamSizes: [1, 2, 2, 3], events: [2, 3, 3, 4] },
  { ...TEXT, name: 'mixed', mastery: 0.86, teamSizes: [1, 2, 2, 3], events: [3, 4], prompts: 0.4 },
  { ...TEXT, name: 'prompt', kinds: COUNTED, teamSizes: [1, 2, 2, 3], events: [3, 4], prompts: 0.5, mastery: 0.92 },
  { ...TEXT, name: 'graded', kinds: GRADED, teamSizes: [1, 2, 2, 2, 3], events: [3, 4], prompts: 0.6, mastery: 0.91 },
  { ...TEXT, name: 'spread', kinds: SPREAD, teamSizes: [1, 2, 2, 2, 3], events: [3, 4], prompts: 0.8, mastery: 2 },
];

/** Rows of a step and their length in tokens. */
const FORMS = {
  bare: { rows: 6, length: 256, questions: 32 },
  prompt: { rows: 3, length: 576, questions: 28 },
} as const;
type Form = keyof typeof FORMS;

/** What a token's prediction counts towards: an answer, the words of the text, or a repeated sequence. */
export type Share = 'answer' | 'language' | 'repeat';

/** A row: its tree, and for every token with what weight its prediction counts, and towards what. */
export type Row = {
  readonly tree: TokenTree;
  readonly weights: number[];
  readonly shares: (Share | null)[];
  /** The questions with the index of their answer's token. */
  readonly answers: { readonly index: number; readonly question: ReadingQuestion }[];
};

/** No question with its answer is longer, in tokens. */
const LONGEST_QUESTION = 42;
const MIN_REPEAT = 24;

/** Tokens the rows need by id. */
export type Marks = {
  readonly begin: number;
  readonly user: number;
  readonly assistant: number;
  readonly end: number;
  readonly words: readonly number[];
};

/** The marks of the shipped tokenizer: its special tokens, and as words the names, both ways they are spelled, and the numbers. */
export function marksOf(tokenizer: Tokenizer): Marks {
  const first = (text: string): number => tokenizer.encode(text)[0];
  const names = PEOPLE.flatMap((name) => [first(name), first(` ${name}`)]);
  const numbers = Array.from({ length: 101 }, (_, n) => first(String(n)));
  return {
    begin: first('<|begin_of_text|>'),
    user: first('<|user|>'),
    assistant: first('<|assistant|>'),
    end: first('<|end|>'),
    words: [...names, ...numbers],
  };
}

type Use = { readonly share: Share; readonly weight: number };

/** The brackets and the end around an answer are soon known. */
const FORM: Use = { share: 'answer', weight: 0.05 };

const createRow = (): Row => ({ tree: createTokenTree(), weights: [], shares: [], answers: [] });

/** Appends `ids` under `parent`; without a use their prediction does not count. Returns the end's index. */
function append(row: Row, parent: number, ids: readonly number[], use?: Use): number {
  for (const _ of ids) {
    row.weights.push(use?.weight ?? 0);
    row.shares.push(use?.share ?? null);
  }
  return appendChain(row.tree, parent, ids);
}

/** Appends `ids` as far as they are not there yet: questions that begin alike share their beginning. */
function appendShared(row: Row, parent: number, ids: readonly number[]): number {
  let [end, i] = [parent, 0];
  for (let next = end; next >= 0 && i < ids.length; ) {
    next = row.tree.parents.findIndex((own, t) => own === end && t > parent && row.tree.ids[t] === ids[i]);
    if (next >= 0) [end, i] = [next, i + 1];
  }
  return append(row, end, ids.slice(i));
}

/** Fills the row up to `length` with sequences of different words, each said twice; a word counts once what follows it is known. */
function fillWithRepeats(random: Random, row: Row, length: number, marks: Marks): void {
  for (let part = 0; length - row.tree.ids.length >= MIN_REPEAT; part++) {
    const stream = random.split(part);
    const room = Math.floor((length - row.tree.ids.length - 1) / 2);
    const words = shuffled(stream, marks.words).slice(0, Math.min(room, 8 + stream.integer(52)));
    const first = append(row, -1, [marks.begin, ...words, words[0]]);
    append(row, first, words.slice(1), { share: 'repeat', weight: 1 });
  }
}

type Place = { readonly seed: number; readonly index: number; readonly marks: Marks; readonly form: Form };

/** A text with its questions. */
export function readingRow(random: Random, level: Level, tokenizer: Tokenizer, place: Place): Row {
  const { seed, index, marks, form } = place;
  const isPrompt = form === 'prompt';
  const drawn = pretrainingScenario(seed, index, level.teamSizes);
  const conditions = drawn.conditions.slice(0, pick(random.split('events'), level.events));
  const scenario = { ...drawn, conditions };
  const source = readingSource(scenario, readEvents(conditions));

  const row = createRow();
  const beginning = append(row, -1, [marks.begin, marks.user]);
  const context = isPrompt
    ? `${INSTRUCTION}\n\n${renderScenario(scenario)}\n`
    : `CONDITIONS\n${conditions.map(({ text }) => text).join('\n')}\n`;
  const trunk = append(row, beginning, tokenizer.encode(context), { share: 'language', weight: 1 });
  const asked = new Set<string>();
  const { questions, length } = FORMS[form];
  for (let i = 0; asked.size < questions && i < 2 * questions && row.tree.ids.length < length - LONGEST_QUESTION; i++) {
    const question = makeQuestion(random.split('question', i), source, level.kinds);
    if (asked.has(question.question)) continue;
    asked.add(question.question);
    const ids = isPrompt
      ? [...tokenizer.encode(renderQuestion(question.question)), marks.end, marks.assistant]
      : tokenizer.encode(question.question);
    const isNumber = typeof question.answer === 'number';
    const end = appendShared(row, trunk, ids);
    const opened = isNumber ? append(row, end, tokenizer.encode('<'), FORM) : end;
    const answered = append(row, opened, tokenizer.encode(String(question.answer)), { share: 'answer', weight: 1 });
    row.answers.push({ index: answered, question });
    if (isPrompt && i % 4 === 0) append(row, answered, [...(isNumber ? tokenizer.encode('>') : []), marks.end], FORM);
  }
  return row;
}

/** Puts `from` behind what `row` holds, as trees of their own. */
function joinRow(row: Row, from: Row): void {
  const offset = row.tree.ids.length;
  row.tree.ids.push(...from.tree.ids);
  row.tree.parents.push(...from.tree.parents.map((parent) => (parent < 0 ? parent : parent + offset)));
  row.weights.push(...from.weights);
  row.shares.push(...from.shares);
  row.answers.push(...from.answers.map(({ index, question }) => ({ index: index + offset, question })));
}

/** The rows of training step `step` at level `level`, filled up; they depend on (seed, step, level) only. */
export function trainingRows(
  { seed, step, level }: { readonly seed: number; readonly step: number; readonly level: number },
  tokenizer: Tokenizer,
  marks: Marks,
): Row[] {
  const random = createRandom(seed).split('step', step);
  const { repeats, earlier, prompts } = LEVELS[level];
  const form: Form = random.split('form').uniform() < prompts ? 'prompt' : 'bare';
  const { rows: count, length } = FORMS[form];
  const rows = Array.from({ length: count }, createRow);
  const reading = form === 'prompt' ? rows : rows.slice(repeats);
  for (let r = 0; reading.length > 0; r++) {
    const stream = random.split('row', r);
    const own = stream.uniform() < earlier ? stream.integer(level) : level;
    const text = readingRow(stream, LEVELS[own], tokenizer, { seed, index: step * 64 + r, marks, form });
    const row = reading.find(({ tree }) => tree.ids.length + text.tree.ids.length <= length);
    if (!row) break;
    joinRow(row, text);
  }
  rows.forEach((row, r) => {
    fillWithRepeats(random.split('repeat', r), row, length, marks);
  });
  return rows;
}
