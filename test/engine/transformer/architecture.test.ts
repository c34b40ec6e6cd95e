/** Configurations: both spellings mean the same, and what is not supported is refused by name. */
import { expect, test } from 'vitest';
import { readArchitecture, weightShapes } from '../../../engine/transformer/architecture.ts';
import { inverseFrequencies } from '../../../engine/transformer/rope.ts';
import { maxDifference, readJson } from './goldens.ts';

const FOLDERS = ['tiny-llama3-bf16', 'tiny-llama3-rope31', 'tiny-qwen2-f32', 'tiny-qwen2-f16'];

test.each(FOLDERS)('%s: the hub’s and transformers 5’s spelling give one architecture', (folder) => {
  const hub = readArchitecture(readJson('models', folder, 'config.json'), 'config.json');
  expect(readArchitecture(readJson('models', folder, 'config.transformers5.json'), 'config.json')).toEqual(hub);
});

test('weights are as many as the recorded transformers have', () => {
  const count = (folder: string): number =>
    [...weightShapes(readArchitecture(readJson('models', folder, 'config.json'), 'config.json')).values()].reduce(
      (sum, shape) => sum + shape.reduce((a, b) => a * b, 1),
      0,
    );
  expect(count('tiny-llama3-bf16')).toBe(1_787_008);
});

type RopeGolden = {
  readonly cases: readonly {
    readonly label: string;
    readonly head_dim: number;
    readonly rope_theta: number;
    readonly rope_scaling: Record<string, unknown> | null;
    readonly inv_freq: number[];
  }[];
};

test.each(readJson<RopeGolden>('forward', 'rope.json').cases)('rotary frequencies of $label', (golden) => {
  const architecture = readArchitecture(
    {
      ...readJson<object>('models', 'tiny-llama3-bf16', 'config.json'),
      head_dim: golden.head_dim,
      rope_theta: golden.rope_theta,
      rope_scaling: golden.rope_scaling,
    },
    'config.json',
  );
  const frequencies = inverseFrequencies(architecture);
  const relative = golden.inv_freq.map((expected, i) => frequencies[i] / expected);
  expect(
    maxDifference(
      relative,
      golden.inv_freq.map(() => 1),
    ),
  ).toBeLessThan(1e-6);
});

test.each([
  ['model_type', 'mistral', 'model_type'],
  ['hidden_act', 'gelu', 'hidden_act'],
  ['attention_bias', true, 'attention_bias'],
  ['num_key_value_heads', 3, 'num_key_value_heads'],
  ['head_dim', 15, 'head_dim'],
  ['rope_scaling', { rope_type: 'yarn', factor: 4 }, 'rope_scaling.rope_type'],
  ['rope_scaling', { rope_type: 'llama3', factor: 4 }, 'rope_scaling'],
  ['hidden_size', '128', 'hidden_size'],
])('%s = %j is refused, naming file and place', (key, value, path) => {
  const config = { ...readJson<object>('models', 'tiny-llama3-bf16', 'config.json'), [key]: value };
  expect(() => readArchitecture(config, '/models/config.json')).toThrow(
    expect.objectContaining({ name: 'UserError', location: { file: '/models/config.json', path } }),
  );
});
