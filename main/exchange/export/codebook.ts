/** The codebook: every column of every table and every question, as CSV, JSON and a page to print. */

import { escapeText } from '../../../engine/figures/svg.ts';
import type { CsvDialect } from '../../../shared/exchange.ts';
import type { Study } from '../../../shared/study.ts';
import { csvPrefix, toCsv } from '../csvText.ts';
import { pageTable, selfContainedPage } from '../selfContainedPage.ts';
import type { AskedQuery } from './askedQueries.ts';
import type { CsvTable } from './csvTables.ts';

type Entry = {
  readonly table: string;
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  readonly values: readonly string[];
};
type QueryEntry = AskedQuery & { readonly lowLabel: string | null; readonly highLabel: string | null };

export type Codebook = { readonly variables: readonly Entry[]; readonly queries: readonly QueryEntry[] };

const WIDE = 'responses_wide';

function entriesOf({ name: table, columns }: CsvTable): Entry[] {
  return columns.map((column) => {
    const range = 'range' in column && Array.isArray(column.range) ? column.range : [null, null];
    const values = 'values' in column && Array.isArray(column.values) ? column.values : [];
    const { name, label, kind, unit } = column;
    return { table, name, label, type: kind, unit: unit ?? null, min: range[0], max: range[1], values };
  });
}

/** The codebook of `tables`. The wide table's columns are answers, whose questions stand in the second part. */
export function createCodebook(
  study: Study,
  asked: ReadonlyMap<string, AskedQuery>,
  tables: readonly CsvTable[],
): Codebook {
  return {
    variables: tables.flatMap((table) => (table.name === WIDE ? entriesOf(table).slice(0, 1) : entriesOf(table))),
    queries: [...asked.values()].map((query) => {
      const scale = study.scales.find(({ kind }) => kind === query.kind);
      return { ...query, lowLabel: scale?.lowLabel ?? null, highLabel: scale?.highLabel ?? null };
    }),
  };
}

const VARIABLE_HEADER = ['table', 'name', 'label', 'type', 'unit', 'min', 'max', 'values', 'missing'];
const variableRow = ({ table, name, label, type, unit, min, max, values }: Entry) => [
  table,
  name,
  label,
  type,
  unit,
  min,
  max,
  values.join(' ') || null,
  'empty cell',
];
const QUERY_HEADER = ['item_id', 'query_id', 'query_type', 'text', 'label_at_0', 'label_at_100'];
const queryRow = ({ scenarioId, queryId, kind, text, lowLabel, highLabel }: QueryEntry) => [
  scenarioId,
  queryId,
  kind,
  text,
  lowLabel,
  highLabel,
];

/** The variables as CSV, one a row. */
export const codebookCsv = ({ variables }: Codebook, dialect: CsvDialect): string =>
  csvPrefix(dialect) + toCsv([VARIABLE_HEADER, ...variables.map(variableRow)], dialect);

/** The questions as CSV, one a row. */
export const queriesCsv = ({ queries }: Codebook, dialect: CsvDialect): string =>
  csvPrefix(dialect) + toCsv([QUERY_HEADER, ...queries.map(queryRow)], dialect);

/** The codebook as a page of its own, to read or print. */
export const codebookHtml = (title: string, { variables, queries }: Codebook): string =>
  selfContainedPage(
    `Codebook: ${title}`,
    `<header><h1>${escapeText(`Codebook: ${title}`)}</h1>
<p>Missing values are empty cells. Answers run from 0 to 100 in the one direction the labels say.</p></header>
<section><h2>Variables</h2>${pageTable('Every column of every table', VARIABLE_HEADER, variables.map(variableRow))}</section>
<section><h2>Questions</h2>${pageTable('Every question, with the labels of its ends', QUERY_HEADER, queries.map(queryRow))}</section>`,
  );
