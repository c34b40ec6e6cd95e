/**
 * The stations of a lab: who each is, who sits there, and what signs it in. Of keys, codes and cookies only hashes are kept. While the
 * network is open they are on disk too, so that after a crash the same browsers go on where they were.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { UserError } from '../../shared/errors.ts';
import type { Station } from '../../shared/lan.ts';
import { createSecret, hashSecret } from '../http/secret.ts';
import { writeFileAtomic } from '../processes/durableFiles.ts';
import { createCode, normaliseCode } from './stationKey.ts';

const MAX_STATIONS = 100;

const recordSchema = z.strictObject({
  stationId: z.string(),
  label: z.string(),
  participantId: z.string().nullable(),
  keyHash: z.string(),
  codeHash: z.string(),
  /** Of the cookie its browser has; null until the key was exchanged. */
  visitHash: z.string().nullable(),
  reuses: z.number().int(),
});
type StationRecord = z.infer<typeof recordSchema>;

const savedSchema = z.strictObject({
  format: z.literal('credence-stations'),
  address: z.string(),
  port: z.number().int(),
  lastNumber: z.number().int(),
  stations: z.array(recordSchema),
});

/** Where the network was open. */
export type Place = { readonly address: string; readonly port: number };

export type Stations = {
  list(): Station[];
  /** The signed-in stations, by the hash of their cookie. */
  paired(): { readonly stationId: string; readonly visitHash: string }[];
  participantAt(stationId: string): string | null;
  add(label: string): { readonly stationId: string; readonly key: string; readonly code: string };
  /** A new key and code; what signed the station in before no longer does. */
  renew(stationId: string): { readonly stationId: string; readonly key: string; readonly code: string };
  remove(stationId: string): void;
  /** Seats a participant, who leaves any other station; gives the stations that changed. */
  seat(stationId: string, participantId: string): string[];
  clear(stationId: string): void;
  /** Exchanges a key or a typed code for a new cookie, once; undefined for one that opens nothing. */
  enter(
    keyOrCode: string,
  ): { readonly kind: 'entered'; readonly cookie: string } | { readonly kind: 'reused' } | undefined;
  /** Notes that a station's page is open or gone, or has spoken. */
  note(stationId: string, what: { readonly isConnected?: boolean; readonly seenAt?: string }): void;
  /** Writes the stations and where they find us. */
  save(place: Place): void;
  /** Forgets all stations, on disk too. */
  forget(): void;
};

/** What an earlier run left at `path` when it was cut off. What cannot be read counts as nothing. */
function readSaved(path: string): z.infer<typeof savedSchema> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return savedSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The stations that `path` holds, none unless an earlier run was cut off; `place` is where its network was open. */
export function openStations(path: string): { readonly stations: Stations; readonly place: Place | undefined } {
  const saved = readSaved(path);
  const records = new Map<string, StationRecord>(saved?.stations.map((record) => [record.stationId, record]));
  const presence = new Map<string, { isConnected: boolean; lastSeenAt: string | null }>();
  let lastNumber = saved?.lastNumber ?? 0;

  const find = (stationId: string): StationRecord => {
    const record = records.get(stationId);
    if (!record) throw new UserError(`no station ${stationId}`, { hint: 'lan.status lists the stations' });
    return record;
  };
  const issue = (record: Omit<StationRecord, 'keyHash' | 'codeHash' | 'visitHash'>) => {
    const [key, code] = [createSecret(), createCode()];
    records.set(record.stationId, {
      ...record,
      keyHash: hashSecret(key),
      codeHash: hashSecret(code),
      visitHash: null,
    });
    return { stationId: record.stationId, key, code };
  };
  const presenceOf = (stationId: string) => presence.get(stationId) ?? { isConnected: false, lastSeenAt: null };

  const stations: Stations = {
    list: () =>
      [...records.values()].map(({ stationId, label, participantId, visitHash, reuses }) => ({
        stationId,
        label,
        participantId,
        isPaired: visitHash !== null,
        ...presenceOf(stationId),
        reuses,
      })),
    paired: () =>
      [...records.values()].flatMap(({ stationId, visitHash }) =>
        visitHash === null ? [] : [{ stationId, visitHash }],
      ),
    participantAt: (stationId) => records.get(stationId)?.participantId ?? null,
    add(label) {
      if ([...records.values()].some((record) => record.label === label))
        throw new UserError(`there is a station ${label} already`, { hint: 'choose another label, or renew its key' });
      if (records.size >= MAX_STATIONS) throw new UserError(`no more than ${MAX_STATIONS} stations can be added`);
      return issue({ stationId: `station-${++lastNumber}`, label, participantId: null, reuses: 0 });
    },
    renew: (stationId) => issue(find(stationId)),
    remove(stationId) {
      find(stationId);
      records.delete(stationId);
      presence.delete(stationId);
    },
    seat(stationId, participantId) {
      const record = find(stationId);
      const left = [...records.values()].filter(
        (other) => other.participantId === participantId && other.stationId !== stationId,
      );
      for (const other of left) records.set(other.stationId, { ...other, participantId: null });
      records.set(stationId, { ...record, participantId });
      return [stationId, ...left.map((other) => other.stationId)];
    },
    clear: (stationId) => void records.set(stationId, { ...find(stationId), participantId: null }),
    enter(keyOrCode) {
      const keyHash = hashSecret(keyOrCode);
      const codeHash = hashSecret(normaliseCode(keyOrCode));
      const record = [...records.values()].find(
        (candidate) => candidate.keyHash === keyHash || candidate.codeHash === codeHash,
      );
      if (!record) return undefined;
      if (record.visitHash !== null) {
        records.set(record.stationId, { ...record, reuses: record.reuses + 1 });
        return { kind: 'reused' };
      }
      const cookie = createSecret();
      records.set(record.stationId, { ...record, visitHash: hashSecret(cookie) });
      return { kind: 'entered', cookie };
    },
    note(stationId, { isConnected, seenAt }) {
      const before = presenceOf(stationId);
      presence.set(stationId, {
        isConnected: isConnected ?? before.isConnected,
        lastSeenAt: seenAt ?? before.lastSeenAt,
      });
    },
    save: ({ address, port }) =>
      writeFileAtomic(
        path,
        JSON.stringify({
          format: 'credence-stations',
          address,
          port,
          lastNumber,
          stations: [...records.values()],
        } satisfies z.infer<typeof savedSchema>),
      ),
    forget() {
      records.clear();
      presence.clear();
      rmSync(path, { force: true });
    },
  };
  return { stations, place: saved && { address: saved.address, port: saved.port } };
}
