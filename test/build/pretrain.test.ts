/** What makes the shipped transformer: byte pairs, reading questions, the texts they are asked of, and the tokenizer that came out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { learnMerges, spellBytes } from '../../build/pretrain/bytePairs.ts';
import { HELD_OUT_CELLS, HELD_OUT_SEED, pretrainingScenario } from '../../build/pretrain/corpus.ts';
import { marksOf, STAGES } from '../../build/pretrain/curriculum.ts';
import { buildLogitsGraph, readingAccuracy } from '../../build/pretrain/readingAccuracy.ts';
import {
  type Event,
  makeQuestion,
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
  const source = readingSource(scenario, events, [{ question: 'How high?', value: 37, spread: 0 }]);
  const asked = READING_KINDS.flatMap((kind) =>
    Array.from({ length: 200 }, (_, i) => makeQuestion(createRandom(9).split(kind, i), source, kind)),
  );
  const answerTo = (pattern: RegExp) =>
    asked.flatMap((question) => (question && pattern.test(question.question) ? [question.answer] : []))[0];

  // Counted by hand from the three matches: Ada won 1 and 3, Bela 1 and 2, Elio 2 and 3, Carmen and Dara none.
  test.each([
    [/^Which side won in match 2/, 2],
    [/^On which side was Elio in match 2/, 2],
    [/^Did Carmen win in match 1/, 0],
    [/^Did Elio win in match 3/, 100],
    [/^Was Elio in match 1/, 0],
    [/^Were Ada and Bela on the same side in match 1/, 100],
    [/^How many \w+ did Ada win/, 2],
    [/^How many \w+ did Dara lose/, 2],
    [/^What percentage of the \w+ of Ada /, 67],
    [/^What percentage of the \w+ of Elio /, 100],
    [/^How many times was Bela on the side that beat Carmen/, 2],
    [/^Who is named first on the winning side of match 2/, 'Bela'],
    [/^Who is named right after Bela in match 2/, 'Elio'],
    [/^Of all wins of Ada \(Team 1\) and Bela \(Team 2\)/, 50],
    [/^How many \w+ were there/, 3],
    [/^How many are there on each side/, 2],
    [/^How high/, 37],
  ])('%s is answered by %s', (pattern, answer) => {
    expect(answerTo(pattern)).toBe(answer);
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

test('the shipped transformer answers "Did X win in match k?" as often as its card says', async () => {
  const folder = join(import.meta.dirname, '../../studies/transformer');
  const { architecture, tokenizer } = openTransformerFolder(folder);
  const stage = STAGES.at(-1);
  if (!stage) throw new Error('no stages');
  const executable = await createCpuBackend(1).compile(buildLogitsGraph(architecture));
  const weights = readWeights(folder, architecture);
  const reading = { architecture, executable, weights, tokenizer, marks: marksOf(tokenizer) };
  const kinds = Object.fromEntries(READING_KINDS.map((kind) => [kind, kind === 'won' ? 1 : 0]));
  const [won] = await readingAccuracy(reading, { ...stage, kinds }, HELD_OUT_SEED, 30);
  await executable.release();
  expect(won.asked).toBeGreaterThan(200);
  // The card says 83 % of 282; the standard error of 30 texts' questions is about 3 points.
  expect(won.right / won.asked).toBeGreaterThan(0.74);
});
