/** `credence export` as a function: a session as a folder in one of the formats, which appears whole or not at all. */

import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  CSV_DIALECTS,
  type CsvDialect,
  EXPORT_EXTRAS,
  EXPORT_FORMATS,
  type ExportFormat,
} from '../../../shared/exchange.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { stageSchema } from '../../../shared/study.ts';
import { writeWhole } from '../../jobs/datasetFiles.ts';
import { buildStaged } from '../../stagedFolder.ts';

import { askedQueries } from './askedQueries.ts';
import { codebookCsv, codebookHtml, createCodebook, queriesCsv } from './codebook.ts';
import type { CsvTable } from './csvTables.ts';
import type { ExportSource } from './exportSource.ts';
import { canaryOf, readmeText } from './exportTexts.ts';
import { loadPython, loadR, mixedModelR } from './loaders.ts';
import { describeDataset, psychDsName } from './psychDs.ts';
import { sessionReport } from './sessionReport.ts';
import type { SessionTally } from './sessionTally.ts';
import { csvFile, writeCsvTables } from './writeCsv.ts';
import { writeJsonLines, writeJspsych, writeMultiClick, writePosteriorBins } from './writeJson.ts';

/** `export.json`: what the folder is, by which it is known again. */
export const EXPORT_FILE = 'export.json';
export const exportManifestSchema = z.strictObject({
  format: z.enum(EXPORT_FORMATS),
  formatVersion: z.literal(1),
  appVersion: z.string(),
  sessionId: z.string(),
  stage: stageSchema,
  studySlug: z.string(),
  studyVersion: z.string(),
  studyHash: z.string(),
  dialect: z.enum(CSV_DIALECTS),
  extras: z.array(z.enum(EXPORT_EXTRAS)),
  canary: z.string(),
  participants: z.number().int(),
  responses: z.number().int(),
});
export type ExportManifest = z.infer<typeof exportManifestSchema>;

export type ExportPlan = { readonly format: ExportFormat; readonly dialect: CsvDialect; readonly out: string };

/** Where tables and papers lie in the folder. */
type Layout = {
  readonly fileOf: (table: string) => string;
  readonly papers: string;
  readonly scripts: string;
  readonly results: string;
  readonly tablesFromScripts: string;
};
const FLAT: Layout = { fileOf: csvFile, papers: '.', scripts: '.', results: '.', tablesFromScripts: '.' };
const psychDsLayout = (source: ExportSource): Layout => ({
  fileOf: (table) => psychDsName(source.study.slug, table),
  papers: 'documentation',
  scripts: 'analysis',
  results: 'results',
  tablesFromScripts: '..',
});

/** Codebook, loaders, analysis script and report of the tables. */
async function writeCompanions(
  source: ExportSource,
  folder: string,
  written: { readonly tables: readonly CsvTable[]; readonly tally: SessionTally },
  { dialect, layout }: { readonly dialect: CsvDialect; readonly layout: Layout },
): Promise<void> {
  const { tables, tally } = written;
  const codebook = createCodebook(source.study, askedQueries(source.study), tables);
  const places = { folder: layout.tablesFromScripts, fileOf: layout.fileOf };
  const files: readonly (readonly [string, string])[] = [
    [join(layout.papers, 'codebook.csv'), codebookCsv(codebook, dialect)],
    [join(layout.papers, 'codebook_queries.csv'), queriesCsv(codebook, dialect)],
    [join(layout.papers, 'codebook.json'), `${JSON.stringify(codebook, null, 2)}\n`],
    [join(layout.papers, 'codebook.html'), codebookHtml(source.study.title, codebook)],
    [join(layout.scripts, 'load.R'), loadR(source, tables, places)],
    [join(layout.scripts, 'load.py'), loadPython(source, tables, places)],
    [join(layout.scripts, 'mixed_model.R'), mixedModelR(source, 'load.R')],
    [join(layout.results, 'report.html'), sessionReport(source, tally)],
  ];
  for (const [name, text] of files) await writeWhole(join(folder, name), text);
}

async function writeTableExport(
  source: ExportSource,
  folder: string,
  dialect: CsvDialect,
  control: RunControl,
): Promise<SessionTally> {
  const written = await writeCsvTables(source, { folder, dialect, fileOf: csvFile }, control);
  await writeCompanions(source, folder, written, { dialect, layout: FLAT });
  return written.tally;
}

async function writePsychDs(source: ExportSource, folder: string, control: RunControl): Promise<SessionTally> {
  const layout = psychDsLayout(source);
  for (const name of ['data', 'materials', 'analysis', 'results', 'documentation']) await mkdir(join(folder, name));
  const written = await writeCsvTables(source, { folder, dialect: 'plain', fileOf: layout.fileOf }, control);
  await writeCompanions(source, folder, written, { dialect: 'plain', layout });
  await describeDataset(source, folder, written.tables);
  return written.tally;
}

function writeBody(
  source: ExportSource,
  folder: string,
  { format, dialect }: ExportPlan,
  control: RunControl,
): Promise<SessionTally> {
  switch (format) {
    case 'csv':
      return writeTableExport(source, folder, dialect, control);
    case 'psych-ds':
      return writePsychDs(source, folder, control);
    case 'jsonl':
      return writeJsonLines(source, folder, control);
    case 'jspsych':
      return writeJspsych(source, folder, control);
    case 'msa':
      return writeMultiClick(source, folder, control);
    case 'ppt':
      return writePosteriorBins(source, folder, control);
    default:
      throw format satisfies never;
  }
}

/** Exports the session. Throws UserError where the folder holds something else, CancelledError on the signal; then nothing is left. */
export function exportSession(
  source: ExportSource,
  plan: ExportPlan,
  control: RunControl = {},
): Promise<ExportManifest> {
  const objection = async (folder: string): Promise<string | undefined> =>
    existsSync(join(folder, EXPORT_FILE)) ? undefined : 'the folder holds files that are not an export';
  return buildStaged(plan.out, objection, async (folder) => {
    const tally = await writeBody(source, folder, plan, control);
    const manifest: ExportManifest = {
      format: plan.format,
      formatVersion: 1,
      appVersion: source.appVersion,
      sessionId: source.session.sessionId,
      stage: source.session.stage,
      studySlug: source.study.slug,
      studyVersion: source.study.version,
      studyHash: source.studyHash,
      dialect: plan.format === 'csv' ? plan.dialect : 'plain',
      extras: [...source.extras],
      canary: canaryOf(source),
      participants: tally.participants,
      responses: tally.responses,
    };
    const materials = plan.format === 'psych-ds' ? 'materials/study.json' : 'study.json';
    await writeWhole(join(folder, materials), `${JSON.stringify(source.study, null, 2)}\n`);
    await writeWhole(join(folder, 'README.md'), readmeText(source));
    await writeWhole(join(folder, EXPORT_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  });
}
