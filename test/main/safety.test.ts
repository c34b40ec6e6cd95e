/** The safety of the answers, as the researcher asks for it: backups, checks, erasing, and restoring while participants answer. */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer } from './smallStudy.ts';
import { type Lab, openLab, researcher } from './store/openLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab(2, 3);
});
afterEach(() => lab.remove());

const backUp = async () => lab.host.handlers['safety.backUp']({}, researcher);
const seat = (index: number) => ({ role: 'participant', participantId: lab.participantIds[index] }) as const;

/** Changes bytes of the open database where a stored answer lies. */
function damage(): void {
  const file = readFileSync(lab.paths.database);
  const at = file.indexOf('lake-a', 4096);
  const descriptor = openSync(lab.paths.database, 'r+');
  writeSync(descriptor, 'LAKE-A', at);
  closeSync(descriptor);
}

describe('backups and checks', () => {
  it('are made and told when asked for', async () => {
    expect(await lab.host.handlers['safety.status']({}, researcher)).toEqual({
      backups: [],
      checkedAt: null,
      faults: [],
    });
    expect(await backUp()).toMatchObject({ backups: [{ number: 1 }] });
    expect((await backUp()).backups, 'nothing changed since').toHaveLength(1);
    lab.submit(0);
    expect(await backUp()).toMatchObject({ backups: [{ number: 2 }, { number: 1 }] });
    const checked = await lab.host.handlers['safety.check']({}, researcher);
    expect(checked).toMatchObject({ faults: [], checkedAt: expect.any(String) });
  });
});

describe('erasing', () => {
  it('takes a person away when their label is typed again, and nobody when another is', async () => {
    const [participantId] = lab.participantIds;
    const people = await lab.host.handlers['sessions.participants']({ sessionId: lab.sessionId }, researcher);
    expect(people).toEqual(lab.participantIds.map((id, i) => ({ participantId: id, label: `Person ${i}` })));
    const erase = (label: string): unknown =>
      lab.host.handlers['participants.erase']({ participantId, label, reason: 'asked for it' }, researcher);
    expect(() => erase('Person 1')).toThrow('expected Person 0, received Person 1');
    expect(lab.responses()).toHaveLength(6);
    expect(erase('Person 0')).toEqual({});
    expect(lab.responses().map((response) => response.participantId)).toEqual(Array(3).fill(lab.participantIds[1]));
    expect(() => erase('Person 0')).toThrow(`no participant ${participantId}`);
  });
});

describe('restoring', () => {
  it('brings everything acknowledged back while the host stays open, and lets calls wait', async () => {
    await backUp();
    lab.submit(0);
    const before = lab.responses();
    // Out of the write-ahead log and the page cache, so that the file is what is read.
    await lab.host.close();
    damage();
    await lab.reopen();
    const found = await lab.host.handlers['safety.check']({}, researcher);
    expect(found.faults.length).toBeGreaterThan(0);
    const restoring = lab.host.handlers['safety.restore']({}, researcher);
    const waiting = lab.host.handlers['participant.submit'](answer(4), seat(0));
    await expect(lab.host.handlers['safety.restore']({}, researcher)).rejects.toThrow('being restored already');
    // The host's own loop goes on: the work is another process's.
    let turns = 0;
    const turning = setInterval(() => (turns += 1), 5);
    await restoring;
    clearInterval(turning);
    expect(turns).toBeGreaterThan(3);
    expect(await restoring).toMatchObject({ database: 'backup', backup: 1, responses: 7, lostRecords: 0 });
    expect(await waiting).toMatchObject({ clientSeq: 4 });
    // The answer that waited is a later revision of the last one before.
    const withoutLatest = (responses: readonly object[]): object[] =>
      responses.map((response) => ({ ...response, isLatest: undefined }));
    expect(withoutLatest(lab.responses().slice(0, 7))).toEqual(withoutLatest(before));
    expect(lab.responses()).toHaveLength(8);
    expect(await lab.host.handlers['safety.check']({}, researcher)).toMatchObject({ faults: [] });
  });

  it('keeps a sound workspace as it is', async () => {
    expect(await lab.host.handlers['safety.restore']({}, researcher)).toEqual({
      database: 'kept',
      backup: null,
      responses: 6,
      lostRecords: 0,
      setAside: [],
    });
    lab.submit(1);
    expect(lab.responses()).toHaveLength(7);
  });
});

describe('answers', () => {
  it('are told to the researcher’s pages, but not each one', async () => {
    let heard = 0;
    lab.host.subscribe('studies.changed', () => (heard += 1));
    for (let i = 0; i < 20; i++) lab.submit(i % 2);
    await expect.poll(() => heard, { timeout: 3000 }).toBeGreaterThan(0);
    expect(heard).toBeLessThan(3);
  });
});
