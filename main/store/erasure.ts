/**
 * Erasure of a person: rows, keys and what deleted rows leave in the files. The wish is written to the log first, so that an erasure cut
 * off by a kill is completed at the next start; afterwards log and backups hold only what no key opens.
 */
import type { Connection } from './database.ts';
import { failPoint } from './failPoints.ts';
import { readProgress } from './participants.ts';
import type { Store } from './store.ts';
import { explaining } from './storeErrors.ts';
import { makeWalRoom } from './walRoom.ts';

/** Moves all of the write-ahead log into the database and empties it: deleted rows are gone from both files after it. */
export function truncateWriteAheadLog(connection: Connection): void {
  failPoint('checkpoint');
  connection.pragmaRows('wal_checkpoint(TRUNCATE)');
  failPoint('checkpointed');
}

/** Erases a participant for good. Throws a UserError for an unknown one. */
export function eraseParticipant(store: Store, participantId: string, reason: string): void {
  store.settle();
  readProgress(store.read, participantId);
  failPoint('erase-rows');
  store.record({ kind: 'participant.erased', actor: 'researcher', participantId, reason });
  failPoint('erase-logged');
  finishErasures(store);
}

type Tombstone = { readonly id: string; readonly at: string };

/** Completes erasures that were cut off, and repeats those that a restored backup has undone; leaves an empty write-ahead log with room in it. */
export function finishErasures(store: Store): void {
  const { keyring, read, connection } = store;
  for (const participantId of keyring.erasedIds())
    if (read.get('SELECT 1 FROM participant WHERE participant_id = ?', participantId) !== undefined)
      store.record({ kind: 'participant.erased', actor: 'system', participantId, reason: 'erased before a restore' });
  for (const { id, at } of read.all<Tombstone>('SELECT participant_id AS id, erased_at AS at FROM tombstone'))
    if (keyring.holds(id)) keyring.erase(id, at);
  failPoint('erase-checkpoint');
  truncateWriteAheadLog(connection);
  explaining(read.path, () => makeWalRoom(read.path));
}
