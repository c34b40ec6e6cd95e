/** People's answers from a CSV file of any origin: long, one value a row, or wide, one person a row with columns `item__query`. */
import type { Judgment } from '../../../engine/evaluation/people.ts';
import { UserError } from '../../../shared/errors.ts';
import { type Stage, stageSchema } from '../../../shared/study.ts';
import { parseWideName, type WideColumn } from '../export/wideColumns.ts';
import { type CsvRow, readCsv } from '../readCsv.ts';

/** A judgment with the stage its file gives it, if any; values are empty where the answer is missing. `asking` is the screen it was given on. */
export type StagedJudgment = Judgment & { readonly stage: Stage | null; readonly asking?: number };

/** Names other tools give the columns, ours first. */
const NAMES = {
  participant: ['subject_id', 'participant_id', 'participantId', 'participant', 'subject'],
  scenario: ['item_id', 'scenario_id', 'scenarioId', 'item', 'scenario'],
  query: ['query_id', 'queryId', 'query', 'question'],
  value: ['value', 'rating', 'response', 'answer'],
} as const;

/** The first row's columns decide what each is called. Throws UserError naming what is missing. */
function findColumns(columns: readonly string[], file: string): Record<keyof typeof NAMES, string> {
  const pickName = (role: keyof typeof NAMES): string => {
    const found = NAMES[role].find((name) => columns.includes(name));
    if (found !== undefined) return found;
    throw new UserError(
      `${file}: expected a column for the ${role} (${NAMES[role].join(', ')}), the header has ${columns.slice(0, 12).join(', ')}`,
      {
        hint: 'a long table needs participant, item, query and value; a wide one has columns named item__query',
        location: { file, line: 1 },
      },
    );
  };
  return {
    participant: pickName('participant'),
    scenario: pickName('scenario'),
    query: pickName('query'),
    value: pickName('value'),
  };
}

function required(row: CsvRow, column: string, file: string): string {
  const text = row.text(column);
  if (text !== null) return text;
  throw new UserError(`${file}: row ${row.line}: ${column} is empty`, {
    location: { file, line: row.line, path: column },
  });
}

function onScale(value: number, row: CsvRow, column: string, file: string): number {
  if (value >= 0 && value <= 100) return value;
  throw new UserError(`${file}: row ${row.line}: ${column}: expected a value from 0 to 100, received ${value}`, {
    location: { file, line: row.line, path: column },
  });
}

function stageOf(row: CsvRow, file: string): Stage | null {
  const text = row.text('stage');
  if (text === null) return null;
  const stage = stageSchema.safeParse(text);
  if (stage.success) return stage.data;
  throw new UserError(
    `${file}: row ${row.line}: stage: expected ${stageSchema.options.join(', ')}, received "${text}"`,
    {
      location: { file, line: row.line, path: 'stage' },
    },
  );
}

function fromLongRow(row: CsvRow, names: Record<keyof typeof NAMES, string>, file: string): StagedJudgment {
  const value = row.number(names.value);
  const asking = row.number('trial_index');
  return {
    participantId: required(row, names.participant, file),
    scenarioId: required(row, names.scenario, file),
    queryId: required(row, names.query, file),
    values: value === null ? [] : [onScale(value, row, names.value, file)],
    stage: stageOf(row, file),
    ...(asking === null ? {} : { asking }),
  };
}

/** A wide row's judgments: one for every query and time it was asked; marks of one asking are its values. */
function fromWideRow(
  row: CsvRow,
  columns: readonly WideColumn[],
  participantId: string,
  file: string,
): StagedJudgment[] {
  const byAsking = new Map<
    string,
    { readonly scenarioId: string; readonly queryId: string; readonly values: number[] }
  >();
  for (const { name, scenarioId, queryId, time } of columns) {
    if (time > 1) continue;
    const key = `${scenarioId}/${queryId}`;
    const judgment = byAsking.get(key) ?? { scenarioId, queryId, values: [] };
    byAsking.set(key, judgment);
    const value = row.number(name);
    if (value !== null) judgment.values.push(onScale(value, row, name, file));
  }
  return [...byAsking.values()].map((judgment) => ({ ...judgment, participantId, stage: null }));
}

const participantColumn = (columns: readonly string[]): string | undefined =>
  NAMES.participant.find((name) => columns.includes(name));

/** Every judgment of a CSV file; superseded revisions (`is_latest` false) and other phases than `main` are left out. Throws UserError naming file, row and column. */
export async function* readTablePeople(file: string): AsyncGenerator<StagedJudgment> {
  let names: Record<keyof typeof NAMES, string> | undefined;
  let wide: readonly WideColumn[] | undefined;
  for await (const row of readCsv(file, [])) {
    const { columns } = row;
    const participant = participantColumn(columns);
    if (wide === undefined) {
      const found = columns.flatMap((name) => parseWideName(name) ?? []);
      wide = participant !== undefined && found.length > 0 ? found : [];
    }
    if (wide.length > 0 && participant !== undefined) {
      yield* fromWideRow(row, wide, required(row, participant, file), file);
      continue;
    }
    names ??= findColumns(columns, file);
    if (row.text('is_latest')?.toLowerCase() === 'false' || (row.text('phase') ?? 'main') !== 'main') continue;
    // Answers without a place on the scale, such as chosen options, are no judgments.
    if (row.number(names.value) === null && ['choice', 'text', 'number'].some((name) => row.text(name) !== null))
      continue;
    yield fromLongRow(row, names, file);
  }
}
