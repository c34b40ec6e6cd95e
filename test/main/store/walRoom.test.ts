/** Room behind the write-ahead log: answers do not lengthen the file, and after a kill the zeros behind them are nothing. */
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { FAST_PLACE, type Lab, openLab } from './openLab.ts';

let lab: Lab;
let scratch: string;
beforeEach(async () => {
  scratch = mkdtempSync(join(FAST_PLACE, 'wal-room-'));
  lab = await openLab(1, 0);
});
afterEach(async () => {
  await lab.remove();
  rmSync(scratch, { recursive: true, force: true });
});

it('is there when a store is open, and answers fit into it', () => {
  const log = `${lab.paths.database}-wal`;
  const { size } = statSync(log);
  expect(size).toBeGreaterThanOrEqual(4 * 2 ** 20);
  for (let i = 0; i < 30; i++) lab.submit(0);
  expect(statSync(log).size).toBe(size);
});

it('is no part of what is read back after a kill', () => {
  for (let i = 0; i < 12; i++) lab.submit(0);
  const copy = join(scratch, 'copy.sqlite');
  for (const suffix of ['', '-wal']) copyFileSync(`${lab.paths.database}${suffix}`, `${copy}${suffix}`);
  const { read, pragma, close } = openDatabase(copy);
  expect(read.get('SELECT count(*) AS n, max(client_seq) AS last FROM response')).toEqual({ n: 12, last: 11 });
  expect(pragma('integrity_check')).toBe('ok');
  close();
});
