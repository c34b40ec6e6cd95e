/** Reads the recorded transformers, tokenizers and numbers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Architecture, readArchitecture } from '../../../engine/transformer/architecture.ts';
import type { Tensor } from '../../../engine/transformer/backend.ts';
import { decodeSafetensors } from '../../../engine/transformer/safetensors.ts';

export const goldens = join(import.meta.dirname, '../../fixtures/goldens');

/** The parsed file, taken at its word: these files are ours. */
export const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(goldens, ...path), 'utf8'));

/** `forward/<name>.json`, as its README describes it. */
export type ForwardGolden = {
  readonly lt_id: number;
  readonly gt_id: number;
  readonly number_token_ids: number[][];
  readonly padded_batch: { readonly prompts: number[]; readonly input_ids: number[][] };
  readonly prompts: readonly {
    readonly ids: number[];
    readonly n: number;
    readonly last_logits_top50: { readonly ids: number[]; readonly values: number[] };
    readonly next_token_logprobs?: number[];
    readonly number_logprob: number[];
    readonly number_context_appends_lt?: boolean;
  }[];
};

/** `lora/<name>/lora.json`. */
export type LoraGolden = {
  readonly first_batch: Readonly<Record<'renorm' | 'full', { readonly loss: number }>>;
  readonly runs: Readonly<Record<string, { readonly losses: number[] }>>;
};

export type NamedTensors = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float32Array }>;

export const readTensors = (...path: string[]): NamedTensors =>
  decodeSafetensors(readFileSync(join(goldens, ...path)), path.join('/')).tensors;

export type GoldenTransformer = {
  readonly architecture: Architecture;
  readonly weights: ReadonlyMap<string, Tensor>;
};

/** A transformer of `models/`, its config from `folder` and its weights from `weightsFolder`. */
export function readTransformer(folder: string, weightsFolder = folder): GoldenTransformer {
  const architecture = readArchitecture(readJson('models', folder, 'config.json'), 'config.json');
  const tensors = readTensors('models', weightsFolder, 'model.safetensors');
  return { architecture, weights: asTensors(tensors) };
}

export const asTensors = (tensors: NamedTensors): Map<string, Tensor> =>
  new Map([...tensors].map(([name, { shape, data }]) => [name, { dataType: 'float32' as const, shape, data }]));

/** The largest absolute difference. */
export const maxDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i])), 0);

/** ‖a − b‖ / ‖b‖ */
export function relativeDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const expected = Array.from(b);
  const square = (values: number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return square(expected.map((value, i) => a[i] - value)) / square(expected);
}
