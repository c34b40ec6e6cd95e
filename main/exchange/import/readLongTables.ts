/** The long table and the tables of marks, chips and traces beside it, read together row by row: they are in the same order. */
import { existsSync } from 'node:fs';
import { UserError } from '../../../shared/errors.ts';
import { CHOICE_SEPARATOR, RESPONSE_COLUMNS } from '../export/responseColumns.ts';
import { type CsvRow, readCsv } from '../readCsv.ts';
import { type ReadResponse, toReadResponse } from './checkResponse.ts';

const WANTED = ['row_id', 'subject_id', 'item_id', 'query_id', 'value', 'missing_code', 'client_seq'];

/** Rows of a side table, handed out by the row they belong to. */
function createSideReader(file: string, wanted: readonly string[]) {
  const rows = existsSync(file) ? readCsv(file, ['response_row_id', ...wanted])[Symbol.asyncIterator]() : undefined;
  let waiting: CsvRow | undefined;
  const advance = async (): Promise<void> => {
    const next = await rows?.next();
    waiting = next === undefined || next.done ? undefined : next.value;
  };
  const started = advance();
  return {
    /** The rows that belong to `rowId`, when asked for in the order of the long table. */
    take: async (rowId: string): Promise<CsvRow[]> => {
      await started;
      const taken: CsvRow[] = [];
      while (waiting?.text('response_row_id') === rowId) {
        taken.push(waiting);
        await advance();
      }
      return taken;
    },
    /** Throws UserError where rows are left that belong to no response. */
    finish: (): void => {
      if (waiting === undefined) return;
      const rowId = waiting.text('response_row_id');
      throw new UserError(`${file}: row ${waiting.line} belongs to no response: ${rowId}`, {
        hint: 'were the rows of one of the tables sorted or removed? They must stand in the order they were exported in',
        location: { file, line: waiting.line },
      });
    },
  };
}

function cellOf(row: CsvRow, name: string, kind: 'text' | 'number' | 'boolean'): string | number | boolean | null {
  if (kind === 'number') return row.number(name);
  const text = row.text(name);
  return kind === 'boolean' && text !== null ? text.toLowerCase() === 'true' : text;
}

/** The fields a row of the long table gives. A typed text that was empty comes back empty. */
function fieldsOf(row: CsvRow): Record<string, unknown> {
  const fields: Record<string, unknown> = {
    scenarioId: row.text('item_id'),
    queryId: row.text('query_id'),
    rating: null,
  };
  for (const { name, kind, field } of RESPONSE_COLUMNS) {
    if (field === undefined) continue;
    const cell = cellOf(row, name, kind);
    if (cell !== null) fields[field] = cell;
  }
  const choice = row.text('choice');
  if (choice !== null) fields.choice = choice.split(CHOICE_SEPARATOR);
  const isAnswered =
    fields.rating !== null || ['number', 'choice', 'text', 'missingCode'].some((name) => name in fields);
  return isAnswered ? fields : { ...fields, text: '' };
}

const numbers = (rows: readonly CsvRow[], column: string): (number | null)[] => rows.map((row) => row.number(column));

/** Every response of the tables, in their order. Throws UserError naming file, row and column. */
export async function* readLongTables(fileOf: (table: string) => string): AsyncGenerator<ReadResponse> {
  const file = fileOf('responses_long');
  const samples = createSideReader(fileOf('samples_long'), ['sample_value']);
  const chips = createSideReader(fileOf('bins_long'), ['bin_chips']);
  const traces = createSideReader(fileOf('traces_long'), ['step_ms', 'step_value']);
  for await (const row of readCsv(file, WANTED)) {
    const rowId = row.text('row_id') ?? '';
    const [marks, onBins, steps] = [await samples.take(rowId), await chips.take(rowId), await traces.take(rowId)];
    const response = {
      ...fieldsOf(row),
      ...(marks.length > 0 ? { samples: numbers(marks, 'sample_value') } : {}),
      ...(onBins.length > 0 ? { chips: numbers(onBins, 'bin_chips') } : {}),
      ...(steps.length > 0 ? { trace: steps.map((step) => [step.number('step_ms'), step.number('step_value')]) } : {}),
    };
    yield { subjectId: row.text('subject_id') ?? '', response: toReadResponse(response, { file, line: row.line }) };
  }
  for (const side of [samples, chips, traces]) side.finish();
}
