/** Multiple choice: what scaling and pooling may not change, shared credit, shuffled options, the exact Bayes predictive, verbalized answers. */
import { describe, expect, it } from 'vitest';
import { createTeachingReader } from '../../../../engine/evaluation/benchmarks/bayesianTeaching.ts';
import type { ChoiceItem } from '../../../../engine/evaluation/benchmarks/benchmarkItem.ts';
import { bayesPredictive, choiceProbs, rewardVectors } from '../../../../engine/evaluation/benchmarks/exactBayes.ts';
import { readChoiceRow } from '../../../../engine/evaluation/benchmarks/multipleChoice.ts';
import {
  choiceRow,
  offeredLogProbs,
  referenceRows,
  scaledProbs,
  temperatureItem,
} from '../../../../engine/evaluation/benchmarks/scoreChoices.ts';
import { verbalizedProbs, verbalizedPrompt } from '../../../../engine/evaluation/benchmarks/verbalized.ts';
import { createRandom } from '../../../../engine/random.ts';
import { calibrationError } from '../../../../engine/statistics/calibrationError.ts';
import { crossEntropyAt, fitTemperature } from '../../../../engine/statistics/temperature.ts';

const OPTIONS = { level: 0.95, replicates: 100 };
const ANSWERS = { label: 'transformer', role: 'answers' } as const;

const item = (id: number, gold: number, options = 4): ChoiceItem => ({
  kind: 'choice',
  id: String(id),
  prompt: 'p',
  prefill: '',
  labels: ['A', 'B', 'C', 'D', 'E'].slice(0, options),
  gold,
  group: null,
  ceiling: null,
});
const random = createRandom(4);
const items = Array.from({ length: 400 }, (_, i) => item(i, i % 4));
const logits = items.map(({ gold }) =>
  Array.from({ length: 4 }, (_, k) => 2 * random.gaussian() + (k === gold ? 1 : 0)),
);
const answered = (t: number, from = 0, to = items.length) =>
  items.slice(from, to).map((one, i) => ({ item: one, probs: scaledProbs(logits[from + i], t) }));

describe('temperature', () => {
  it('of 1 leaves NLL as it is, to the last digit of the sum', () => {
    const plain = choiceRow(createRandom(1), ANSWERS, answered(1), OPTIONS);
    const direct =
      items.map(({ gold }, i) => -Math.log(scaledProbs(logits[i])[gold])).reduce((a, b) => a + b, 0) / items.length;
    expect(plain.nll?.value).toBeCloseTo(direct, 14);
    expect(
      crossEntropyAt(
        items.map((one, i) => temperatureItem(one, logits[i])),
        1,
      ),
    ).toBeCloseTo(direct, 12);
  });

  it('never changes which option is likeliest, nor the accuracy', () => {
    const best = (t: number): number[] =>
      logits.map((row) => scaledProbs(row, t).indexOf(Math.max(...scaledProbs(row, t))));
    for (const t of [0.05, 0.3, 1.7, 20]) {
      expect(best(t)).toEqual(best(1));
      expect(choiceRow(createRandom(1), ANSWERS, answered(t), OPTIONS).score?.value).toBe(
        choiceRow(createRandom(1), ANSWERS, answered(1), OPTIONS).score?.value,
      );
    }
  });

  it('fitted on other items lowers NLL there', () => {
    const { temperature, nllBefore, nllAfter } = fitTemperature(items.map((one, i) => temperatureItem(one, logits[i])));
    expect(nllAfter).toBeLessThan(nllBefore);
    expect(temperature).toBeGreaterThan(1);
  });
});

describe('calibration', () => {
  it('of two halves pooled is that of the whole, and not the mean of theirs', () => {
    const whole = choiceRow(createRandom(1), ANSWERS, answered(1), OPTIONS).ece;
    const halves = [answered(1, 0, 200), answered(1, 200, 400)];
    const pooled = choiceRow(createRandom(1), ANSWERS, halves.flat(), OPTIONS).ece;
    const separate = halves.map((half) => choiceRow(createRandom(1), ANSWERS, half, OPTIONS).ece ?? 0);
    expect(pooled).toBe(whole);
    expect((separate[0] + separate[1]) / 2).toBeGreaterThan((whole ?? 0) + 1e-6);
    const direct = calibrationError(
      answered(1).map(({ probs }) => Math.max(...probs)),
      answered(1).map(({ item: { gold }, probs }) => (probs[gold] === Math.max(...probs) ? 1 : 0)),
      15,
    );
    expect(whole).toBeCloseTo(direct, 14);
  });
});

describe('reference rows', () => {
  it('are uniform, with its closed form, and the best constant, which has no NLL', () => {
    const mixed = [item(0, 1), item(1, 1), item(2, 0, 2), item(3, 1, 5)];
    const [uniform, constant] = referenceRows(createRandom(1), mixed, OPTIONS);
    expect(uniform.score?.value).toBeCloseTo((0.25 + 0.25 + 0.5 + 0.2) / 4, 14);
    expect(uniform.nll?.value).toBeCloseTo((Math.log(4) * 2 + Math.log(2) + Math.log(5)) / 4, 14);
    expect(uniform.ece).toBeCloseTo(0, 14);
    expect(constant).toMatchObject({
      label: 'always B',
      nll: null,
      note: 'no NLL: the right option has probability 0 on 1 of 4 items',
    });
    expect(constant.score?.value).toBe(0.75);
  });

  it('read an item’s own options out of the alphabet', () => {
    const letters = Array.from({ length: 26 }, (_, i) => -1 - i);
    expect(offeredLogProbs(item(0, 0, 3), letters)).toEqual([-1, -2, -3]);
    const numbers = Array.from({ length: 101 }, (_, i) => -1 - i);
    expect(offeredLogProbs({ ...item(0, 0), labels: ['1', '2', '3'] }, numbers)).toEqual([-2, -3, -4]);
  });
});

describe('published rows', () => {
  it.each([
    ['mmlu', { question: 'q', choices: ['w', 'x', 'y', 'z'], answer: 2, subject: 's' }, 2, 'C) y'],
    ['hellaswag', { ctx: 'c', endings: ['w', 'x'], label: '1' }, 1, 'B) x'],
    [
      'arc-challenge',
      { question: 'q', choices: { text: ['w', 'x', 'y'], label: ['1', '2', '3'] }, answerKey: '3' },
      2,
      'C) y',
    ],
    ['winogrande', { sentence: 'The _ fell.', option1: 'cup', option2: 'cat', answer: '2' }, 1, 'B) cat'],
  ] as const)('of %s give prompt and right option', (set, row, gold, line) => {
    const read = readChoiceRow(set, row, 0, 1);
    expect(read.gold).toBe(gold);
    expect(read.prompt).toContain(line);
    expect(read.prefill).toBe('The answer is: ');
  });

  it('of TruthfulQA are shuffled by item and seed: the right option stands everywhere, at the same place each time', () => {
    const row = { question: 'q', mc1_targets: { choices: ['right', 'b', 'c', 'd'], labels: [1, 0, 0, 0] } };
    const golds = Array.from({ length: 400 }, (_, i) => readChoiceRow('truthfulqa', row, i, 7).gold);
    for (let place = 0; place < 4; place++) {
      const share = golds.filter((gold) => gold === place).length / golds.length;
      expect(Math.abs(share - 0.25)).toBeLessThan(0.08);
    }
    expect(Array.from({ length: 400 }, (_, i) => readChoiceRow('truthfulqa', row, i, 7).gold)).toEqual(golds);
    expect(Array.from({ length: 400 }, (_, i) => readChoiceRow('truthfulqa', row, i, 8).gold)).not.toEqual(golds);
    const { prompt, gold, labels } = readChoiceRow('truthfulqa', row, 3, 7);
    expect(prompt).toContain(`${labels[gold]}) right`);
  });

  it('are refused where no option is right', () => {
    expect(() =>
      readChoiceRow(
        'arc-challenge',
        { question: 'q', choices: { text: ['w', 'x'], label: ['A', 'B'] }, answerKey: 'E' },
        0,
        1,
      ),
    ).toThrow('the right answer is none of the 2 options');
    expect(() =>
      readChoiceRow('winogrande', { sentence: 'The _ fell.', option1: 'a', option2: 'b', answer: '' }, 0, 1),
    ).toThrow();
  });
});

describe('the exact Bayes predictive', () => {
  const vectors = rewardVectors(4);

  it('knows all 624 reward vectors', () => {
    expect(vectors).toHaveLength(5 ** 4 - 1);
    expect(new Set(vectors.map(String)).size).toBe(624);
  });

  it('is uniform over equal options before anything is seen, and certain where a choice tells all', () => {
    expect(
      bayesPredictive(
        vectors,
        [],
        [
          [1, 1, 1, 1],
          [1, 1, 1, 1],
          [1, 1, 1, 1],
        ],
      ),
    ).toEqual([1 / 3, 1 / 3, 1 / 3].map((p) => expect.closeTo(p, 12)));
    const twoEqual = [
      [1, 0, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ];
    const seen = [{ options: twoEqual, chosen: 0 }];
    // The first was chosen: its reward is positive, or 0 and one of three ties.
    const [positive, zero] = [2 * 125, 124];
    const after = bayesPredictive(vectors, seen, twoEqual);
    expect(after?.[0]).toBeCloseTo((positive + zero / 9) / (positive + zero / 3), 12);
  });

  it('is null where no user would have chosen so', () => {
    const impossible = [
      {
        options: [
          [1, 0, 0, 0],
          [0.5, 0, 0, 0],
          [0, 0, 0, 0],
        ],
        chosen: 1,
      },
    ];
    // The middle of three on a line is chosen only by the indifferent.
    expect(bayesPredictive([[1, 0, 0, 0]], impossible, [[1, 0, 0, 0]])).toBeNull();
    expect(
      choiceProbs(
        [1, 0, 0, 0],
        [
          [1, 0, 0, 0],
          [1, 0, 0, 0],
          [0, 0, 0, 0],
        ],
      ),
    ).toEqual([0.5, 0.5, 0]);
  });

  it('is more accurate than any constant on simulated users, and calibrated', () => {
    const draw = createRandom(9);
    const round = () => Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => draw.uniform()));
    const read = createTeachingReader('flight', false);
    const rows = Array.from({ length: 300 }, (_, i) => {
      const rewards = vectors[draw.integer(vectors.length)];
      const rounds_numpy = Array.from({ length: 5 }, round);
      const rounds = rounds_numpy.map((options) => ({
        options: ['x', 'y', 'z'],
        user_idx: choiceProbs(rewards, options).indexOf(1),
      }));
      return { idx: i, reward_fn: rewards, rounds, rounds_numpy };
    });
    const read300 = rows.map((row, i) => read(row, i));
    const rowsOf = referenceRows(createRandom(1), read300, OPTIONS);
    const ceiling = rowsOf.find(({ role }) => role === 'ceiling');
    expect(ceiling?.n).toBe(300);
    expect(ceiling?.score?.low).toBeGreaterThan(0.6);
    expect(ceiling?.nll?.value).toBeLessThan(Math.log(3));
    expect(ceiling?.ece).toBeLessThan(0.1);
    expect(read300[0].labels).toEqual(['1', '2', '3']);
    expect(read300[0].prompt).toContain('The user chose option');
    expect(read300[0].prompt.match(/The user chose option/g)).toHaveLength(4);
  });

  it('is not there for products, and guided prompts say what options are made of', () => {
    const row = {
      rounds: Array.from({ length: 5 }, () => ({ options: ['a', 'b', 'c'], user_idx: 2 })),
      goal_attrs: [],
    };
    expect(createTeachingReader('webshop', true)(row, 0)).toMatchObject({
      ceiling: null,
      gold: 2,
      prompt: expect.stringContaining('Each option is a product'),
    });
    expect(createTeachingReader('hotel', false)(row, 0).prompt).not.toContain('Each option is a hotel');
  });
});

describe('verbalized answers', () => {
  it('ask option by option, and become shares; all 0 is uniform and marked', () => {
    expect(verbalizedPrompt(item(0, 0, 3), [70, 20]).prefill).toBe('<A> <70> <B> <20> <C> ');
    expect(verbalizedPrompt(item(0, 0, 3), []).prefill).toBe('<A> ');
    expect(verbalizedProbs([70, 20, 10])).toEqual({ probs: [0.7, 0.2, 0.1], isValid: true });
    expect(verbalizedProbs([0, 0])).toEqual({ probs: [0.5, 0.5], isValid: false });
  });
});
