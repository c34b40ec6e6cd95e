/**
 * The columns of the long table, as data: what the file, its codebook, the loaders and the reader all follow. A column with a `field` holds
 * that field of the response and is read back into it; the others say whose the answer is and what was asked.
 */
import type { CsvCell } from '../csvText.ts';
import type { AskedQuery } from './askedQueries.ts';
import type { ExportedParticipant, ExportedResponse, ExportSource } from './exportSource.ts';

/** What one row is made of. */
export type RowContext = {
  readonly source: ExportSource;
  readonly participant: ExportedParticipant;
  readonly response: ExportedResponse;
  readonly asked: AskedQuery | undefined;
};

type ColumnBase = {
  readonly name: string;
  readonly label: string;
  readonly unit?: string;
  readonly range?: readonly [number, number];
  /** What the cell can hold, where that is a fixed list. */
  readonly values?: readonly string[];
};
type FieldName = Exclude<keyof ExportedResponse, 'samples' | 'chips' | 'trace' | 'choice' | 'scenarioId' | 'queryId'>;
export type ResponseColumn = ColumnBase &
  (
    | { readonly kind: 'text' | 'number' | 'boolean'; readonly field: FieldName }
    | {
        readonly kind: 'text' | 'number' | 'boolean';
        readonly field?: undefined;
        readonly of: (context: RowContext) => CsvCell;
      }
  );

/** Parts the ids of several chosen options; no id holds it. */
export const CHOICE_SEPARATOR = ';';

/** The id of a row, unique in the export: the subject and the number of their response. */
export const rowIdOf = (subjectId: string, { clientSeq }: Pick<ExportedResponse, 'clientSeq'>): string =>
  `${subjectId}_${clientSeq}`;

const spread = (values: readonly number[]): number | null => {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

const RATING = [0, 100] as const;

export const RESPONSE_COLUMNS: readonly ResponseColumn[] = [
  {
    name: 'row_id',
    kind: 'text',
    label: 'Row, unique in this export',
    of: ({ participant, response }) => rowIdOf(participant.subjectId, response),
  },
  {
    name: 'subject_id',
    kind: 'text',
    label: 'Participant, under an id made for exports',
    of: ({ participant }) => participant.subjectId,
  },
  { name: 'session_id', kind: 'text', label: 'Session', of: ({ source }) => source.session.sessionId },
  { name: 'study_slug', kind: 'text', label: 'Study', of: ({ source }) => source.study.slug },
  {
    name: 'study_version',
    kind: 'text',
    label: 'Version of the study, as its author names it',
    of: ({ source }) => source.study.version,
  },
  { name: 'study_hash', kind: 'text', label: 'SHA-256 of the study’s version', of: ({ source }) => source.studyHash },
  {
    name: 'stage',
    kind: 'text',
    label: 'Stage of the session; simulated answers are not people’s',
    values: ['draft', 'pilot', 'live', 'simulated'],
    of: ({ source }) => source.session.stage,
  },
  {
    name: 'app_version',
    kind: 'text',
    label: 'Version of Credence that made the export',
    of: ({ source }) => source.appVersion,
  },
  {
    name: 'trial_index',
    kind: 'number',
    field: 'trialIndex',
    label: 'Place of the screen in the participant’s sequence, from 0',
  },
  {
    name: 'item_id',
    kind: 'text',
    label: 'Scenario, or the page that asked',
    of: ({ response }) => response.scenarioId,
  },
  { name: 'item_domain', kind: 'text', label: 'Domain of the scenario', of: ({ asked }) => asked?.domain ?? null },
  {
    name: 'item_subdomain',
    kind: 'text',
    label: 'Subdomain of the scenario',
    of: ({ asked }) => asked?.subdomain ?? null,
  },
  {
    name: 'motif_cell',
    kind: 'text',
    label: 'Motif cell of the scenario: P,C,R',
    of: ({ asked }) => asked?.cell ?? null,
  },
  { name: 'query_id', kind: 'text', label: 'Query', of: ({ response }) => response.queryId },
  {
    name: 'query_type',
    kind: 'text',
    label: 'Kind of query; a contest is the chance that the second side wins',
    of: ({ asked }) => asked?.kind ?? null,
  },
  {
    name: 'value',
    kind: 'number',
    field: 'rating',
    range: RATING,
    label: 'Answer on the scale; with several marks or chips, the mean they imply',
  },
  { name: 'number', kind: 'number', field: 'number', label: 'Typed number' },
  {
    name: 'choice',
    kind: 'text',
    label: 'Chosen options, by id, parted by semicolons',
    of: ({ response }) => response.choice?.join(CHOICE_SEPARATOR) ?? null,
  },
  {
    name: 'text',
    kind: 'text',
    field: 'text',
    label: 'Typed words; [withheld] where they were left out of the export',
  },
  {
    name: 'missing_code',
    kind: 'text',
    field: 'missingCode',
    label: 'Why there is no answer',
    values: ['skipped', 'dont_know', 'prefer_not', 'timed_out'],
  },
  {
    name: 'n_samples',
    kind: 'number',
    label: 'Marks placed, for multi-click',
    of: ({ response }) => response.samples?.length ?? null,
  },
  {
    name: 'sample_sd',
    kind: 'number',
    unit: 'scale points',
    label: 'Standard deviation of the marks',
    of: ({ response }) => spread(response.samples ?? []),
  },
  {
    name: 'confidence',
    kind: 'number',
    field: 'confidence',
    range: RATING,
    label: 'How sure, where asked beside the answer',
  },
  {
    name: 'rt',
    kind: 'number',
    field: 'commitMs',
    unit: 'ms',
    label: 'Time from the screen’s onset to the answer’s confirmation',
  },
  { name: 'onset_ms', kind: 'number', field: 'onsetMs', unit: 'ms', label: 'Onset on the page’s clock' },
  {
    name: 'first_input_ms',
    kind: 'number',
    field: 'firstInputMs',
    unit: 'ms',
    label: 'Time from onset to the first input',
  },
  {
    name: 'last_input_ms',
    kind: 'number',
    field: 'lastInputMs',
    unit: 'ms',
    label: 'Time from onset to the last input',
  },
  {
    name: 'n_adjustments',
    kind: 'number',
    field: 'adjustments',
    label: 'Changes of the answer before it was confirmed',
  },
  { name: 'path_length', kind: 'number', field: 'pathLength', unit: 'scale points', label: 'Way the handle travelled' },
  {
    name: 'input_mode',
    kind: 'text',
    field: 'inputMode',
    label: 'How the answer was given',
    values: ['mouse', 'touch', 'pen', 'keyboard', 'number', 'assistive', 'simulated'],
  },
  {
    name: 'kbd_start_value',
    kind: 'number',
    field: 'keyboardStart',
    range: RATING,
    label: 'Where the keyboard put the unset handle',
  },
  { name: 'scale_direction', kind: 'text', field: 'direction', label: 'Way the line ran', values: ['ltr', 'rtl'] },
  {
    name: 'ended_on',
    kind: 'text',
    field: 'endedOn',
    label: 'What closed the screen',
    values: ['response', 'timeout'],
  },
  { name: 'away_ms', kind: 'number', field: 'awayMs', unit: 'ms', label: 'Time the page was without focus' },
  { name: 'hidden_ms', kind: 'number', field: 'hiddenMs', unit: 'ms', label: 'Time the page was hidden' },
  {
    name: 'revision',
    kind: 'number',
    field: 'revision',
    label: 'Answers to the same query on the same screen, from 0',
  },
  {
    name: 'is_latest',
    kind: 'boolean',
    field: 'isLatest',
    label: 'Whether this is the answer that counts',
    values: ['true', 'false'],
  },
  {
    name: 'phase',
    kind: 'text',
    field: 'phase',
    label: 'What the question was for; only main answers are judgments to compare',
  },
  {
    name: 'resumed',
    kind: 'boolean',
    field: 'isResumed',
    label: 'Whether the page had been lost and come back before this answer',
    values: ['true', 'false'],
  },
  { name: 'client_seq', kind: 'number', field: 'clientSeq', label: 'The participant’s responses in order, from 0' },
  { name: 'server_seq', kind: 'number', field: 'serverSeq', label: 'The response’s number in the store' },
  {
    name: 'received_at',
    kind: 'text',
    field: 'receivedAt',
    label: 'When the answer was stored, UTC; empty unless asked for',
  },
];

/** The cells of one row, in the order of the columns. */
export const responseCells = (context: RowContext): CsvCell[] =>
  RESPONSE_COLUMNS.map((column) =>
    column.field === undefined ? column.of(context) : (context.response[column.field] ?? null),
  );
