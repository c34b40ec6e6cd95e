/** The language queue: each step is there after a restart, one process at a time, and a full disk loses nothing acknowledged. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLanguageQueue } from '../../../main/store/languageQueue.ts';
import { scratchFolder } from '../../scratch.ts';
import { canMount, mountSmallDisk } from '../smallDisk.ts';

describe('openLanguageQueue', () => {
  it('keeps every step over a restart', () => {
    const path = join(scratchFolder(), 'queue.sqlite');
    const first = openLanguageQueue(path);
    const lost = first.begin('lost', 0.5);
    const attempt = first.begin('a', 0.25);
    first.keepExchange(attempt, 'a', 'raw');
    const failing = first.begin('b', 0.25);
    first.keepFault(failing, 'b', { known: 0.01, possible: 0 });
    first.keepFailure('b', 'server');
    first.finishJob({ id: 'j', inputs: 'x', result: '{"done":true}' });
    first.setFact('settings', 's');
    first.close();
    const again = openLanguageQueue(path);
    expect(lost).not.toBe(attempt);
    expect(again.callOf('a')).toEqual({ exchange: 'raw', attempt, answer: null, failure: null, faults: 0 });
    expect(again.callOf('b')).toMatchObject({ failure: 'server', faults: 1 });
    expect(again.spending()).toEqual({ known: 0.01, possible: 0.75 });
    again.keepAnswer(attempt, 'a', 'read', 0.02);
    expect(again.spending()).toEqual({ known: 0.03, possible: 0.5 });
    expect(again.jobOf('j')).toEqual({ id: 'j', inputs: 'x', result: '{"done":true}' });
    expect(again.fact('settings')).toBe('s');
    expect(again.reopen((result) => result.includes('true'))).toBe(1);
    expect([again.jobOf('j'), again.callOf('b')?.failure]).toEqual([undefined, null]);
    again.close();
  });

  it('refuses a second opener', () => {
    const path = join(scratchFolder(), 'queue.sqlite');
    const queue = openLanguageQueue(path);
    expect(() => openLanguageQueue(path)).toThrow(/in use by another program/);
    queue.close();
  });

  it.runIf(canMount())('says that the disk is full, and has what was acknowledged before', () => {
    const disk = mountSmallDisk(512);
    if (!disk) throw new Error('no small disk');
    try {
      const path = join(disk.folder, 'queue.sqlite');
      const queue = openLanguageQueue(path);
      let kept = 0;
      const fill = (): void => {
        for (; ; kept++) queue.finishJob({ id: String(kept), inputs: '', result: 'x'.repeat(8192) });
      };
      expect(fill).toThrow(/queue\.sqlite: the disk is full/);
      queue.close();
      disk.resize(2048);
      const again = openLanguageQueue(path);
      expect(kept).toBeGreaterThan(3);
      expect(again.jobOf(String(kept - 1))).toBeDefined();
      again.close();
    } finally {
      disk.remove();
    }
  });
});
