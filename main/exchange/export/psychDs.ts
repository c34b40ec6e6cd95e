/**
 * Psych-DS: the names of data files and everything that describes the dataset.
 * **Source:** the published schema, version 1.5.1 (psych-ds.github.io): file names are keyword-value pairs with letters and digits as
 * values, and every column of every data file must be a `variableMeasured`, and the other way round. The validator also warns where
 * there is no metadata of the data folder or of single tables, and where a file it does not know is not listed to be ignored.
 */
import { join } from 'node:path';
import { writeWhole } from '../../jobs/datasetFiles.ts';
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

const JSON_LD = { '@context': 'https://schema.org/', '@type': 'Dataset' };

const datasetDescription = (source: ExportSource, tables: readonly CsvTable[]): object => ({
  ...JSON_LD,
  name: source.study.title,
  description: `${source.study.description || source.study.title} Session ${source.session.sessionId}, stage ${source.session.stage}. ${canaryOf(source)}`,
  schemaVersion: 'Psych-DS 1.5.1',
  version: source.study.version,
  identifier: source.studyHash,
  keywords: ['human judgment', source.study.slug, source.session.stage],
  variableMeasured: variablesOf(tables),
});

/** What the validator need not look at. Its versions before and after 2025 read files of different names, and each warns of the other's. */
const IGNORE_FILES = ['.psychds-ignore', '.psychdsignore'];
const IGNORED = [...IGNORE_FILES, 'export.json', 'analysis/', 'materials/', 'results/', 'documentation/'];

/** Writes what describes the dataset: as a whole, the data folder, each table; the changes; and what a validator need not look at. */
export async function describeDataset(
  source: ExportSource,
  folder: string,
  tables: readonly CsvTable[],
): Promise<void> {
  const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;
  const sidecars = tables.map((table): readonly [string, string] => [
    psychDsName(source.study.slug, table.name).replace(/csv$/, 'json'),
    json({ ...JSON_LD, name: `${source.study.title}: ${table.name}`, variableMeasured: variablesOf([table]) }),
  ]);
  const files: readonly (readonly [string, string])[] = [
    ['dataset_description.json', json(datasetDescription(source, tables))],
    ['data/file_metadata.json', json({ ...JSON_LD, encodingFormat: 'text/csv' })],
    ...sidecars,
    ['CHANGES.md', `# ${source.study.version}\n\nFirst export of session ${source.session.sessionId}.\n`],
    ...IGNORE_FILES.map((name): readonly [string, string] => [name, `${IGNORED.join('\n')}\n`]),
  ];
  for (const [name, text] of files) await writeWhole(join(folder, name), text);
}
