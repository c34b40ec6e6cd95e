/** Line files read piece by piece: the same lines as read whole, and scenarios by index without holding the file. */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type PreparedScenario, prepareScenarios } from '../../../engine/training/prepareScenarios.ts';
import { openScenarios, openSplit, readSplit } from '../../../main/processes/datasetFiles.ts';
import { linesOf } from '../../../main/processes/jsonLines.ts';
import { openTransformerFolder } from '../../../main/processes/transformerFolder.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

const parent = temporaryFolder();
const { tokenizer } = openTransformerFolder(transformerFolder(parent));
const options = { tokenizer, maxTokens: 2048 };
const dataset = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

test('lines come out whole across the pieces a file is read in, with the bytes they take', async () => {
  const file = join(parent, 'lines.txt');
  const texts = Array.from({ length: 3000 }, (_, i) => `${'é'.repeat(i % 97)} line ${i}`);
  writeFileSync(file, `${texts.slice(0, -1).join('\r\n')}\n\n${texts.at(-1)}`);
  const bytes = readFileSync(file);
  const seen: string[] = [];
  for await (const { text, begin, end, number } of linesOf(file)) {
    expect(bytes.subarray(begin, end).toString('utf8').trimEnd()).toBe(text.trimEnd());
    expect(number).toBe(seen.length + 1);
    seen.push(text);
  }
  expect(seen).toEqual([...texts.slice(0, -1), '', texts.at(-1)]);
});

test('scenarios by index are those of the whole file, in any order, more than once', async () => {
  const whole = prepareScenarios(await readSplit(dataset, 'train'), tokenizer, options.maxTokens);
  const scenarios = await openSplit(dataset, 'train', options);
  expect([scenarios.count, scenarios.records]).toEqual([whole.length, 18]);
  for (const index of [5, 0, 3, 5, 0]) expect(scenarios.read(index)).toEqual<PreparedScenario>(whole[index]);
  scenarios.close();
});

test('faults are named with their line: a prompt too long, no records, a file cut short after it was indexed', async () => {
  await expect(openSplit(dataset, 'train', { tokenizer, maxTokens: 10 })).rejects.toMatchObject({
    name: 'UserError',
    hint: 'Leave this scenario out of the dataset.',
  });
  const file = join(parent, 'empty', 'test.jsonl');
  datasetFolder(join(parent, 'empty'));
  const folder = join(parent, 'empty', 'dataset');
  writeFileSync(join(folder, 'test.jsonl'), '\n');
  await expect(openSplit(folder, 'test', options)).rejects.toMatchObject({
    message: 'the test split has no records',
    location: { file: file.replace('test.jsonl', join('dataset', 'test.jsonl')) },
  });
  const cut = join(folder, 'train.jsonl');
  const scenarios = await openScenarios(cut, options);
  truncateSync(cut, 100);
  expect(() => scenarios.read(2)).toThrow(
    expect.objectContaining({
      message: 'this file became shorter while it was read',
      location: { file: cut, line: 7 },
    }),
  );
  scenarios.close();
});
