/** `train`, `evaluate` and `logprobs` on the recorded tiny Llama. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Command, parseCommand } from '../../../main/commands/command.ts';
import { evaluateCommand } from '../../../main/commands/evaluate.ts';
import { logprobsCommand } from '../../../main/commands/logprobs.ts';
import { planRuns, trainCommand } from '../../../main/commands/train.ts';
import { type ForwardGolden, maxDifference, readJson } from '../../engine/transformer/goldens.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from '../processes/trainingFixture.ts';

const parent = temporaryFolder();
const model = transformerFolder(parent);
const data = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

async function runCommand(command: unknown, args: string[]): Promise<string> {
  let printed = '';
  const known = command as Command;
  const { values, positionals } = parseCommand(known, args);
  await known.run(values, positionals, {
    out: (text) => {
      printed += text;
    },
    err: () => {},
    isTerminal: false,
    signal: new AbortController().signal,
  });
  return printed;
}

test('train writes an adapter that evaluate finds better than the base', async () => {
  const out = join(parent, 'run');
  const options = ['--model', model, '--data', data, '--out', out, '--steps', '12', '--rank', '4', '--lrs', '2e-3'];
  const [run] = JSON.parse(await runCommand(trainCommand, [...options, '--json']));
  expect(run).toMatchObject({ adapter: join(out, 'adapter'), steps: 12, seed: 1, learningRate: 2e-3 });
  const evaluate = async (...more: string[]) =>
    JSON.parse(
      await runCommand(evaluateCommand, ['--model', model, '--data', data, '--split', 'train', '--json', ...more]),
    );
  const base = await evaluate();
  const adapted = await evaluate('--adapter', run.adapter);
  expect(base.figures.all.n).toBe(18);
  expect(adapted.figures.all.mae).toBeLessThan(base.figures.all.mae);
  expect(adapted.answers).toHaveLength(18);
});

test('--plan counts the weights exactly and says whether it fits, without training', async () => {
  const plan = JSON.parse(await runCommand(trainCommand, ['--model', model, '--data', data, '--plan', '--json']));
  // 1,787,008 weights of four bytes (goldens' README), and 68,608 adapter numbers at rank 8 with gradients and two moments each.
  expect(plan.weights).toBe(4 * 1_787_008);
  expect(plan.adapter + plan.optimizer).toBe(4 * 4 * 68_608);
  expect(plan.total).toBe(plan.weights + plan.adapter + plan.optimizer + plan.activations);
  expect(await runCommand(trainCommand, ['--model', model, '--data', data, '--plan'])).toContain('It fits.');
});

test('several seeds and rates are runs in folders of their own', () => {
  const { values } = parseCommand(trainCommand as unknown as Command, [
    ...['--model', model, '--data', data, '--out', '/runs', '--seeds', '1,2', '--lrs', '0.001', '--lrs', '0.002'],
  ]);
  expect(planRuns(values as Parameters<typeof planRuns>[0]).map(({ out }) => out)).toEqual([
    '/runs/seed-1-lr-0.001',
    '/runs/seed-1-lr-0.002',
    '/runs/seed-2-lr-0.001',
    '/runs/seed-2-lr-0.002',
  ]);
});

test('logprobs of recorded ids agree with the recorded numbers', async () => {
  const golden = readJson<ForwardGolden>('forward', 'tiny-llama3-bf16.json');
  const prompt = golden.prompts[2];
  const ids = [...prompt.ids, ...(prompt.number_context_appends_lt ? [golden.lt_id] : [])];
  const prompts = join(parent, 'prompts.jsonl');
  writeFileSync(prompts, `${JSON.stringify({ ids })}\n${JSON.stringify({ prompt: 'How many?' })}\n`);
  const lines = (await runCommand(logprobsCommand, ['--model', model, '--prompts', prompts, '--json']))
    .trim()
    .split('\n');
  expect(lines).toHaveLength(2);
  const first = JSON.parse(lines[0]);
  expect(maxDifference(first.answers, prompt.number_logprob)).toBeLessThan(2e-4);
  expect(Math.log(first.answers.reduce((sum: number, value: number) => sum + Math.exp(value), 0))).toBeCloseTo(
    first.total,
    6,
  );
});

test('missing flags and bad numbers are named', async () => {
  await expect(runCommand(trainCommand, ['--data', data])).rejects.toMatchObject({
    message: 'train: --model is missing',
  });
  await expect(runCommand(evaluateCommand, ['--model', model])).rejects.toMatchObject({
    message: 'evaluate: --data is missing',
  });
  await expect(runCommand(logprobsCommand, [])).rejects.toMatchObject({ message: 'logprobs: --model is missing' });
  await expect(
    runCommand(trainCommand, ['--model', model, '--data', data, '--out', parent, '--seeds', 'one']),
  ).rejects.toMatchObject({ message: '--seeds: expected numbers, received "one"' });
});
