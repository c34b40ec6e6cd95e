/** What the researcher asks for the safety of the answers: backups now, a check of everything, a person erased. */
import { statSync } from 'node:fs';
import type { Handlers } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import type { SAFETY_PROCEDURES, Safety } from '../shared/safety.ts';
import type { BackupSchedule } from './store/backupSchedule.ts';
import { listBackups } from './store/backups.ts';
import type { Fault } from './store/checks.ts';
import { eraseParticipant } from './store/erasure.ts';
import { listParticipants, readProgress } from './store/participants.ts';
import type { Store } from './store/store.ts';

/** More faults than this help nobody; the doctor lists all of them. */
const MOST_FAULTS = 100;

export type SafetyOptions = {
  readonly store: Store;
  readonly backupFolder: string;
  readonly backups: BackupSchedule;
  readonly check: () => Promise<readonly Fault[]>;
  readonly onErase: () => void;
};

export type SafetyHandlers = Pick<Handlers, Exclude<keyof typeof SAFETY_PROCEDURES, 'safety.restore'>>;

/** The session of a participant. Throws a UserError for an unknown one. */
const sessionOf = (store: Store, participantId: string): string | undefined =>
  store.read.get<{ session_id: string }>('SELECT session_id FROM participant WHERE participant_id = ?', participantId)
    ?.session_id;

/** The handlers over one open store. */
export function createSafety({ store, backupFolder, backups, check, onErase }: SafetyOptions): SafetyHandlers {
  let last: Pick<Safety, 'checkedAt' | 'faults'> = { checkedAt: null, faults: [] };
  const status = (): Safety => ({
    backups: listBackups(backupFolder).map(({ number, path }) => {
      const { mtime, size } = statSync(path);
      return { number, madeAt: mtime.toISOString(), sizeBytes: size };
    }),
    ...last,
  });
  return {
    'safety.status': status,
    'safety.backUp': async () => {
      await backups.request();
      return status();
    },
    'safety.check': async () => {
      const faults = await check();
      last = { checkedAt: new Date().toISOString(), faults: faults.slice(0, MOST_FAULTS) };
      return status();
    },
    'sessions.participants': ({ sessionId }) => listParticipants(store, sessionId),
    'participants.erase': ({ participantId, label, reason }) => {
      readProgress(store.read, participantId);
      const person = listParticipants(store, sessionOf(store, participantId) ?? '').find(
        (candidate) => candidate.participantId === participantId,
      );
      if (person?.label !== label)
        throw new UserError(
          `the label typed is not that of this participant: expected ${person?.label}, received ${label}`,
          {
            hint: 'erasing cannot be undone; type the label of the person to be erased',
          },
        );
      eraseParticipant(store, participantId, reason);
      onErase();
      return {};
    },
  };
}
