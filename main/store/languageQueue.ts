/**
 * Language queue: what has been asked of a language service, what came back and what it cost, and which jobs are done. Each step is on
 * disk before the next one begins, so that a killed run goes on without asking twice for what it has. One SQLite file beside the results.
 */
import type { ReadHandle } from './database.ts';
import { openDatabase } from './database.ts';
import { explaining } from './storeErrors.ts';

/** A question by the hash of all that decides its answer. `exchange` is the raw reply, there before `answer` was read from it. */
export type StoredCall = {
  readonly exchange: string | null;
  readonly answer: string | null;
  readonly failure: string | null;
  readonly faults: number;
  /** The attempt that brought `exchange`. */
  readonly attempt: number | null;
};

/** A finished job: `inputs` identifies what it was made from, `result` is JSON. */
export type StoredJob = { readonly id: string; readonly inputs: string; readonly result: string };

/** Dollars: what is known, and what attempts without an end may have cost at most. */
export type Spending = { readonly known: number; readonly possible: number };

export type LanguageQueue = {
  readonly path: string;
  readonly callOf: (key: string) => StoredCall | undefined;
  /** Says that a question is about to be sent, which may cost up to `reserve`. Gives the attempt's number. */
  readonly begin: (key: string, reserve: number) => number;
  readonly keepExchange: (attempt: number, key: string, exchange: string) => void;
  readonly keepAnswer: (attempt: number, key: string, answer: string, cost: number) => void;
  /** The attempt failed in passing; what was kept of it is void. */
  readonly keepFault: (
    attempt: number,
    key: string,
    cost: { readonly known: number; readonly possible: number },
  ) => void;
  /** The question has failed for good. */
  readonly keepFailure: (key: string, failure: string) => void;
  readonly spending: () => Spending;
  readonly jobOf: (id: string) => StoredJob | undefined;
  readonly finishJob: (job: StoredJob) => void;
  /** Forgets failures, and jobs that ended in one (`isFailed` of their result), so that they are tried again. */
  readonly reopen: (isFailed: (result: string) => boolean) => number;
  /** A named fact of the run, kept for ever. */
  readonly fact: (name: string) => string | undefined;
  readonly setFact: (name: string, value: string) => void;
  readonly close: () => void;
};

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE call (key TEXT PRIMARY KEY, exchange TEXT, attempt INTEGER, answer TEXT, failure TEXT,
    faults INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE attempt (attempt INTEGER PRIMARY KEY, key TEXT NOT NULL, known REAL NOT NULL, possible REAL NOT NULL) STRICT;
  CREATE TABLE job (id TEXT PRIMARY KEY, inputs TEXT NOT NULL, result TEXT NOT NULL) STRICT;
  CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

const CALL = 'SELECT exchange, attempt, answer, failure, faults FROM call WHERE key = ?';
const newId = (read: ReadHandle): number =>
  (read.get<{ last: number | null }>('SELECT max(attempt) AS last FROM attempt')?.last ?? 0) + 1;

/** Opens the queue at `path`, new or from an earlier run. Throws UserError where the file cannot be used or another process has it. */
export function openLanguageQueue(path: string): LanguageQueue {
  const connection = explaining(path, () => openDatabase(path));
  const { read, write } = connection;
  const durably = <T>(work: () => T): T => explaining(path, () => write.transaction(work));
  if (connection.pragma('user_version') === 0)
    durably(() => {
      connection.exec(SCHEMA);
      connection.pragma(`user_version = ${VERSION}`);
    });
  const endAttempt = (attempt: number, known: number, possible: number): void =>
    void write.run('UPDATE attempt SET known = ?, possible = ? WHERE attempt = ?', known, possible, attempt);
  return {
    path,
    callOf: (key) => read.get<StoredCall>(CALL, key),
    begin: (key, reserve) =>
      durably(() => {
        const attempt = newId(read);
        write.run('INSERT OR IGNORE INTO call (key) VALUES (?)', key);
        write.run('INSERT INTO attempt VALUES (?, ?, 0, ?)', attempt, key, reserve);
        return attempt;
      }),
    keepExchange: (attempt, key, exchange) =>
      durably(() => void write.run('UPDATE call SET exchange = ?, attempt = ? WHERE key = ?', exchange, attempt, key)),
    keepAnswer: (attempt, key, answer, cost) =>
      durably(() => {
        write.run('UPDATE call SET answer = ? WHERE key = ?', answer, key);
        endAttempt(attempt, cost, 0);
      }),
    keepFault: (attempt, key, cost) =>
      durably(() => {
        write.run('UPDATE call SET exchange = NULL, attempt = NULL, faults = faults + 1 WHERE key = ?', key);
        endAttempt(attempt, cost.known, cost.possible);
      }),
    keepFailure: (key, failure) =>
      durably(() => void write.run('UPDATE call SET failure = ? WHERE key = ?', failure, key)),
    spending: () =>
      read.get<Spending>('SELECT total(known) AS known, total(possible) AS possible FROM attempt') ?? {
        known: 0,
        possible: 0,
      },
    jobOf: (id) => read.get<StoredJob>('SELECT id, inputs, result FROM job WHERE id = ?', id),
    finishJob: ({ id, inputs, result }) =>
      durably(() => void write.run('INSERT OR REPLACE INTO job VALUES (?, ?, ?)', id, inputs, result)),
    reopen: (isFailed) =>
      durably(() => {
        const failed = read
          .all<StoredJob>('SELECT id, inputs, result FROM job')
          .filter(({ result }) => isFailed(result));
        for (const { id } of failed) write.run('DELETE FROM job WHERE id = ?', id);
        write.run('UPDATE call SET failure = NULL, faults = 0 WHERE failure IS NOT NULL');
        return failed.length;
      }),
    fact: (name) => read.get<{ value: string }>('SELECT value FROM fact WHERE name = ?', name)?.value,
    setFact: (name, value) => durably(() => void write.run('INSERT OR REPLACE INTO fact VALUES (?, ?)', name, value)),
    close: () => connection.close(),
  };
}
