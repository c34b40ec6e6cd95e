/** A transformer folder (the recorded tiny Llama) and a dataset of invented records, for tests of the training process. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatasetRecord, Split } from '../../../shared/training.ts';
import { goldens } from '../../engine/transformer/goldens.ts';

/** A new folder for one test. */
export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'credence-training-'));

/** The tiny Llama or Qwen with its tokenizer, as a Hugging Face folder in `parent`. */
export function transformerFolder(parent: string, name: 'tiny-llama3' | 'tiny-qwen2' = 'tiny-llama3'): string {
  const folder = join(parent, name);
  const weights = join(goldens, 'models', name === 'tiny-llama3' ? 'tiny-llama3-bf16' : 'tiny-qwen2-f32');
  mkdirSync(folder, { recursive: true });
  for (const file of ['config.json', 'model.safetensors']) copyFileSync(join(weights, file), join(folder, file));
  for (const file of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(goldens, 'tokenizers', name, file), join(folder, file));
  return folder;
}

/** A bell over 0–100 around `mean`. */
export function bell(mean: number, sd: number): number[] {
  const masses = Array.from({ length: 101 }, (_, i) => Math.exp(-0.5 * ((i - mean) / sd) ** 2));
  const total = masses.reduce((a, b) => a + b, 0);
  return masses.map((mass) => mass / total);
}

function record(split: Split, scenario: number, query: number): DatasetRecord {
  const mean = (scenario * 37 + query * 23) % 101;
  return {
    scenarioId: `${split}-${scenario}`,
    queryId: `q${query}`,
    kind: query % 2 === 0 ? 'rank' : 'contest',
    motifCell: '0,0,0',
    split,
    context: `BACKGROUND\nScenario ${scenario}: Ada beat Bela ${scenario % 4} times.\n`,
    question: `QUERY\nHow good is ${query % 2 === 0 ? 'Ada' : 'Bela'}?\nANSWER\n`,
    answer: String(mean),
    bins: bell(mean, 8),
    mean,
    sd: 8,
    mcse: 0.1,
  };
}

/** A dataset folder in `parent`: scenarios of `queries` queries each in train, validation and test. */
export function datasetFolder(parent: string, queries = 3): string {
  const folder = join(parent, 'dataset');
  mkdirSync(folder, { recursive: true });
  const counts: Record<Split, number> = { train: 6, validation: 3, test: 3 };
  for (const [split, count] of Object.entries(counts) as [Split, number][]) {
    const lines = Array.from({ length: count * queries }, (_, i) =>
      JSON.stringify(record(split, Math.floor(i / queries), i % queries)),
    );
    writeFileSync(join(folder, `${split}.jsonl`), `${lines.join('\n')}\n`);
  }
  return folder;
}
