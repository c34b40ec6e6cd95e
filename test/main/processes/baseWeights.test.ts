/** Base weights of a folder in every type: where they end up, and that the answers stay what the type allows. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readArchitecture } from '../../../engine/transformer/architecture.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../engine/transformer/safetensors.ts';
import { openBaseWeights } from '../../../main/processes/baseWeights.ts';
import { answerQueries, runFineTune } from '../../../main/processes/trainingRunner.ts';
import { openWeights, readJsonFile } from '../../../main/processes/transformerFolder.ts';
import { trainConfigSchema, WEIGHT_TYPES, type WeightType } from '../../../shared/training.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

const parent = temporaryFolder();
const transformer = transformerFolder(parent);
const dataset = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const architectureOf = (folder: string) => readArchitecture(readJsonFile(join(folder, 'config.json')), 'config.json');
const scratch = (): string => mkdtempSync(join(tmpdir(), 'credence-training-'));
const open = (folder: string, type: WeightType, device: 'cpu' | 'webgpu' = 'cpu') =>
  openBaseWeights(folder, architectureOf(folder), { type, device, scratch: scratch() });
const name = 'model.layers.0.mlp.up_proj.weight';

describe('where weights lie', () => {
  test('bf16 as halves stays in the folder’s own file, through links too', async () => {
    const base = await open(transformer, 'float16');
    expect(base).toMatchObject({ folder: transformer, fed: new Map() });
    expect(base.stored.get(name)).toMatchObject({ dataType: 'bfloat16', place: { file: 'model.safetensors' } });
    const linked = join(parent, 'linked');
    mkdirSync(linked);
    for (const file of readdirSync(transformer)) symlinkSync(join(transformer, file), join(linked, file));
    expect(await open(linked, 'float16')).toMatchObject({ folder: transformer });
  });

  test('bf16 as float32 is fed; on a graphics card, and as int4, it is converted into a file that close removes', async () => {
    const fed = await open(transformer, 'float32');
    expect([fed.stored.size, fed.fed.get(name)?.dataType]).toEqual([0, 'float32']);
    for (const [type, device, dataType] of [
      ['int4', 'cpu', 'int4'],
      ['float16', 'webgpu', 'float16'],
      ['float32', 'webgpu', 'float32'],
    ] as const) {
      const base = await open(transformer, type, device);
      expect(base.stored.get(name)?.dataType).toBe(dataType);
      expect(base.stored.get('model.norm.weight')?.dataType).toBe('float32');
      const file = join(base.folder ?? '', `weights-${type}.bin`);
      expect(existsSync(file)).toBe(true);
      base.close();
      expect(existsSync(file)).toBe(false);
    }
  });

  test('a number beyond float16 is refused by name', async () => {
    const folder = transformerFolder(join(parent, 'large'));
    const file = join(folder, 'model.safetensors');
    const { tensors } = decodeSafetensors(readFileSync(file), file);
    tensors.get(name)?.data.set([70_000], 5);
    writeFileSync(file, encodeSafetensors(tensors));
    await expect(open(folder, 'float16')).rejects.toMatchObject({
      name: 'UserError',
      message: `weight "${name}" holds 70000, beyond the range of float16 (±65,504)`,
      hint: 'Keep the weights as float32.',
    });
  });
});

test('answers over halves in files equal those over the same float32; over int4 they are near', async () => {
  const [wide, half, four] = await Promise.all(
    WEIGHT_TYPES.map((weights) =>
      answerQueries({
        transformer,
        records: dataset,
        split: 'test',
        source: 'base',
        sourceId: 'base',
        device: { weights },
      }),
    ),
  );
  // bf16 widened in the graph or before it is the same number, but the products may be summed in another order.
  for (const [i, { mean }] of half.entries()) expect(mean).toBeCloseTo(wide[i].mean, 4);
  for (const [i, { mean }] of four.entries()) expect(Math.abs(mean - wide[i].mean)).toBeLessThan(10);
  expect(four.some(({ mean }, i) => Math.abs(mean - wide[i].mean) > 1e-3)).toBe(true);
});

test('training over int4 with recomputed activations lowers the error and leaves no weights behind', async () => {
  const out = join(parent, 'int4-run');
  const config = (steps: number) =>
    trainConfigSchema.parse({
      rank: 4,
      learningRate: 2e-3,
      steps,
      epochBatches: 4,
      weights: 'int4',
      checkpointing: true,
    });
  const result = await runFineTune({ transformer, dataset, out, config: config(8) });
  const log = readFileSync(join(out, 'log.jsonl'), 'utf8').trim().split('\n');
  const maes = log.map((line) => JSON.parse(line)).filter(({ event }) => event === 'validation');
  expect(result.bestMae).toBeLessThan(maes[0].mae);
  expect(readdirSync(out).filter((file) => file.startsWith('weights-'))).toEqual([]);
});

test('a folder whose shard is missing, cut short, or shaped otherwise than its config is refused by file and tensor', () => {
  const broken = transformerFolder(join(parent, 'broken'), 'tiny-qwen2');
  const architecture = architectureOf(broken);
  const refusal = (): unknown => {
    try {
      openWeights(broken, architecture).close();
    } catch (error) {
      return error;
    }
    return null;
  };
  const file = join(broken, 'model.safetensors');
  const whole = readFileSync(file);
  const index = join(broken, 'model.safetensors.index.json');
  const name = 'model.layers.0.self_attn.q_proj.weight';
  writeFileSync(file, whole.subarray(0, whole.length - 7));
  expect(refusal()).toMatchObject({
    location: { file },
    hint: 'Was the download cut short?',
  });
  const { tensors } = decodeSafetensors(whole, file);
  const reshaped = new Map(tensors).set(name, { shape: [1], data: new Float32Array(1) });
  writeFileSync(file, encodeSafetensors(reshaped));
  expect(refusal()).toMatchObject({
    message: expect.stringContaining('expected by config.json, received [1]'),
    location: { file, path: name },
  });
  const lacking = new Map(tensors);
  lacking.delete(name);
  writeFileSync(file, encodeSafetensors(lacking));
  expect(refusal()).toMatchObject({ location: { file, path: name } });
  writeFileSync(index, JSON.stringify({ weight_map: { [name]: 'model-00002-of-00002.safetensors' } }));
  expect(refusal()).toMatchObject({
    message: expect.stringContaining('cannot read model-00002-of-00002.safetensors'),
    hint: 'Is the download complete?',
  });
  writeFileSync(index, JSON.stringify({ weight_map: { [name]: '../elsewhere.safetensors' } }));
  expect(refusal()).toMatchObject({ location: { file: index, path: 'weight_map' } });
});

test('a JSON file of absurd size is refused before it is read', () => {
  const file = join(transformerFolder(join(parent, 'huge')), 'tokenizer.json');
  truncateSync(file, 129 * 2 ** 20);
  expect(() => readJsonFile(file)).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: 'at most 134217728 bytes of JSON expected',
      location: { file },
    }),
  );
});
