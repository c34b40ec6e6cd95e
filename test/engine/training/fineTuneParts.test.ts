/** The small parts of fine-tuning: data order, target rows, clipping, answers and scores, adapter configurations. */
import { describe, expect, test } from 'vitest';
import { clipGradient, initAdam, stepAdam, vectorNorm } from '../../../engine/training/adamw.ts';
import { readAdapterConfig, writeAdapterConfig } from '../../../engine/training/adapterConfig.ts';
import { readAnswer, scoreAnswers } from '../../../engine/training/answerQueries.ts';
import { batchIndices } from '../../../engine/training/dataOrder.ts';
import { targetRows } from '../../../engine/training/prepareScenarios.ts';
import type { DatasetRecord } from '../../../shared/training.ts';

const record = (mean: number, bins: number[]): DatasetRecord => ({
  scenarioId: 's',
  queryId: 'q',
  kind: 'rank',
  motifCell: null,
  split: 'train',
  context: '',
  question: '',
  answer: String(Math.round(mean)),
  bins,
  mean,
  sd: 1,
  mcse: 0,
});
const spike = (at: number): number[] => Array.from({ length: 101 }, (_, i) => (i === at ? 1 : 0));

describe('data order', () => {
  test('every pass reads each scenario once, and passes differ', () => {
    const passes = [0, 1].map((pass) =>
      Array.from({ length: 5 }, (_, batch) => batchIndices(1, 10, pass * 5 + batch, 2)).flat(),
    );
    for (const pass of passes) expect([...pass].sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
    expect(passes[0]).not.toEqual(passes[1]);
  });

  test('it follows from the seed: the same twice, another under another', () => {
    expect(batchIndices(1, 50, 7, 4)).toEqual(batchIndices(1, 50, 7, 4));
    expect(batchIndices(2, 50, 7, 4)).not.toEqual(batchIndices(1, 50, 7, 4));
  });

  test('a batch may span two passes', () => {
    expect(batchIndices(1, 3, 1, 2)).toHaveLength(2);
  });
});

test('a mean target puts all mass on the rounded mean, a distribution target is the bins', () => {
  const rows = [record(41.6, spike(3))];
  expect([...targetRows(rows, 'mean')]).toEqual(spike(42));
  expect([...targetRows(rows, 'distribution')]).toEqual(spike(3));
});

test('clipping shortens to the norm, and leaves short gradients alone', () => {
  const long = Float32Array.of(3, 4);
  expect(clipGradient(long, 1)).toBe(5);
  expect(vectorNorm(long)).toBeCloseTo(1, 6);
  const short = Float32Array.of(0.3, 0.4);
  clipGradient(short, 1);
  expect([...short]).toEqual([Math.fround(0.3), Math.fround(0.4)]);
});

test('the first AdamW step is the learning rate against the sign of the gradient, after decay', () => {
  const weights = Float32Array.of(1, -1);
  const state = stepAdam(initAdam(2), weights, Float32Array.of(0.5, -2), { learningRate: 0.1, weightDecay: 0.5 });
  expect(state.updates).toBe(1);
  expect(weights[0]).toBeCloseTo(0.95 - 0.1, 6);
  expect(weights[1]).toBeCloseTo(-0.95 + 0.1, 6);
});

describe('answers', () => {
  test('are renormalised, with the mass outside told apart', () => {
    const logProbs = new Float32Array(101).fill(Number.NEGATIVE_INFINITY);
    logProbs[20] = Math.log(0.1);
    logProbs[60] = Math.log(0.3);
    const { bins, mean, sd, leakedMass } = readAnswer(logProbs);
    expect(bins[20]).toBeCloseTo(0.25, 6);
    expect(mean).toBeCloseTo(50, 4);
    expect(sd).toBeCloseTo(Math.sqrt(0.25 * 900 + 0.75 * 100), 4);
    expect(leakedMass).toBeCloseTo(0.6, 6);
  });

  test('a uniform answer scores ln 101 nats, KL 0 against the uniform, and the distance of its mean from 50', () => {
    const uniform = Array.from({ length: 101 }, () => 1 / 101);
    const answer = readAnswer(new Float32Array(101).fill(-9));
    const scores = scoreAnswers([answer, answer], [record(50, uniform), record(80, spike(80))]);
    expect(scores.crossEntropy).toBeCloseTo(Math.log(101), 6);
    expect(scores.mae).toBeCloseTo(15, 6);
    expect(scores.divergence).toBeCloseTo(Math.log(101) / 2, 6);
  });

  test('that are not numbers are an internal error', () => {
    expect(() => readAnswer(new Float32Array(101).fill(Number.NaN))).toThrow('internal');
  });
});

describe('adapter configurations', () => {
  const spec = { rank: 8, alpha: 16, projections: ['q_proj', 'v_proj'] as const };

  test('read back as written', () => {
    expect(readAdapterConfig(writeAdapterConfig(spec, 'base', 0), 'adapter_config.json')).toEqual(spec);
  });

  test.each([
    ['use_dora', true],
    ['use_rslora', true],
    ['bias', 'all'],
    ['modules_to_save', ['lm_head']],
    ['rank_pattern', { q_proj: 4 }],
    ['target_modules', ['lm_head']],
    ['peft_type', 'IA3'],
  ])('%s = %j is refused by name', (key, value) => {
    const config = { ...writeAdapterConfig(spec, 'base', 0), [key]: value };
    expect(() => readAdapterConfig(config, 'adapter_config.json')).toThrow(
      expect.objectContaining({
        name: 'UserError',
        hint: expect.stringContaining('LoRA'),
        location: { file: 'adapter_config.json', path: expect.stringContaining(key) },
      }),
    );
  });
});
