/**
 * What pretraining reads, step by step: sequences whose second half repeats the first; then short texts with few names; then whole prompts.
 * Every text carries many reading questions as branches of one token tree. Row `r` of step `s` depends on (seed, s, r) only.
 */
import { createRandom, pick, type Random, shuffled } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { INSTRUCTION, renderScenario } from '../../engine/scenario/prompt.ts';
import type { Tokenizer } from '../../engine/transformer/tokenizer.ts';
import { appendChain, createTokenTree, type TokenTree } from '../../engine/transformer/tokenTree.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { pretrainingScenario } from './corpus.ts';
import {
  drawKind,
  type KindShares,
  makeQuestion,
  makeReports,
  type ReadingQuestion,
  type ReadingSource,
  readEvents,
  readingSource,
} from './readingQuestions.ts';

/** How texts of a stage are made. `context` says how much of the prompt stands before the conditions; without all of it, questions are bare too. */
export type Stage = {
  readonly name: string;
  readonly steps: number;
  readonly rows: number;
  readonly questions: number;
  /** How often each kind of question is asked. */
  readonly kinds: KindShares;
  readonly teamSizes: readonly number[];
  readonly events: readonly number[];
  /** Share of texts that also state numbers about people. */
  readonly reports: number;
  /** Questions in a few words. */
  readonly isBrief: boolean;
  readonly context: 'conditions' | 'scenario' | 'prompt';
  /** Share of steps that read repeats, and of steps taken from the stage before. */
  readonly repeats: number;
  readonly earlier: number;
};

/** Above all, who won and how often. */
const WINS: KindShares = {
  ...{ count: 0.05, size: 0.05, follower: 0.15, firstWinner: 0.2, report: 0.4, played: 0.2, sameSide: 0.2 },
  ...{ side: 0.7, winner: 0.4, won: 1, losses: 0.6, winShare: 0.8, beaten: 0.4 },
};

/** The same with more that is copied from the text: names and stated numbers. */
const ALSO_COPYING: KindShares = { ...WINS, follower: 0.4, firstWinner: 0.4, report: 0.8 };

const BRIEF = { isBrief: true, context: 'conditions' } as const;

export const STAGES: readonly Stage[] = [
  {
    name: 'one',
    steps: 400,
    rows: 14,
    questions: 8,
    kinds: WINS,
    teamSizes: [1],
    events: [1],
    reports: 0,
    ...BRIEF,
    repeats: 0.1,
    earlier: 0,
  },
  {
    name: 'two',
    steps: 500,
    rows: 10,
    questions: 10,
    kinds: WINS,
    teamSizes: [1, 2],
    events: [1, 2],
    reports: 0,
    ...BRIEF,
    repeats: 0.05,
    earlier: 0.1,
  },
  {
    name: 'day',
    steps: 450,
    rows: 8,
    questions: 10,
    kinds: ALSO_COPYING,
    teamSizes: [1, 2, 2],
    events: [2, 3, 4],
    reports: 0.1,
    ...BRIEF,
    repeats: 0.15,
    earlier: 0.1,
  },
  {
    name: 'asked',
    steps: 650,
    rows: 6,
    questions: 12,
    kinds: ALSO_COPYING,
    teamSizes: [1, 2, 2, 3],
    events: [3, 4],
    reports: 0.3,
    isBrief: false,
    context: 'conditions',
    repeats: 0.08,
    earlier: 0.25,
  },
  {
    name: 'prompt',
    steps: 700,
    rows: 4,
    questions: 14,
    kinds: ALSO_COPYING,
    teamSizes: [1, 2, 2, 2, 3],
    events: [3, 4],
    reports: 0.3,
    isBrief: false,
    context: 'prompt',
    repeats: 0.02,
    earlier: 0.2,
  },
];

/** A row: its tree, and for every token the weight with which its prediction counts (0: not at all). */
export type Row = {
  readonly tree: TokenTree;
  readonly answerWeights: number[];
  readonly languageWeights: number[];
  /** Of each question: its kind, the index of its answer token and the question. */
  readonly answers: { readonly index: number; readonly question: ReadingQuestion }[];
};

const FORM_WEIGHT = 0.05;
const REPEAT_ROWS = 16;

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

function repeatRow(random: Random, marks: Marks): Row {
  const half = shuffled(random, marks.words).slice(0, 12 + random.integer(40));
  const tree = createTokenTree();
  appendChain(tree, -1, [marks.begin, ...half, ...half]);
  return {
    tree,
    answerWeights: tree.ids.map((_, i) => (i > half.length + 1 ? 1 : 0)),
    languageWeights: tree.ids.map(() => 0),
    answers: [],
  };
}

function contextText(stage: Stage, scenario: Scenario): string {
  if (stage.context === 'prompt') return `${INSTRUCTION}\n\n${renderScenario(scenario)}\n`;
  if (stage.context === 'scenario') return `${renderScenario(scenario)}\n`;
  return `CONDITIONS\n${scenario.conditions.map(({ text }) => text).join('\n')}\n`;
}

function drawQuestions(random: Random, { questions: count, kinds }: Stage, source: ReadingSource): ReadingQuestion[] {
  const drawn = new Map<string, ReadingQuestion>();
  for (let i = 0; drawn.size < count && i < 3 * count; i++) {
    const stream = random.split(i);
    const question = makeQuestion(stream, source, drawKind(stream, kinds));
    if (question && !drawn.has(question.question)) drawn.set(question.question, question);
  }
  return [...drawn.values()];
}

/** Gives the scenario reported numbers: their sentences stand between and after the conditions. */
function withReports(random: Random, share: number, scenario: Scenario, names: readonly string[]) {
  const { sentences, reports } =
    random.uniform() < share ? makeReports(random, scenario, names) : { sentences: [], reports: [] };
  const conditions = [...scenario.conditions];
  for (const text of sentences) conditions.splice(1 + random.integer(conditions.length), 0, { text });
  return { scenario: { ...scenario, conditions }, reports };
}

/** A text with its questions. */
export function readingRow(
  random: Random,
  stage: Stage,
  tokenizer: Tokenizer,
  place: { seed: number; index: number; marks: Marks },
): Row {
  const drawn = pretrainingScenario(place.seed, place.index, stage.teamSizes);
  const kept = drawn.conditions.slice(0, pick(random.split('events'), stage.events));
  const events = readEvents(kept);
  const names = [...new Set(events.flatMap(({ sides }) => sides.flat()))];
  const { scenario, reports } = withReports(
    random.split('reports'),
    stage.reports,
    { ...drawn, conditions: kept },
    names,
  );
  const source = readingSource(scenario, events, reports);
  const questions = drawQuestions(random.split('questions'), stage, source);

  const { marks } = place;
  const tree = createTokenTree();
  const answerWeights: number[] = [];
  const languageWeights: number[] = [];
  const answers: Row['answers'] = [];
  const append = (
    parent: number,
    ids: readonly number[],
    weights: { answer?: number; language?: number } = {},
  ): number => {
    for (const _ of ids) {
      answerWeights.push(weights.answer ?? 0);
      languageWeights.push(weights.language ?? 0);
    }
    return appendChain(tree, parent, ids);
  };
  const beginning = append(-1, [marks.begin, marks.user]);
  const trunk = append(beginning, tokenizer.encode(contextText(stage, scenario)), { language: 1 });
  for (const question of questions) {
    const asked =
      stage.context === 'prompt'
        ? append(trunk, [...tokenizer.encode(`QUERY\n${question.question}\nANSWER\n`), marks.end, marks.assistant])
        : append(trunk, tokenizer.encode(stage.isBrief ? question.brief : question.question));
    const isNumber = typeof question.answer === 'number';
    const opened = isNumber ? append(asked, tokenizer.encode('<'), { answer: FORM_WEIGHT }) : asked;
    const answered = append(opened, tokenizer.encode(String(question.answer)), { answer: 1 });
    answers.push({ index: answered, question });
    if (stage.context === 'prompt')
      append(answered, [...(isNumber ? tokenizer.encode('>') : []), marks.end], { answer: FORM_WEIGHT });
  }
  return { tree, answerWeights, languageWeights, answers };
}

/** The stage of step `step`, with the one before it. */
export function stageAt(step: number): { readonly stage: Stage; readonly before: Stage } {
  let rest = step;
  for (const [i, stage] of STAGES.entries()) {
    if (rest < stage.steps || i === STAGES.length - 1) return { stage, before: STAGES[Math.max(0, i - 1)] };
    rest -= stage.steps;
  }
  throw new Error('no stages');
}

/** The rows of training step `step`: repeats, or texts of its stage or the one before. */
export function trainingRows(seed: number, step: number, tokenizer: Tokenizer, marks: Marks): Row[] {
  const { stage, before } = stageAt(step);
  const random = createRandom(seed).split('step', step);
  const draw = random.split('kind').uniform();
  if (draw < stage.repeats)
    return Array.from({ length: REPEAT_ROWS }, (_, r) => repeatRow(random.split('repeat', r), marks));
  const chosen = draw < stage.repeats + stage.earlier ? before : stage;
  return Array.from({ length: chosen.rows }, (_, r) =>
    readingRow(random.split('row', r), chosen, tokenizer, { seed, index: step * 16 + r, marks }),
  );
}

/** Total number of steps. */
export const TOTAL_STEPS = STAGES.reduce((sum, stage) => sum + stage.steps, 0);
