/** Background work: the system is told that it may wait, and a process that is gone is no fault. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putInBackground } from '../../../main/processes/background.ts';
import { createInferencePool } from '../../../main/processes/inferencePool.ts';
import { startInferenceChild } from '../../../main/processes/inferenceProcess.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'background-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a process in the background', () => {
  it('has the lowest priority, and the one that put it there its own', async () => {
    const own = getPriority();
    const entry = join(root, 'waits.mjs');
    writeFileSync(entry, 'setInterval(() => {}, 1000);');
    const child = fork(entry);
    const { pid = 0 } = child;
    putInBackground(pid);
    expect(getPriority(pid)).toBe(constants.priority.PRIORITY_LOW);
    child.kill('SIGKILL');
    await once(child, 'exit');
    putInBackground(pid);
    putInBackground(undefined);
    expect(getPriority()).toBe(own);
  });

  it('is each process of a pool that was told so, and none of another', async () => {
    for (const isBackground of [true, false]) {
      let told = 0;
      const startProcess = () => {
        const child = startInferenceChild();
        const tell = (): void => {
          told++;
          child.putInBackground();
        };
        return { ...child, putInBackground: tell };
      };
      const pool = createInferencePool({ workers: 1, isBackground, startProcess });
      await pool.check('var model = function () { return {a: 1}; };');
      await pool.stop();
      expect(told).toBe(isBackground ? 1 : 0);
    }
  });
});
