/**
 * The keyring: one random key per participant, in a file of its own and one copy. What identifies a person, and every answer, is sealed
 * with that key wherever it is written (database, log, backups); erasing a person is deleting the key from both.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { InternalError, UserError } from '../../shared/errors.ts';
import { type Connection, openDatabase } from './database.ts';
import { failPoint } from './failPoints.ts';
import { explaining } from './storeErrors.ts';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Keys kept in memory. */
const MOST_RECENT = 1000;

const SCHEMA_NUMBER = 1;
const SCHEMA = `
CREATE TABLE participant_key (participant_id TEXT PRIMARY KEY, key BLOB NOT NULL, row_hash BLOB NOT NULL) STRICT;
CREATE TABLE tombstone (participant_id TEXT PRIMARY KEY, erased_at TEXT NOT NULL) STRICT;
`;

/** What a sealed value is, so that one cannot be passed off as another. */
export type SealedKind = 'label' | 'response' | 'identity';

export type Keyring = {
  /** Makes and keeps a key for a new participant; durable in both files when it returns. */
  add(participantId: string): void;
  /** Whether either file still has the key. */
  holds(participantId: string): boolean;
  /** Base64 of nonce, tag and cipher text. Throws an InternalError without a key. */
  seal(participantId: string, kind: SealedKind, text: string): string;
  /** The text; undefined when the key was erased. Throws a UserError when the value is damaged. */
  unseal(participantId: string, kind: SealedKind, sealed: Buffer): string | undefined;
  /** Whether the key is there and opens the value. */
  opens(participantId: string, kind: SealedKind, sealed: Buffer): boolean;
  /** Deletes the key from both files and keeps that it was deleted. */
  erase(participantId: string, at: string): void;
  erasedIds(): string[];
  close(): void;
};

type KeyRow = { readonly participant_id: string; readonly key: Buffer; readonly row_hash: Buffer };

const hashKey = (participantId: string, key: Buffer): Buffer =>
  createHash('sha256').update(participantId).update(key).digest();

/** Deletes keys that were damaged on disk: the other file has them whole. */
function dropDamaged(file: Connection): void {
  for (const row of file.read.all<KeyRow>('SELECT * FROM participant_key'))
    if (!hashKey(row.participant_id, row.key).equals(row.row_hash))
      file.write.run('DELETE FROM participant_key WHERE participant_id = ?', row.participant_id);
}

function openFile(path: string): Connection {
  return explaining(path, () => {
    const connection = openDatabase(path);
    try {
      if (connection.pragma('user_version') === 0)
        connection.write.transaction(() => {
          connection.exec(SCHEMA);
          connection.pragma(`user_version = ${SCHEMA_NUMBER}`);
        });
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

/** Gives `target` what `source` has and it lacks; a key erased in either is erased in both. */
function copyMissing(source: Connection, target: Connection): void {
  const erased = source.read.all<{ participant_id: string; erased_at: string }>('SELECT * FROM tombstone');
  const keys = source.read.all<KeyRow>('SELECT * FROM participant_key');
  target.write.transaction(() => {
    for (const row of erased) {
      target.write.run('INSERT OR IGNORE INTO tombstone VALUES (?, ?)', row.participant_id, row.erased_at);
      target.write.run('DELETE FROM participant_key WHERE participant_id = ?', row.participant_id);
    }
    for (const row of keys) {
      const isErased = target.read.get('SELECT 1 FROM tombstone WHERE participant_id = ?', row.participant_id);
      if (isErased === undefined)
        target.write.run(
          'INSERT OR IGNORE INTO participant_key VALUES (?, ?, ?)',
          row.participant_id,
          row.key,
          row.row_hash,
        );
    }
  });
}

const associated = (participantId: string, kind: SealedKind): Buffer => Buffer.from(`${kind}:${participantId}`);

function decrypt(key: KeyObject, sealed: Buffer, data: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES));
  decipher.setAAD(data).setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}

/** Opens the keyring at `path` and its copy, making each that is absent, and brings the two to the same content. */
export function openKeyring(path: string, copyPath: string): Keyring {
  const isKnown = existsSync(path) || existsSync(copyPath);
  const files = [openFile(path)];
  try {
    files.push(openFile(copyPath));
    if (isKnown) {
      for (const file of files) dropDamaged(file);
      copyMissing(files[1], files[0]);
      copyMissing(files[0], files[1]);
      // An erasure that was cut off may have left the key in the write-ahead log.
      for (const file of files) file.pragmaRows('wal_checkpoint(TRUNCATE)');
    }
  } catch (error) {
    for (const file of files) file.close();
    throw error;
  }
  const [primary] = files;
  const recent = new Map<string, KeyObject>();
  const readKey = (participantId: string): KeyObject | undefined => {
    const row = primary.read.get<KeyRow>('SELECT * FROM participant_key WHERE participant_id = ?', participantId);
    return row && createSecretKey(row.key);
  };
  /** The key, from memory for those who answered lately. */
  const keyOf = (participantId: string): KeyObject | undefined => {
    const known = recent.get(participantId);
    if (known) return known;
    const key = readKey(participantId);
    if (!key) return undefined;
    const [oldest] = recent.keys();
    if (recent.size >= MOST_RECENT && oldest !== undefined) recent.delete(oldest);
    recent.set(participantId, key);
    return key;
  };
  return {
    add: (participantId) => {
      const key = randomBytes(KEY_BYTES);
      for (const file of files)
        explaining(file.read.path, () => {
          failPoint('key-write');
          file.write.run(
            'INSERT INTO participant_key VALUES (?, ?, ?)',
            participantId,
            key,
            hashKey(participantId, key),
          );
        });
    },
    holds: (participantId) =>
      files.some(
        (file) => file.read.get('SELECT 1 FROM participant_key WHERE participant_id = ?', participantId) !== undefined,
      ),
    seal: (participantId, kind, text) => {
      const key = keyOf(participantId);
      if (!key) throw new InternalError(`no key for participant ${participantId}`);
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(associated(participantId, kind));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    unseal: (participantId, kind, sealed) => {
      const key = keyOf(participantId);
      if (!key) return undefined;
      try {
        return decrypt(key, sealed, associated(participantId, kind));
      } catch (error) {
        throw new UserError(`a ${kind} of participant ${participantId} is damaged: it does not open with its key`, {
          hint: 'credence restore brings it back from the newest good backup and the response log',
          cause: error,
        });
      }
    },
    opens: (participantId, kind, sealed) => {
      const key = readKey(participantId);
      if (!key) return false;
      try {
        decrypt(key, sealed, associated(participantId, kind));
        return true;
      } catch {
        return false;
      }
    },
    erase: (participantId, at) => {
      recent.delete(participantId);
      for (const file of files) {
        failPoint('erase-keys');
        file.write.transaction(() => {
          file.write.run('INSERT OR IGNORE INTO tombstone VALUES (?, ?)', participantId, at);
          file.write.run('DELETE FROM participant_key WHERE participant_id = ?', participantId);
        });
        // Neither freed pages nor the write-ahead log may keep the key.
        file.exec('VACUUM');
        file.pragmaRows('wal_checkpoint(TRUNCATE)');
      }
    },
    erasedIds: () =>
      primary.read
        .all<{ participant_id: string }>('SELECT participant_id FROM tombstone')
        .map((row) => row.participant_id),
    close: () => {
      for (const file of files) file.close();
    },
  };
}
