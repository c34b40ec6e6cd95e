/**
 * CSV as text in three dialects. Texts are always quoted; what a spreadsheet would run as a formula is disarmed in the dialects made for
 * spreadsheets, by an apostrophe in front, in a way that reading can undo.
 */
import { stringify } from 'csv-stringify/sync';
import type { CsvDialect } from '../../shared/exchange.ts';

export type CsvCell = string | number | boolean | null;

/** Begins files for spreadsheets. */
const BYTE_ORDER_MARK = '\uFEFF';
/** What spreadsheets run when a cell begins with it. Apostrophes before it are counted in, so that disarming can be undone. */
const FORMULA = /^'*[=+\-@\t\r]/;
const DISARMED = /^'+[=+\-@\t\r]/;

const isForSpreadsheets = (dialect: CsvDialect): boolean => dialect !== 'plain';

type Layout = { readonly delimiter: string; readonly lineEnd: string };
/** What stands between cells, and after rows. */
export const layoutOf = (dialect: CsvDialect): Layout => ({
  delimiter: dialect === 'excel-semicolon' ? ';' : ',',
  lineEnd: isForSpreadsheets(dialect) ? '\r\n' : '\n',
});

/** What a file of the dialect begins with. */
export const csvPrefix = (dialect: CsvDialect): string => (isForSpreadsheets(dialect) ? BYTE_ORDER_MARK : '');

/** A cell as it is written: formulas disarmed, decimals with the dialect's sign, truth in words. */
function writtenCell(cell: CsvCell, dialect: CsvDialect): string | number | null {
  if (typeof cell === 'string') return isForSpreadsheets(dialect) && FORMULA.test(cell) ? `'${cell}` : cell;
  if (typeof cell === 'number') return dialect === 'excel-semicolon' ? String(cell).replace('.', ',') : cell;
  return cell === null ? null : String(cell);
}

/** The rows as text, each with its line end. */
export const toCsv = (rows: readonly (readonly CsvCell[])[], dialect: CsvDialect): string =>
  stringify(
    rows.map((row) => row.map((cell) => writtenCell(cell, dialect))),
    { delimiter: layoutOf(dialect).delimiter, record_delimiter: layoutOf(dialect).lineEnd, quoted_string: true },
  );

/** Which dialect a file is in, by its first line. */
export function dialectOf(head: string): CsvDialect {
  if (!head.startsWith(BYTE_ORDER_MARK)) return 'plain';
  const [firstLine] = head.split('\n', 1);
  return /^[^,]*;/.test(firstLine) ? 'excel-semicolon' : 'excel';
}

/** The text a cell held before it was disarmed. */
export const rearmed = (text: string, dialect: CsvDialect): string =>
  isForSpreadsheets(dialect) && DISARMED.test(text) ? text.slice(1) : text;

/** The number a cell holds; NaN where it holds none. */
export const csvNumber = (text: string, dialect: CsvDialect): number =>
  text.trim() === '' ? Number.NaN : Number(dialect === 'excel-semicolon' ? text.replace(',', '.') : text);
