/** What makes the shipped transformer: byte pairs, reading questions, the texts they are asked of, and the tokenizer that came out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { learnMerges, spellBytes } from '../../build/pretrain/bytePairs.ts';
import { HELD_OUT_CELLS, HELD_OUT_SEED, pretrainingScenario } from '../../build/pretrain/corpus.ts';
import { LEVELS, marksOf, trainingRows } from '../../build/pretrain/curriculum.ts';
import { buildLogitsGraph, overallAccuracy, readingAccuracy } from '../../build/pretrain/readingAccuracy.ts';
import {
  type Event,
  makeQuestion,
  PLAIN_KINDS,
  READING_KINDS,
  readEvents,
  readingSource,
} from '../../build/pretrain/readingQuestions.ts';
import { createRandom } from '../../engine/random.ts';
import { PEOPLE } from '../../engine/scenario/names.ts';
import { createTokenizer } from '../../engine/transformer/tokenizer.ts';
import { createCpuBackend } from '../../main/processes/ortBackend.ts';
import { openTransformerFolder, readWeights } from '../../main/processes/transformerFolder.ts';
import { motifCell } from '../../shared/scenario.ts';

describe('byte pairs', () => {
  test('the most frequent pair is merged first, and merges build on one another', () => {
    const merges = learnMerges(
      new Map([
        ['low', 5],
        ['lower', 2],
        ['new', 3],
      ]),
      3,
    );
    expect(merges).toEqual([
      ['l', 'o'],
      ['lo', 'w'],
      ['e', 'w'],
    ]);
  });

  test('bytes are spelled as GPT-2 spells them', () => {
    expect(spellBytes(' a\né')).toBe('ĠaĊÃ©');
  });
});

describe('reading questions', () => {
  const scenario = pretrainingScenario(5, 0, [2]);
  const events: Event[] = [
    {
      place: 'match 1',
      sides: [
        ['Ada', 'Bela'],
        ['Carmen', 'Dara'],
      ],
      winner: 0,
    },
    {
      place: 'match 2',
      sides: [
        ['Carmen', 'Ada'],
        ['Bela', 'Elio'],
      ],
      winner: 1,
    },
    {
      place: 'match 3',
      sides: [
        ['Ada', 'Elio'],
        ['Dara', 'Bela'],
      ],
      winner: 0,
    },
  ];
  const source = readingSource(scenario, events);
  const asked = READING_KINDS.flatMap((kind) =>
    Array.from({ length: 200 }, (_, i) => makeQuestion(createRandom(9).split(kind, i), source, { [kind]: 1 })),
  );
  const answerTo = (pattern: RegExp) => asked.find(({ question }) => pattern.test(question))?.answer;

  // Counted by hand from the three matches: Ada won 1 and 3, Bela 1 and 2, Elio 2 and 3, Carmen and Dara none.
  test.each([
    [/^Which side won match 2/, 2],
    [/^On which side of match 2 was Elio/, 2],
    [/^Was match 1 won by Carmen/, 0],
    [/^Did Elio win match 3/, 100],
    [/^In match 1, was Ada on the side of Bela/, 100],
    [/^How many \w+ were won by Ada/, 2],
    [/^How many \w+ did Dara lose/, 2],
    [/^What percentage of \w+ was won by Ada/, 67],
    [/^From 0 to 100, what was Elio's percentage of wins/, 100],
    [/^Who won more \w+, Dara \(Team 1\) or Bela \(Team 2\)/, 100],
    [/^Who won more \w+, Ada \(Team 1\) or Elio \(Team 2\)/, 50],
    [/^Out of 100, what is the balance of wins of Carmen/, 30],
    [/^On a scale from 0 to 100, what was Ada's balance of wins/, 60],
    [/^From 0 to 100, what is the balance of wins, Dara \(Team 1\) to Elio \(Team 2\)/, 70],
    [/^Who is named first on the side that won match 2/, 'Bela'],
    [/^Who is named in match 2 right after Bela/, 'Elio'],
  ])('%s is answered by %s', (pattern, answer) => {
    expect(answerTo(pattern)).toBe(answer);
  });

  test('answers that are spread lie around what is counted', () => {
    const answersTo = (pattern: RegExp) =>
      asked.filter(({ question }) => pattern.test(question)).map(({ answer }) => Number(answer));
    const near = answersTo(/^Give a level near the balance of wins of Elio/);
    expect(new Set(near).size).toBeGreaterThan(10);
    for (const answer of near) expect(Math.abs(answer - 70)).toBeLessThanOrEqual(25);
    const results = answersTo(/^A random result, lost by Ada \(Team 1\) or won by Bela \(Team 2\)/);
    expect(new Set(results)).toEqual(new Set([0, 100]));
    expect(new Set(answersTo(/^A random result, lost by Dara \(Team 1\) or won by Elio/))).toEqual(new Set([100]));
  });

  test('the text’s own words for an event are used', () => {
    const conditions = [
      {
        text: 'In the first race, Ada beat Bela.',
        event: 'race 1',
        sides: [['Ada'], ['Bela']] as [string[], string[]],
        winner: 0 as const,
      },
      {
        text: 'Bela beat Ada in race 2.',
        event: 'race 2',
        sides: [['Bela'], ['Ada']] as [string[], string[]],
        winner: 0 as const,
      },
    ];
    expect(readEvents(conditions).map(({ place }) => place)).toEqual(['the first race', 'race 2']);
  });
});

test('pretraining texts never show a held-out motif cell', () => {
  const cells = Array.from({ length: 300 }, (_, index) => pretrainingScenario(1, index).motif);
  for (const motif of cells) expect(HELD_OUT_CELLS).not.toContain(motif && motifCell(motif));
});

test('in the shipped tokenizer every answer and every name is one token', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../studies/transformer', file), 'utf8'));
  const tokenizer = createTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
  for (let answer = 0; answer <= 100; answer++) expect(tokenizer.encode(`<${answer}>`)).toHaveLength(3);
  for (const name of PEOPLE) expect(tokenizer.encode(` ${name}`), name).toHaveLength(1);
  expect(tokenizer.decode(tokenizer.encode('Ünïcode 漢字 text'))).toBe('Ünïcode 漢字 text');
});

describe('rows of a training step', () => {
  const folder = join(import.meta.dirname, '../../studies/transformer');
  const { tokenizer } = openTransformerFolder(folder);
  const marks = marksOf(tokenizer);

  test.each(LEVELS.map(({ name }, level) => [name, level] as const))(
    'at level %s every question’s path through its tree spells a text, a question and its answer',
    (_, level) => {
      const rows = trainingRows({ seed: 3, step: 5, level }, tokenizer, marks);
      for (const { tree, answers, shares } of rows) {
        expect(shares).toHaveLength(tree.ids.length);
        for (const { index, question } of answers) {
          const path: number[] = [];
          for (let t = index; t >= 0; t = tree.parents[t]) path.unshift(tree.ids[t]);
          expect(path[0]).toBe(marks.begin);
          const spelled = tokenizer.decode(path);
          expect(spelled).toContain(question.question);
          expect(spelled.trimEnd().endsWith(String(question.answer))).toBe(true);
        }
      }
      expect(rows.flatMap(({ answers }) => answers).length).toBeGreaterThan(40);
    },
  );
});

test('the shipped transformer reads as well as its card says: 95 % of plain questions, 90 % of comparisons', async () => {
  const folder = join(import.meta.dirname, '../../studies/transformer');
  const { architecture, tokenizer } = openTransformerFolder(folder);
  const executable = await createCpuBackend(1).compile(buildLogitsGraph(architecture));
  const reading = {
    ...{ architecture, executable, tokenizer, marks: marksOf(tokenizer) },
    weights: readWeights(folder, architecture),
  };
  const kinds = Object.fromEntries([...PLAIN_KINDS, 'moreWins'].map((kind) => [kind, 1]));
  const results = await readingAccuracy(reading, { ...LEVELS[LEVELS.length - 1], kinds }, HELD_OUT_SEED, 40);
  await executable.release();
  const plain = results.filter(({ kind }) => kind !== 'moreWins');
  const asked = plain.reduce((sum, own) => sum + own.asked, 0);
  expect(asked).toBeGreaterThan(600);
  // The card says 96.8 % of 2,252 and 92.3 % of 271; of so few questions the standard errors are about 0.7 and 3 points.
  expect(overallAccuracy(plain)).toBeGreaterThan(0.95);
  expect(overallAccuracy(results.filter(({ kind }) => kind === 'moreWins'))).toBeGreaterThan(0.8);
});
