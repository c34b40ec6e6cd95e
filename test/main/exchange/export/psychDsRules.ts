/**
 * The rules of the published Psych-DS schema (version 1.5.1) that end in an error, checked on a folder: an implementation of our own, for the
 * published validator is in no registry that an installation of Credence uses. Warnings that its schema has are checked as well.
 * **Source:** psych-ds.github.io, the schema's rules on files, metadata and tabular data.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';

const DATA_FILE = /^([a-z]+-[a-zA-Z0-9]+)(_[a-z]+-[a-zA-Z0-9]+)*_data\.csv$/;
const KEYWORDS = ['study', 'site', 'subject', 'session', 'task', 'condition', 'trial', 'stimulus', 'description'];
/** Properties schema.org gives a Dataset and a PropertyValue, as far as they are used. */
const DATASET = [
  '@context',
  '@type',
  'name',
  'description',
  'schemaVersion',
  'version',
  'identifier',
  'keywords',
  'variableMeasured',
  'author',
  'license',
  'citation',
  'funder',
  'url',
  'usageInfo',
];
const PROPERTY_VALUE = ['@type', 'name', 'description', 'unitText', 'minValue', 'maxValue'];

type Description = Record<string, unknown> & {
  readonly variableMeasured?: readonly (string | { readonly name: string })[];
};

function describeFaults(description: Description): string[] {
  const faults: string[] = [];
  if (!/^https?:\/\/(www\.)?schema\.org\/?$/.test(String(description['@context'])))
    faults.push('INVALID_JSONLD_FORMATTING');
  if (description['@type'] !== 'Dataset') faults.push('INCORRECT_DATASET_TYPE');
  for (const key of ['name', 'description', 'variableMeasured'])
    if (!(key in description)) faults.push(`JSON_KEY_REQUIRED ${key}`);
  for (const key of Object.keys(description))
    if (!DATASET.includes(key)) faults.push(`INVALID_SCHEMAORG_PROPERTY ${key}`);
  for (const variable of description.variableMeasured ?? []) {
    if (typeof variable === 'string') continue;
    if (!('@type' in variable)) faults.push('OBJECT_TYPE_MISSING');
    for (const key of Object.keys(variable))
      if (!PROPERTY_VALUE.includes(key)) faults.push(`INVALID_SCHEMAORG_PROPERTY ${key}`);
  }
  return faults;
}

function tableFaults(file: string, valid: ReadonlySet<string>, found: Set<string>): string[] {
  const { data, errors } = Papa.parse<string[]>(readFileSync(file, 'utf8').trimEnd(), { delimiter: ',' });
  if (errors.length > 0) return [`CSV_FORMATTING_ERROR ${file}: ${errors[0].message}`];
  const [header = [], ...rows] = data;
  const faults: string[] = [];
  if (header.length === 0) faults.push(`CSV_HEADER_MISSING ${file}`);
  if (new Set(header).size < header.length) faults.push(`CSV_HEADER_REPEATED ${file}`);
  for (const name of header) {
    found.add(name);
    if (!valid.has(name)) faults.push(`CSV_COLUMN_MISSING_FROM_METADATA ${name}`);
  }
  if (rows.some((row) => row.length !== header.length)) faults.push(`CSV_HEADER_LENGTH_MISMATCH ${file}`);
  const rowIds = header.indexOf('row_id');
  if (rowIds >= 0 && new Set(rows.map((row) => row[rowIds])).size < rows.length)
    faults.push(`ROWID_VALUES_NOT_UNIQUE ${file}`);
  return faults;
}

/** Everything the rules find wrong with the folder; empty for a valid dataset. */
export function psychDsFaults(folder: string): string[] {
  const faults: string[] = [];
  for (const name of ['data', 'analysis', 'results', 'materials', 'documentation'])
    if (!existsSync(join(folder, name))) faults.push(`MISSING_${name.toUpperCase()}_DIRECTORY`);
  for (const name of ['dataset_description.json', 'README.md', 'CHANGES.md', '.psychds-ignore'])
    if (!existsSync(join(folder, name))) faults.push(`MISSING ${name}`);
  const every = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  for (const name of every) {
    const stat = statSync(join(folder, name));
    if (stat.isFile() && stat.size === 0) faults.push(`EMPTY_FILE ${name}`);
    if (name !== 'dataset_description.json' && name.endsWith('dataset_description.json'))
      faults.push('WRONG_METADATA_LOCATION');
  }
  const description: Description = JSON.parse(readFileSync(join(folder, 'dataset_description.json'), 'utf8'));
  faults.push(...describeFaults(description));
  const valid = new Set(
    (description.variableMeasured ?? []).map((variable) => (typeof variable === 'string' ? variable : variable.name)),
  );
  const tables = every.filter((name) => /^data[\\/]/.test(name) && /\.csv$/.test(name));
  if (tables.length === 0) faults.push('MISSING_DATAFILE');
  const found = new Set<string>();
  for (const table of tables) {
    const name = table.split(/[\\/]/).at(-1) ?? '';
    if (!DATA_FILE.test(name)) faults.push(`FILENAME_KEYWORD_FORMATTING_ERROR ${name}`);
    for (const pair of name.split('_').slice(0, -1))
      if (!KEYWORDS.includes(pair.split('-')[0])) faults.push(`FILENAME_UNOFFICIAL_KEYWORD_WARNING ${name}`);
    faults.push(...tableFaults(join(folder, table), valid, found));
  }
  for (const name of valid) if (!found.has(name)) faults.push(`VARIABLE_MISSING_FROM_CSV_COLUMNS ${name}`);
  return faults;
}
