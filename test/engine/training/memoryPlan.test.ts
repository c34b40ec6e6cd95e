/** Memory by part, and what an 8 B graph needs, from shapes alone: no weight exists here. */
import { expect, test } from 'vitest';
import { buildTrainingGraph } from '../../../engine/training/answerGraph.ts';
import { DEFAULT_PROJECTIONS } from '../../../engine/training/lora.ts';
import { BINDING_LIMIT, largestBuffers, memoryPlan, storedBytes } from '../../../engine/training/memoryPlan.ts';
import { readArchitecture, weightShapes } from '../../../engine/transformer/architecture.ts';
import { packedNames, type StoredWeight } from '../../../engine/transformer/frozenWeights.ts';
import { WEIGHT_TYPES } from '../../../shared/training.ts';
import { LLAMA_8B } from '../../bench/syntheticFolder.ts';
import { FLAT_TRIE } from '../../bench/trainingShapes.ts';

const architecture = readArchitecture(LLAMA_8B, 'config.json');
const spec = { rank: 8, alpha: 16, projections: DEFAULT_PROJECTIONS };
const pass = { rows: 2, tokens: 600, reads: 4 };

/** Every weight of the 8 B shape as if it lay in a file. */
function storedShapes(): Map<string, StoredWeight> {
  const packed = packedNames(architecture);
  let offset = 0;
  const place = (length: number) => {
    offset += length;
    return { file: 'weights.bin', offset: offset - length, length };
  };
  return new Map(
    [...weightShapes(architecture)].map(([name, shape]): [string, StoredWeight] => {
      const size = shape.reduce((a, b) => a * b, 1);
      return packed.has(name)
        ? [name, { dataType: 'int4', place: place(size / 2), scales: place(size / 8) }]
        : [name, { dataType: 'float16', place: place(2 * size) }];
    }),
  );
}

test('the graph of an 8 B transformer, weights in files, stays far below the 2 GB of a protobuf', () => {
  const options = { loss: 'renormalised', stored: storedShapes(), isCheckpointed: true } as const;
  const bytes = buildTrainingGraph(architecture, FLAT_TRIE, spec, options).length;
  console.log(`8 B training graph: ${(bytes / 2 ** 20).toFixed(2)} MiB of protobuf`);
  expect(bytes).toBeLessThan(16 * 2 ** 20);
});

test.each(WEIGHT_TYPES)('every buffer of an 8 B run over %s fits one binding of a common adapter', (weights) => {
  const buffers = largestBuffers(architecture, pass, { weights });
  expect(buffers.widened).toBe(4 * 128_256 * 4096);
  for (const bytes of Object.values(buffers)) expect(bytes).toBeLessThanOrEqual(BINDING_LIMIT);
});

test('8 B weights take 32, 16 and about 6 GB', () => {
  const gigabytes = WEIGHT_TYPES.map((type) => Math.round(storedBytes(architecture, type) / 1e8) / 10);
  expect(gigabytes).toEqual([32.1, 16.1, 6.5]);
});

test('checkpointing keeps one layer and the streams; narrow weights add one wide copy', () => {
  const plain = memoryPlan(architecture, spec, pass);
  const choices = { weights: 'int4', isCheckpointed: true } as const;
  const small = memoryPlan(architecture, spec, pass, choices);
  expect(small.activations).toBeLessThan(plain.activations / 8);
  expect(small.widening).toBe(4 * 128_256 * 4096);
  expect(plain.widening).toBe(0);
  expect(small.optimizer).toBe(plain.optimizer);
  const { total, ...parts } = small;
  expect(total).toBe(Object.values(parts).reduce((a, b) => a + b, 0));
});
