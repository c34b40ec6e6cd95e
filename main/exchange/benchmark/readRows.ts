/** The rows of a benchmark's file, one after another: JSON Lines, one JSON array, or Parquet a row group at a time. */
import { extname } from 'node:path';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { fileError, parseLine, readLines } from '../../jobs/lineFiles.ts';
import { parseJson, readTextFile } from '../../jsonFile.ts';

const LARGEST_BYTES = 512 * 2 ** 20;
const PARQUET_ROWS = 1000;

/** What Parquet files are compressed with, beside Snappy. */
const COMPRESSORS = {
  ZSTD: (page: Uint8Array) => zstdDecompressSync(page),
  GZIP: (page: Uint8Array) => gunzipSync(page),
  BROTLI: (page: Uint8Array) => brotliDecompressSync(page),
};

/** Parquet holds whole numbers of 64 bits, which JSON has not. */
const plainNumbers = (value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainNumbers(inner)]));
};

async function* parquetRows(file: string): AsyncGenerator<unknown> {
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += PARQUET_ROWS) {
      const rowEnd = Math.min(rows, rowStart + PARQUET_ROWS);
      const range = { file: buffer, metadata, rowStart, rowEnd, compressors: COMPRESSORS };
      for (const row of await parquetReadObjects(range)) yield plainNumbers(row);
    }
  } catch (error) {
    if (error instanceof Error && !('code' in error))
      throw new UserError(`${file}: not a Parquet file that can be read: ${error.message}`, {
        hint: 'files compressed with Snappy, Zstandard, gzip or Brotli or not at all are read; convert others, or give JSON Lines',
        location: { file },
      });
    throw fileError(file, error);
  }
}

async function* jsonLineRows(file: string): AsyncGenerator<unknown> {
  let number = 0;
  for await (const line of readLines(file)) {
    number++;
    if (line.trim() !== '') yield parseLine('benchmark', file, line, number);
  }
}

/** Every row of `file`, by its ending: `.parquet`, `.json` (one array), else JSON Lines. Throws UserError naming file and line. */
export async function* readRows(file: string): AsyncGenerator<unknown> {
  const ending = extname(file).toLowerCase();
  if (ending === '.parquet') yield* parquetRows(file);
  else if (ending === '.json') yield* parseJson(readTextFile(file, LARGEST_BYTES), z.array(z.unknown()), { file });
  else yield* jsonLineRows(file);
}
