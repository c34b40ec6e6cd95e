/** Durable steps: each named step is passed by an ordinary life of a workspace, and a clock that jumps changes no order. */
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { findAuditBreak } from '../../../main/store/audit.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { DURABLE_STEPS, FAIL_POINTS } from '../../../main/store/failPoints.ts';
import { readProgress, readSequence } from '../../../main/store/participants.ts';
import { readResponses, submitResponse } from '../../../main/store/responses.ts';
import { restoreWorkspace } from '../../../main/store/restore.ts';
import { openStore } from '../../../main/store/store.ts';
import { answer } from '../smallStudy.ts';
import { type Lab, openHost, openLab } from './openLab.ts';

let lab: Lab;
afterEach(() => lab.remove());

describe('durable steps', () => {
  it('are all passed between the first opening and a restore', async () => {
    const passed = new Set<unknown>();
    const note = (step: unknown): void => void passed.add(step);
    DURABLE_STEPS.subscribe(note);
    try {
      lab = await openLab(2, 2);
      await lab.host.backup();
      lab.host.eraseParticipant(lab.participantIds[0], 'asked for it');
      await lab.host.close();
      rmSync(lab.paths.database);
      restoreWorkspace(lab.paths);
      // A database in the way is set aside.
      lab.host = await openHost(lab.folder);
      await lab.host.close();
      writeFileSync(lab.paths.database, 'damaged');
      restoreWorkspace(lab.paths);
    } finally {
      DURABLE_STEPS.unsubscribe(note);
    }
    expect([...passed].sort()).toEqual([...FAIL_POINTS].sort());
  });
});

describe('a clock that jumps', () => {
  it('by ten years either way changes no order and breaks no chain', async () => {
    lab = await openLab(1, 2);
    await lab.host.close();
    const years = [2026, 2036, 2016, 2026, 1970];
    let reading = 0;
    const clock = {
      now: () => new Date(Date.UTC(years[reading++ % years.length], 5)),
      monotonicMs: () => performance.now(),
    };
    const connection = openDatabase(lab.paths.database);
    const store = openStore(connection, lab.paths, clock);
    const [id] = lab.participantIds;
    const seat = { progress: readProgress(store.read, id), screens: readSequence(store.read, id, () => 'main') };
    const numbers = years.map((_, i) => submitResponse(store, seat, answer(2 + i)).serverSeq);
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    const stored = [...readResponses(store, lab.sessionId)];
    expect(stored.map(({ clientSeq }) => clientSeq)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(stored.slice(2).map(({ receivedAt }) => Number(receivedAt.slice(0, 4)))).toEqual(years);
    expect(findAuditBreak(store.read)).toBeUndefined();
    store.close();
    connection.close();
  });
});
