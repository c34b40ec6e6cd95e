/** Twenty thousand responses go out in every format and come back equal, in a process that may hold little at once. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../../shared/exchange.ts';

const RESPONSES = 20_000;
/** One response in ten has two marks, which the formats of values alone count singly. */
const VALUES = 1.1 * RESPONSES;
/** MiB. Program and libraries take about half; the young generation is kept at its usual order of size, or collecting it takes the time. */
const MEMORY = ['--max-old-space-size=64', '--max-semi-space-size=8'];

it('exports and reads back twenty thousand responses in 64 MiB, telling progress', async () => {
  const entry = join(import.meta.dirname, 'boundedExport.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [...MEMORY, entry, String(RESPONSES)]);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ format, written, read }) => [format, written, read])).toEqual(
    EXPORT_FORMATS.map((format) => [format, RESPONSES, format === 'msa' || format === 'ppt' ? VALUES : RESPONSES]),
  );
  for (const { told } of lines) expect(told).toBeGreaterThan(5);
}, 120_000);
