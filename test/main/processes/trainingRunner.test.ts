/** The training process from the host's side: fine-tuning, answering, repeating, cancelling, resuming after kills. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { answerQueries, runFineTune } from '../../../main/processes/trainingRunner.ts';
import type { Progress } from '../../../shared/progress.ts';
import { type TrainConfigInput, trainConfigSchema } from '../../../shared/training.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

const parent = temporaryFolder();
const transformer = transformerFolder(parent);
const dataset = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const config = (changes: TrainConfigInput = {}) =>
  trainConfigSchema.parse({ rank: 4, alpha: 8, learningRate: 2e-3, steps: 12, epochBatches: 4, ...changes });

const hashOf = (...path: string[]): string =>
  createHash('sha256')
    .update(readFileSync(join(...path)))
    .digest('hex');

/** Hashes of what a run leaves: adapter, log, and its newest checkpoint's state. */
function runHashes(out: string): Record<string, string> {
  const newest =
    readdirSync(join(out, 'checkpoints'))
      .filter((name) => !name.endsWith('.tmp'))
      .sort()
      .at(-1) ?? '';
  return {
    adapter: hashOf(out, 'adapter', 'adapter_model.safetensors'),
    log: hashOf(out, 'log.jsonl'),
    state: hashOf(out, 'checkpoints', newest, 'state.safetensors'),
  };
}

describe('fine-tuning', () => {
  test('lowers the validation error, reports progress and leaves an adapter that answers as validated', async () => {
    const out = join(parent, 'run');
    const progress: Progress[] = [];
    const result = await runFineTune(
      { transformer, dataset, out, config: config() },
      { onProgress: (step) => progress.push(step) },
    );
    const log = readFileSync(join(out, 'log.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const validations = log.filter(({ event }) => event === 'validation');
    expect(log.filter(({ event }) => event === 'step')).toHaveLength(12);
    expect(validations.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    expect(result.bestMae).toBe(Math.min(...validations.map(({ mae }) => mae)));
    expect(result.bestMae).toBeLessThan(validations[0].mae);
    expect(progress.at(-1)).toMatchObject({ stage: 'train (distribution)', done: 12, total: 12, unit: 'steps' });

    const answers = await answerQueries({
      transformer,
      adapter: result.adapter,
      records: dataset,
      split: 'validation',
      source: 'adapter',
      sourceId: 'distribution',
    });
    const records = readFileSync(join(dataset, 'validation.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const mae = answers.reduce((sum, { mean }, i) => sum + Math.abs(mean - records[i].mean), 0) / records.length;
    expect(answers.map(({ scenarioId, queryId }) => `${scenarioId} ${queryId}`)).toEqual(
      records.map(({ scenarioId, queryId }) => `${scenarioId} ${queryId}`),
    );
    expect(mae).toBeCloseTo(result.bestMae, 4);
    expect(answers[0].bins?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });

  test('repeats bit for bit under one seed and differs under another', async () => {
    const runs = ['same-a', 'same-b', 'other'].map((name) => join(parent, name));
    for (const [i, out] of runs.entries())
      await runFineTune({ transformer, dataset, out, config: config({ steps: 4, seed: i === 2 ? 2 : 1 }) });
    const [first, second, other] = runs.map(runHashes);
    expect(second).toEqual(first);
    expect(other.adapter).not.toBe(first.adapter);
  });

  test('cancelled runs, resumed, end in the bits of the run that was not', async () => {
    const whole = join(parent, 'whole');
    await runFineTune({ transformer, dataset, out: whole, config: config(), checkpointEvery: 3 });
    const out = join(parent, 'resumed');
    for (const limit of [2, 5, 9]) {
      const abort = new AbortController();
      const run = runFineTune(
        { transformer, dataset, out, config: config(), checkpointEvery: 3, resume: true },
        { signal: abort.signal, onProgress: ({ done }) => done >= limit && abort.abort() },
      );
      await run.catch((error) => expect(error.message).toContain('cancelled'));
    }
    await runFineTune({ transformer, dataset, out, config: config(), checkpointEvery: 3, resume: true });
    expect(runHashes(out)).toEqual(runHashes(whole));
  });
});

test('dropout trains, repeats bit for bit, and is not what no dropout gives', async () => {
  const runs = ['drop-a', 'drop-b', 'no-drop'].map((name) => join(parent, name));
  for (const [i, out] of runs.entries())
    await runFineTune({ transformer, dataset, out, config: config({ steps: 4, dropout: i === 2 ? 0 : 0.3 }) });
  const [first, second, without] = runs.map(runHashes);
  expect(second).toEqual(first);
  expect(without.state).not.toBe(first.state);
  expect(readFileSync(join(runs[0], 'log.csv'), 'utf8')).toMatch(/^event,step,epoch,loss,.*\nvalidation,0,0,,/);
});

describe('errors name file and reason', () => {
  test('a run folder in use asks for --resume', async () => {
    const out = join(parent, 'taken');
    await runFineTune({ transformer, dataset, out, config: config({ steps: 1 }) });
    await expect(runFineTune({ transformer, dataset, out, config: config({ steps: 1 }) })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('already'),
      hint: expect.stringContaining('--resume'),
      location: { file: out },
    });
    await expect(
      runFineTune({ transformer, dataset, out, config: config({ steps: 2 }), resume: true }),
    ).rejects.toMatchObject({ message: expect.stringContaining('another configuration') });
  });

  test('a missing split and a broken line', async () => {
    const broken = datasetFolder(join(parent, 'broken'));
    rmSync(join(broken, 'validation.jsonl'));
    const request = { transformer, dataset: broken, config: config() };
    await expect(runFineTune({ ...request, out: join(parent, 'no-split') })).rejects.toMatchObject({
      location: { file: join(broken, 'validation.jsonl') },
    });
    writeFileSync(join(broken, 'validation.jsonl'), '{"scenarioId": 3}\n');
    await expect(runFineTune({ ...request, out: join(parent, 'bad-line') })).rejects.toMatchObject({
      location: { file: join(broken, 'validation.jsonl'), line: 1 },
    });
  });

  test('a backend this machine lacks says why', async () => {
    const request = { transformer, records: dataset, split: 'test', source: 'base', sourceId: 'x' } as const;
    const device = { backend: 'cuda', threads: 1 } as const;
    await expect(answerQueries({ ...request, device })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/backend cuda is not available: ./),
      hint: expect.stringContaining('setup:cuda'),
    });
  });

  test('an adapter of another transformer', async () => {
    const qwen = transformerFolder(parent, 'tiny-qwen2');
    const adapter = join(parent, 'run', 'adapter');
    const request = {
      transformer: qwen,
      adapter,
      records: dataset,
      split: 'test',
      source: 'adapter',
      sourceId: 'x',
    } as const;
    await expect(answerQueries(request)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('expected'),
      hint: 'Was this adapter made for another transformer?',
    });
  });
});

test('a transformer whose numbers are digit strings answers too', async () => {
  const qwen = transformerFolder(parent, 'tiny-qwen2');
  const answers = await answerQueries({
    transformer: qwen,
    records: dataset,
    split: 'test',
    source: 'base',
    sourceId: 'base',
  });
  expect(answers).toHaveLength(9);
  for (const { bins, leakedMass } of answers) {
    expect(bins?.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(leakedMass).toBeGreaterThan(0);
  }
});
