/**
 * Psych-DS: the names of data files and the description of the dataset.
 * **Source:** the published schema, version 1.5.1 (psych-ds.github.io): file names are keyword-value pairs with letters and digits as
 * values, and every column of every data file must be a `variableMeasured`, and the other way round.
 */
import type { CsvTable } from './csvTables.ts';
import type { ExportSource } from './exportSource.ts';
import { canaryOf } from './exportTexts.ts';

/** A file-name value: letters and digits alone. */
export const fileNameValue = (text: string): string => text.replace(/[^a-zA-Z0-9]/g, '') || 'x';

/** The data file of a table, below the dataset's folder. */
export const psychDsName = (studySlug: string, table: string): string =>
  `data/study-${fileNameValue(studySlug)}_description-${fileNameValue(table)}_data.csv`;

type Variable = {
  readonly '@type': 'PropertyValue';
  readonly name: string;
  readonly description: string;
  readonly unitText?: string;
  readonly minValue?: number;
  readonly maxValue?: number;
};

function variablesOf(tables: readonly CsvTable[]): Variable[] {
  const byName = new Map<string, Variable>();
  for (const column of tables.flatMap(({ columns }) => columns)) {
    if (byName.has(column.name)) continue;
    const range =
      'range' in column && Array.isArray(column.range) ? { minValue: column.range[0], maxValue: column.range[1] } : {};
    byName.set(column.name, {
      '@type': 'PropertyValue',
      name: column.name,
      description: column.label,
      ...(column.unit === undefined ? {} : { unitText: column.unit }),
      ...range,
    });
  }
  return [...byName.values()];
}

/** `dataset_description.json`. */
export const datasetDescription = (source: ExportSource, tables: readonly CsvTable[]): object => ({
  '@context': 'https://schema.org/',
  '@type': 'Dataset',
  name: source.study.title,
  description: `${source.study.description || source.study.title} Session ${source.session.sessionId}, stage ${source.session.stage}. ${canaryOf(source)}`,
  schemaVersion: 'Psych-DS 1.5.1',
  version: source.study.version,
  identifier: source.studyHash,
  keywords: ['human judgment', source.study.slug, source.session.stage],
  variableMeasured: variablesOf(tables),
});

/** What the validator need not look at. */
export const PSYCH_DS_IGNORE = 'export.json\nanalysis/\nmaterials/\nresults/\ndocumentation/\n';
