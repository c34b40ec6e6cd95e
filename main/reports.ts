/** Reports: files in the workspace, `reports/<id>/report.json` with `report.html` beside it. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../shared/errors.ts';
import { type Report, reportSchema } from '../shared/report.ts';
import { parseJson, readTextFile } from './jsonFile.ts';
import { syncFolder, writeFileAtomic } from './processes/durableFiles.ts';

const LARGEST_REPORT_BYTES = 64 * 2 ** 20;
const DATA = 'report.json';
const PAGE = 'report.html';
/** Begins the name of a folder that is being written; such a folder is no report. */
const PARTIAL = '.partial-';

const readFolder = (folder: string): Report => {
  const file = join(folder, DATA);
  return parseJson(readTextFile(file, LARGEST_REPORT_BYTES), reportSchema, { file });
};

export type ReportHeading = Pick<Report, 'id' | 'title' | 'createdAt' | 'seed' | 'study'>;

/** The headings of all reports, newest first. */
export function listReports(reports: string): ReportHeading[] {
  const folders = readdirSync(reports).filter((name) => existsSync(join(reports, name, DATA)));
  return folders
    .filter((name) => !name.startsWith(PARTIAL))
    .map((name) => readFolder(join(reports, name)))
    .map(({ id, title, createdAt, seed, study }) => ({ id, title, createdAt, seed, study }))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

/** One report. Throws a UserError for an id that has none; an id is checked before it becomes part of a path. */
export function readReport(reports: string, id: string): Report {
  const isId = reportSchema.shape.id.safeParse(id).success;
  if (!isId || !existsSync(join(reports, id, DATA)))
    throw new UserError(`no report ${id}`, { hint: 'reports.list names the reports of this workspace' });
  return readFolder(join(reports, id));
}

/** Keeps a report and its page under the report's id, whole or not at all. A report of the same id is replaced. Gives the page's path. */
export function addReport(reports: string, report: Report, page: string): string {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success)
    throw new UserError(
      `report ${report.id}: ${parsed.error.issues[0].path.join('.')}: ${parsed.error.issues[0].message}`,
    );
  const place = join(reports, report.id);
  const partial = join(reports, `${PARTIAL}${report.id}`);
  rmSync(partial, { recursive: true, force: true });
  try {
    mkdirSync(partial, { mode: 0o700 });
    writeFileAtomic(join(partial, DATA), `${JSON.stringify(parsed.data)}\n`);
    writeFileAtomic(join(partial, PAGE), page);
    rmSync(place, { recursive: true, force: true });
    renameSync(partial, place);
    syncFolder(reports);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    throw error;
  }
  return join(place, PAGE);
}
