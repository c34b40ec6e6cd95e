/** CSV text: whatever was written comes back, in every dialect. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom, pick } from '../../../engine/random.ts';
import { csvPrefix, toCsv } from '../../../main/exchange/csvText.ts';
import { readCsv } from '../../../main/exchange/readCsv.ts';
import { CSV_DIALECTS, type CsvDialect } from '../../../shared/exchange.ts';
import { scratchFolder } from '../../scratch.ts';

const COUNT = 100_000;
/** Strings a row, so that reading is fast. */
const WIDTH = 20;
/** Everything that has a meaning somewhere: delimiters, quotes, line ends, formulas, marks, controls, other scripts. */
const PIECES = [
  ...'ab,;"\'=+-@\t\r\n 0.5ä漢😀|',
  '\r\n',
  '""',
  "'=",
  '\u0000',
  '\uFEFF',
  '\u2028',
  'é',
  'NULL',
  'true',
];

let folder: string;
let strings: string[];
beforeAll(() => {
  folder = scratchFolder();
  const random = createRandom(20_260_101);
  strings = Array.from({ length: COUNT }, () =>
    Array.from({ length: 1 + random.integer(12) }, () => pick(random, PIECES)).join(''),
  );
});

const columns = Array.from({ length: WIDTH }, (_, i) => `c${i}`);

async function readAll(file: string): Promise<(string | null)[]> {
  const read: (string | null)[] = [];
  for await (const row of readCsv(file, columns)) for (const column of columns) read.push(row.text(column));
  return read;
}

const write = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe.each(CSV_DIALECTS)('the dialect %s', (dialect: CsvDialect) => {
  it(`gives back ${COUNT} random strings`, async () => {
    const rows = Array.from({ length: COUNT / WIDTH }, (_, r) => strings.slice(r * WIDTH, (r + 1) * WIDTH));
    const file = write(`${dialect}.csv`, csvPrefix(dialect) + toCsv([columns, ...rows], dialect));
    const read = await readAll(file);
    const wrong = read.findIndex((text, i) => text !== strings[i]);
    expect(wrong < 0 ? null : [strings[wrong], read[wrong]]).toBeNull();
    expect(read).toHaveLength(COUNT);
  });

  it('gives back numbers to the last digit, and nothing for nothing', async () => {
    const numbers = [0.1 + 0.2, -1e-7, 100, 1e21, -0.5, null];
    const file = write(
      `${dialect}-numbers.csv`,
      csvPrefix(dialect) + toCsv([['x', 'y'], ...numbers.map((x) => [x, 'end'])], dialect),
    );
    const read: (number | null)[] = [];
    for await (const row of readCsv(file, ['x'])) read.push(row.number('x'));
    expect(read).toEqual(numbers);
  });

  it('leaves no cell that a spreadsheet would run, unless it is for R and Python', () => {
    const [row] = toCsv([['=1', "'=1", '+a', '-b', '@c', '\td', '\re', 'f=1']], dialect).split('"f=1"');
    const runs = row.split(/[,;]/).filter((cell) => /^"[=+\-@\t\r]/.test(cell));
    expect(runs).toHaveLength(dialect === 'plain' ? 6 : 0);
  });
});

describe('a file that does not fit', () => {
  const rowsOf = async (text: string, wanted: readonly string[] = ['a', 'b']): Promise<unknown[]> => {
    const rows: unknown[] = [];
    for await (const row of readCsv(write('odd.csv', text), wanted)) rows.push([row.text('a'), row.number('b')]);
    return rows;
  };

  it('with a missing column is refused by its name', async () => {
    await expect(rowsOf('a,c\n1,2\n')).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/odd\.csv: expected a column b, the header has a, c$/),
      hint: 'needed are a, b',
      location: { line: 1 },
    });
  });

  it('that is cut off inside a row is refused at the row', async () => {
    await expect(rowsOf('a,b,c\n1,2,3\n4,5')).rejects.toMatchObject({
      message: expect.stringContaining('row 3 has 2 cells, the header has 3'),
      location: { line: 3 },
    });
  });

  it('with words for a number is refused at row and column', async () => {
    await expect(rowsOf('a,b\nx,fifty\n')).rejects.toMatchObject({
      message: expect.stringContaining('row 2: b: expected a number, received "fifty"'),
      location: { line: 2, path: 'b' },
    });
  });

  it('that is empty, or not there, is refused', async () => {
    await expect(rowsOf('')).rejects.toMatchObject({
      message: expect.stringContaining('expected a header, the file is empty'),
    });
    await expect(readCsv(join(folder, 'none.csv'), []).next()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('none.csv'),
    });
  });

  it('of another tool, with Windows line ends and no quotes, is read', async () => {
    expect(await rowsOf('a,b\r\nx,1\r\ny,2.5\r\n')).toEqual([
      ['x', 1],
      ['y', 2.5],
    ]);
  });
});
