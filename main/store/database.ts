/**
 * One SQLite connection, opened so that a commit survives a power cut and a second opener is refused. Reading and writing are two
 * types over it: only what holds a `WriteHandle` can change anything.
 */
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { InternalError } from '../../shared/errors.ts';
import { failPoint } from './failPoints.ts';
import { explaining } from './storeErrors.ts';

/** The first release without the race that lets two connections damage a write-ahead log. **Source:** SQLite 3.51.3 notes. */
const OLDEST_SQLITE = [3, 51, 3] as const;
/** A process that was killed holds its locks until the system has cleared it away. */
const LOCK_WAIT_MS = 250;

export type SqlValue = string | number | bigint | Buffer | null;

export type ReadHandle = {
  readonly path: string;
  /** The first row, or undefined. The caller names the row's type as the table declares it. */
  get<Row>(sql: string, ...values: readonly SqlValue[]): Row | undefined;
  /** All rows: for answers bounded by the query. */
  all<Row>(sql: string, ...values: readonly SqlValue[]): Row[];
};

export type WriteHandle = ReadHandle & {
  /** Runs one statement and gives the number of rows changed. */
  run(sql: string, ...values: readonly SqlValue[]): number;
  /** All of `work` or nothing of it; durable when it returns. */
  transaction<T>(work: () => T): T;
};

/** Who owns the connection: both handles, and what concerns the file as a whole. */
export type Connection = {
  readonly read: ReadHandle;
  readonly write: WriteHandle;
  /** The first value a pragma gives. */
  pragma(text: string): unknown;
  pragmaRows(text: string): Readonly<Record<string, unknown>>[];
  exec(sql: string): void;
  /** Online copy to `path`, page by page between other work. */
  backup(path: string): Promise<void>;
  close(): void;
};

export type OpenOptions = { readonly journal: 'WAL' | 'DELETE' };

function assertRelease(database: Database.Database): void {
  const text = String(database.prepare('SELECT sqlite_version()').pluck().get());
  const parts = text.split('.').map(Number);
  const difference = OLDEST_SQLITE.map((wanted, i) => (parts[i] ?? 0) - wanted).find((value) => value !== 0) ?? 0;
  if (difference < 0) throw new InternalError(`SQLite ${text} is older than ${OLDEST_SQLITE.join('.')}`);
}

const read = (database: Database.Database, pragma: string): unknown => database.pragma(pragma, { simple: true });

/** The settings of one connection. The lock mode comes first: then no shared-memory file is made and a second opener is refused. */
function configure(database: Database.Database, { journal }: OpenOptions): void {
  database.pragma('locking_mode = EXCLUSIVE');
  const mode = read(database, `journal_mode = ${journal}`);
  if (String(mode).toUpperCase() !== journal) throw new InternalError(`${database.name}: journal mode is ${mode}`);
  database.pragma('synchronous = FULL');
  if (process.platform === 'darwin') database.pragma('fullfsync = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cell_size_check = ON');
  database.pragma('secure_delete = ON');
  database.pragma('mmap_size = 0');
}

function createHandles(database: Database.Database): { read: ReadHandle; write: WriteHandle } {
  const statements = new Map<string, Database.Statement>();
  const prepared = (sql: string): Database.Statement => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = database.prepare(sql)));
    return statement;
  };
  const reading = (sql: string): Database.Statement => {
    const statement = prepared(sql);
    if (!statement.readonly) throw new InternalError(`a read handle was given: ${sql}`);
    return statement;
  };
  const readHandle: ReadHandle = {
    path: database.name,
    get: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      explaining(database.name, () => reading(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: readonly SqlValue[]) =>
      explaining(database.name, () => reading(sql).all(...values) as Row[]),
  };
  const write: WriteHandle = {
    ...readHandle,
    run: (sql, ...values) => explaining(database.name, () => prepared(sql).run(...values).changes),
    transaction: <T>(work: () => T): T => {
      failPoint('db-begin');
      const result = database
        .transaction(() => {
          const inner = work();
          failPoint('db-commit');
          return inner;
        })
        .immediate();
      failPoint('db-committed');
      return result;
    },
  };
  return { read: readHandle, write };
}

/**
 * `synchronous` as it is after a write. In WAL mode better-sqlite3's build falls back to NORMAL then, unless FULL was set explicitly.
 */
export function assertDurable(connection: Connection): void {
  const level = connection.pragma('synchronous');
  if (level !== 2)
    throw new InternalError(`${connection.read.path}: synchronous is ${level} after a write, not 2 (FULL)`);
}

/**
 * Makes an absent file, readable by its owner alone whatever folder it lies in; SQLite gives its logs the same rights. One that is there
 * is not touched: opening and closing it would let go the locks that this process holds on it.
 */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // It is there, or SQLite says why it cannot be made.
  }
}

/** Opens `path`, making it when absent. Throws SQLite's own errors, `SQLITE_BUSY` when another connection holds it. */
export function openDatabase(path: string, options: OpenOptions = { journal: 'WAL' }): Connection {
  makePrivate(path);
  const database = new Database(path, { timeout: LOCK_WAIT_MS });
  try {
    assertRelease(database);
    configure(database, options);
    // The first read takes the lock, and keeps it.
    read(database, 'user_version');
    const { read: readHandle, write } = createHandles(database);
    return {
      read: readHandle,
      write,
      pragma: (text) => read(database, text),
      pragmaRows: (text) => database.pragma(text) as Record<string, unknown>[],
      exec: (sql) => void database.exec(sql),
      backup: async (target) => {
        makePrivate(target);
        await database.backup(target);
      },
      close: () => void database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}
