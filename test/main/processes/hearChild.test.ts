/** What a child says: the host goes on whatever that is. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hearChild } from '../../../main/processes/hearChild.ts';
import { startNodeChild } from '../../../main/processes/nodeChild.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hear-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('a child that says something else than it may', () => {
  it('is heard where it fits, and is a fault where it does not or where what it says cannot be done', async () => {
    const entry = join(root, 'talks.mjs');
    writeFileSync(
      entry,
      'for (const message of [{ n: 1 }, { n: NaN }, null, { n: 2, extra: 1 }, { n: 3 }, { n: 4 }]) process.send(message);\nsetInterval(() => {}, 1000);',
    );
    const child = startNodeChild(entry, { nodeFlags: [], env: {}, stderr: 'inherit' });
    const heard: number[] = [];
    const faults: string[] = [];
    hearChild(child, z.strictObject({ n: z.number() }), {
      receive: ({ n }) => {
        if (n === 3) throw new Error('the disk is full');
        heard.push(n);
      },
      onFault: ({ message }) => faults.push(message),
    });
    await expect.poll(() => heard.length + faults.length).toBe(6);
    child.kill();
    expect(heard).toEqual([1, 4]);
    expect(faults.filter((fault) => fault.includes('something else than it may'))).toHaveLength(3);
    expect(faults.at(-1)).toBe('the disk is full');
  });
});
