/**
 * The rules of the published Psych-DS schema (version 1.5.1), errors and warnings, checked on a folder: an implementation of our own, for the
 * published validator is in no registry that an installation of Credence uses.
 * **Source:** psych-ds.github.io, the schema's rules on files, metadata and tabular data, and the order in which its validator applies them.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Papa from 'papaparse';

const DATA_FILE = /^([a-z]+-[a-zA-Z0-9]+)(_[a-z]+-[a-zA-Z0-9]+)*_data\.csv$/;
/** Folders no validator looks into, and the files it knows outside `data/`. */
const UNCHECKED = /^(analysis|results|materials|documentation|products|code|stimuli|sourcedata|log)[\\/]/;
const KNOWN =
  /^(dataset_description\.json|(README|CHANGES).*\.(md|txt))$|^data[\\/](.*[\\/])?(file_metadata.*\.json|[^\\/]*_data\.(json|csv|tsv))$/;
/** Older and newer validators read one of these each. */
const IGNORE_FILES = ['.psychds-ignore', '.psychdsignore'];
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
  'encodingFormat',
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

/** Files the schema does not know and the ignore file, as one of the validators reads it, does not list. */
function unlistedFiles(folder: string, files: readonly string[], ignoreFile: string): string[] {
  const path = join(folder, ignoreFile);
  const listed = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return files
    .filter((name) => !KNOWN.test(name) && !UNCHECKED.test(name) && !listed.includes(name))
    .map((name) => `FILE_NOT_CHECKED ${name}`);
}

const readDescription = (file: string): Description => JSON.parse(readFileSync(file, 'utf8'));

const namesOf = (description: Description): string[] =>
  (description.variableMeasured ?? []).map((variable) => (typeof variable === 'string' ? variable : variable.name));

/** What describes a table: its sidecar, else what the folder says, each over what the dataset says. */
function describeTable(folder: string, table: string, whole: Description): Description {
  const own = [join(folder, table.replace(/csv$/, 'json')), join(folder, dirname(table), 'file_metadata.json')];
  const found = own.find((file) => existsSync(file));
  return found === undefined ? whole : { ...whole, ...readDescription(found) };
}

function nameFaults(table: string): string[] {
  const name = basename(table);
  const keywords = name.split('_').slice(0, -1);
  return [
    ...(DATA_FILE.test(name) ? [] : [`FILENAME_KEYWORD_FORMATTING_ERROR ${name}`]),
    ...keywords
      .filter((pair) => !KEYWORDS.includes(pair.split('-')[0]))
      .map(() => `FILENAME_UNOFFICIAL_KEYWORD_WARNING ${name}`),
  ];
}

function missingFaults(folder: string, files: readonly string[]): string[] {
  const folders = ['data', 'analysis', 'results', 'materials', 'documentation'];
  const papers = ['dataset_description.json', 'README.md', 'CHANGES.md'];
  const has = (pattern: RegExp): boolean => files.some((name) => pattern.test(name));
  return [
    ...folders
      .filter((name) => !existsSync(join(folder, name)))
      .map((name) => `MISSING_${name.toUpperCase()}_DIRECTORY`),
    ...papers.filter((name) => !existsSync(join(folder, name))).map((name) => `MISSING ${name}`),
    ...(has(/^data[\\/].*_data\.csv$/) ? [] : ['MISSING_DATAFILE']),
    ...(has(/^data[\\/](.*[\\/])?file_metadata\.json$/) ? [] : ['MISSING_DIRECTORY_METADATA']),
    ...(has(/^data[\\/].*_data\.json$/) ? [] : ['MISSING_SIDECAR_METADATA']),
  ];
}

/** Everything the rules find wrong with the folder; empty for a dataset that is valid and gives no cause for warnings. */
export function psychDsFaults(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  const whole = readDescription(join(folder, 'dataset_description.json'));
  const faults = [...missingFaults(folder, files), ...describeFaults(whole)];
  for (const ignoreFile of IGNORE_FILES) faults.push(...unlistedFiles(folder, files, ignoreFile));
  for (const name of files) {
    if (statSync(join(folder, name)).size === 0) faults.push(`FILE_EMPTY ${name}`);
    if (basename(name) === 'dataset_description.json' && name !== basename(name))
      faults.push('WRONG_METADATA_LOCATION');
  }
  const valid = new Set(namesOf(whole));
  const found = new Set<string>();
  for (const table of files.filter((name) => /^data[\\/].*\.csv$/.test(name))) {
    const description = describeTable(folder, table, whole);
    const names = namesOf(description);
    for (const name of names) valid.add(name);
    faults.push(...describeFaults(description), ...nameFaults(table));
    faults.push(...tableFaults(join(folder, table), new Set(names), found));
  }
  for (const name of valid) if (!found.has(name)) faults.push(`VARIABLE_MISSING_FROM_CSV_COLUMNS ${name}`);
  return faults;
}
