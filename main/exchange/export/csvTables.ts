/** The CSV tables of a session, written row by row: answers long and wide, marks, chips, traces, participants. */

import { queryKey } from '../../../engine/evaluation/answerSet.ts';
import type { CsvDialect } from '../../../shared/exchange.ts';
import type { CsvCell } from '../csvText.ts';
import { csvPrefix, toCsv } from '../csvText.ts';
import type { AskedQuery } from './askedQueries.ts';
import type { ExportedParticipant, ExportSource } from './exportSource.ts';
import { RESPONSE_COLUMNS, responseCells, rowIdOf } from './responseColumns.ts';
import { latestResponses } from './sessionTally.ts';
import { type WideColumn, wideCells } from './wideColumns.ts';

/** A column of a small table, as the codebook describes it. */
export type TableColumn = {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
  readonly label: string;
  readonly unit?: string;
};

export type CsvTable = {
  readonly name: string;
  readonly columns: readonly TableColumn[];
  readonly rowsOf: (participant: ExportedParticipant) => (readonly CsvCell[])[];
};

const ROW_ID: TableColumn = { name: 'row_id', kind: 'text', label: 'Row of the long table this belongs to' };

function longTable(source: ExportSource, asked: ReadonlyMap<string, AskedQuery>): CsvTable {
  return {
    name: 'responses_long',
    columns: RESPONSE_COLUMNS,
    rowsOf: (participant) =>
      participant.responses.map((response) =>
        responseCells({ source, participant, response, asked: asked.get(queryKey(response)) }),
      ),
  };
}

const SAMPLES: CsvTable = {
  name: 'samples_long',
  columns: [
    { ...ROW_ID, name: 'response_row_id' },
    { name: 'sample_index', kind: 'number', label: 'Marks in the order they were placed, from 0' },
    { name: 'sample_value', kind: 'number', label: 'Where the mark was placed, 0–100' },
  ],
  rowsOf: ({ subjectId, responses }) =>
    responses.flatMap((response) =>
      (response.samples ?? []).map((value, index) => [rowIdOf(subjectId, response), index, value]),
    ),
};

const CHIPS: CsvTable = {
  name: 'bins_long',
  columns: [
    { ...ROW_ID, name: 'response_row_id' },
    { name: 'bin_index', kind: 'number', label: 'Equal bins of 0–100, from 0' },
    { name: 'bin_chips', kind: 'number', label: 'Chips on the bin' },
  ],
  rowsOf: ({ subjectId, responses }) =>
    responses.flatMap((response) =>
      (response.chips ?? []).map((chips, index) => [rowIdOf(subjectId, response), index, chips]),
    ),
};

const TRACES: CsvTable = {
  name: 'traces_long',
  columns: [
    { ...ROW_ID, name: 'response_row_id' },
    { name: 'step_index', kind: 'number', label: 'Inputs in their order, from 0' },
    { name: 'step_ms', kind: 'number', label: 'Time since the screen’s onset', unit: 'ms' },
    { name: 'step_value', kind: 'number', label: 'Value the input left; empty for cleared' },
  ],
  rowsOf: ({ subjectId, responses }) =>
    responses.flatMap((response) =>
      (response.trace ?? []).map(([ms, value], index) => [rowIdOf(subjectId, response), index, ms, value]),
    ),
};

function participantTable({ extras }: ExportSource): CsvTable {
  const hasLabels = extras.includes('identities');
  return {
    name: 'participants',
    columns: [
      { name: 'subject_id', kind: 'text', label: 'Participant, under an id made for exports' },
      { name: 'n_responses', kind: 'number', label: 'Answers that count' },
      { name: 'n_missing', kind: 'number', label: 'Of these, without an answer' },
      { name: 'total_ms', kind: 'number', label: 'Time from the first stored answer to the last', unit: 'ms' },
      ...(hasLabels ? [{ name: 'label', kind: 'text', label: 'Name or code at check-in' } as const] : []),
    ],
    rowsOf: ({ subjectId, responses, sinceFirstMs, label }) => {
      const latest = latestResponses(responses);
      const missing = latest.filter(({ missingCode }) => missingCode !== undefined).length;
      return [[subjectId, latest.length, missing, sinceFirstMs.at(-1) ?? null, ...(hasLabels ? [label ?? null] : [])]];
    },
  };
}

const wideTable = (columns: readonly WideColumn[]): CsvTable => ({
  name: 'responses_wide',
  columns: [
    { name: 'subject_id', kind: 'text', label: 'Participant, under an id made for exports' },
    ...columns.map(
      ({ name, scenarioId, queryId }): TableColumn => ({
        name,
        kind: 'number',
        label: `Answer to ${queryId} of ${scenarioId}`,
      }),
    ),
  ],
  rowsOf: ({ subjectId, responses }) => [[subjectId, ...wideCells(latestResponses(responses), columns)]],
});

/** Every table of a session; the wide one has the given columns. */
export const csvTables = (
  source: ExportSource,
  asked: ReadonlyMap<string, AskedQuery>,
  wide: readonly WideColumn[],
): CsvTable[] => [longTable(source, asked), SAMPLES, CHIPS, TRACES, participantTable(source), wideTable(wide)];

/** The table's first line, with what files of the dialect begin with. */
export const headerText = ({ columns }: CsvTable, dialect: CsvDialect): string =>
  csvPrefix(dialect) + toCsv([columns.map(({ name }) => name)], dialect);
