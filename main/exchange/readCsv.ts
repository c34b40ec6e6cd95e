/** CSV files read row by row, however large: cells found by the column's name, in any of the dialects `csvText` writes. */

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import Papa from 'papaparse';
import { UserError } from '../../shared/errors.ts';
import type { CsvDialect } from '../../shared/exchange.ts';
import { fileError } from '../jobs/lineFiles.ts';
import { csvNumber, csvPrefix, dialectOf, layoutOf, rearmed } from './csvText.ts';

/** One row of a CSV file. `line` counts rows from 2: the header is row 1. */
export type CsvRow = {
  readonly line: number;
  /** The cell's text; null where it is empty. */
  readonly text: (column: string) => string | null;
  /** The cell's number; null where it is empty. Throws UserError where it is no number. */
  readonly number: (column: string) => number | null;
};

const HEAD_BYTES = 65_536;

async function readHead(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Dialect of a file: what it says by its beginning, with the line end it really uses. */
type FoundLayout = { readonly dialect: CsvDialect; readonly delimiter: string; readonly newline: '\n' | '\r\n' };

function findLayout(head: string): FoundLayout {
  const dialect = dialectOf(head);
  const [firstLine] = head.split('\n', 1);
  return { dialect, delimiter: layoutOf(dialect).delimiter, newline: firstLine.endsWith('\r') ? '\r\n' : '\n' };
}

function toRow(
  cells: readonly string[],
  columns: ReadonlyMap<string, number>,
  dialect: CsvDialect,
  place: { file: string; line: number },
): CsvRow {
  const text = (column: string): string | null => {
    const at = columns.get(column);
    const cell = at === undefined ? '' : cells[at];
    return cell === '' ? null : rearmed(cell, dialect);
  };
  const number = (column: string): number | null => {
    const cell = text(column);
    if (cell === null) return null;
    const value = csvNumber(cell, dialect);
    if (Number.isFinite(value)) return value;
    throw new UserError(`${place.file}: row ${place.line}: ${column}: expected a number, received "${cell}"`, {
      location: { ...place, path: column },
    });
  };
  return { line: place.line, text, number };
}

function readHeader(cells: readonly string[], wanted: readonly string[], file: string): Map<string, number> {
  const columns = new Map(cells.map((name, at) => [name, at]));
  const missing = wanted.filter((name) => !columns.has(name));
  if (missing.length > 0)
    throw new UserError(
      `${file}: expected ${missing.length === 1 ? 'a column' : 'columns'} ${missing.join(', ')}, the header has ${[...columns.keys()].slice(0, 12).join(', ')}`,
      {
        hint: `needed are ${wanted.join(', ')}`,
        location: { file, line: 1 },
      },
    );
  return columns;
}

/** A CSV file's columns and rows. Throws UserError where a wanted column is missing, a row is cut short or the file cannot be read. */
export async function* readCsv(
  file: string,
  wanted: readonly string[],
): AsyncGenerator<CsvRow & { readonly columns: readonly string[] }> {
  try {
    const { dialect, delimiter, newline } = findLayout(await readHead(file));
    const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter, newline, skipEmptyLines: false });
    const source = createReadStream(file, { encoding: 'utf8', start: Buffer.byteLength(csvPrefix(dialect)) });
    source.on('error', (error) => parser.destroy(error));
    source.pipe(parser);
    let columns: Map<string, number> | undefined;
    let line = 0;
    for await (const cells of parser as AsyncIterable<string[]>) {
      line++;
      if (columns === undefined) {
        columns = readHeader(cells, wanted, file);
        continue;
      }
      if (cells.length === 1 && cells[0] === '') continue;
      if (cells.length !== columns.size)
        throw new UserError(`${file}: row ${line} has ${cells.length} cells, the header has ${columns.size}`, {
          hint: 'was the file cut off, or saved with another delimiter?',
          location: { file, line },
        });
      yield { columns: [...columns.keys()], ...toRow(cells, columns, dialect, { file, line }) };
    }
    if (columns === undefined)
      throw new UserError(`${file}: expected a header, the file is empty`, { location: { file } });
  } catch (error) {
    throw fileError(file, error);
  }
}
