/** Writes the CSV tables of a session into a folder: the long ones and the counts in one pass, the wide one, whose columns the counts give, in a second. */

import { join } from 'node:path';
import type { CsvDialect } from '../../../shared/exchange.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { createLineFiles } from '../../jobs/lineFiles.ts';
import { toCsv } from '../csvText.ts';
import { askedQueries } from './askedQueries.ts';
import { type CsvTable, csvTables, headerText } from './csvTables.ts';
import type { ExportedParticipant, ExportSource } from './exportSource.ts';
import { createTally, type SessionTally } from './sessionTally.ts';
import { walkSession } from './walkSession.ts';
import { wideColumns } from './wideColumns.ts';

export type CsvPlan = {
  readonly folder: string;
  readonly dialect: CsvDialect;
  /** Where a table goes, below the folder; the folders on the way must exist. */
  readonly fileOf: (table: string) => string;
};

/** Rows are text in bulk: one call of the writer per participant and table. */
async function openTables(tables: readonly CsvTable[], { folder, dialect, fileOf }: CsvPlan) {
  const files = await createLineFiles(
    folder,
    tables.map(({ name }) => fileOf(name)),
  );
  // `append` ends what it is given with a line feed of its own.
  const append = async (table: CsvTable, text: string): Promise<void> => {
    if (text !== '') await files.append(fileOf(table.name), text.slice(0, -1));
  };
  for (const table of tables) await append(table, headerText(table, dialect));
  const write = async (participant: ExportedParticipant): Promise<void> => {
    for (const table of tables) {
      const rows = table.rowsOf(participant);
      if (rows.length > 0) await append(table, toCsv(rows, dialect));
    }
  };
  return { write, finish: files.finish, abandon: files.abandon };
}

async function writeTables(
  tables: readonly CsvTable[],
  plan: CsvPlan,
  walk: (write: (participant: ExportedParticipant) => Promise<void>) => Promise<void>,
): Promise<void> {
  const files = await openTables(tables, plan);
  try {
    await walk(files.write);
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
}

/** The tables written and the counts made on the way. */
export async function writeCsvTables(
  source: ExportSource,
  plan: CsvPlan,
  control: RunControl,
): Promise<{ tables: readonly CsvTable[]; tally: SessionTally }> {
  const asked = askedQueries(source.study);
  const counts = createTally();
  const long = csvTables(source, asked, []).slice(0, -1);
  await writeTables(long, plan, (write) =>
    walkSession(source, { ...control, stage: 'export' }, async (participant) => {
      counts.add(participant.responses);
      await write(participant);
    }),
  );
  const tally = counts.result();
  const tables = csvTables(source, asked, wideColumns(tally));
  await writeTables(tables.slice(-1), plan, (write) =>
    walkSession(source, { ...control, stage: 'export, wide table' }, write),
  );
  return { tables, tally };
}

/** The file of a table in a plain CSV export. */
export const csvFile = (table: string): string => join('.', `${table}.csv`);
