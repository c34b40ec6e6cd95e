/** The event log: one line per event, bounded, and no reason to stop. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventLog, EVENT_LOG } from '../../main/eventLog.ts';

let folder: string;
let echoed: string[];
const open = () => createEventLog(folder, { now: () => '2026-01-02T03:04:05Z', echo: (line) => echoed.push(line) });
const content = (): string => readFileSync(join(folder, EVENT_LOG), 'utf8');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-log-'));
  echoed = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('writes one line per event, with the time, and says it aloud', () => {
  const log = open();
  log('refused studies.list');
  log('forged\n2026-01-02 refused nothing\u2028at all');
  expect(content()).toBe(
    '2026-01-02T03:04:05Z refused studies.list\n2026-01-02T03:04:05Z forged ⏎ 2026-01-02 refused nothing ⏎ at all\n',
  );
  expect(echoed[0]).toBe('refused studies.list');
});

it('begins a new file at its limit and keeps the one before', () => {
  writeFileSync(join(folder, EVENT_LOG), 'x'.repeat(1_000_001));
  open()('next');
  expect(content()).toBe('2026-01-02T03:04:05Z next\n');
  expect(statSync(join(folder, `${EVENT_LOG}.1`)).size).toBe(1_000_001);
});

it('goes on where nothing can be written, and says why', () => {
  const log = open();
  rmSync(folder, { recursive: true });
  expect(() => log('refused')).not.toThrow();
  expect(echoed.join('\n')).toMatch(/^refused\nevents\.log cannot be written: ENOENT/);
});
