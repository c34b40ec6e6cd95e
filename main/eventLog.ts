/** The event log of a workspace: what was refused and what failed, one line each, in a file that never grows beyond bounds. */
import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The log's file in the workspace folder; the one before it ends in `.1`. */
export const EVENT_LOG = 'events.log';
const MAX_BYTES = 1_000_000;

export type EventLogOptions = {
  /** The wall clock, as an ISO text. */
  readonly now: () => string;
  /** Hears every line too, and why one could not be written. */
  readonly echo: (line: string) => void;
};

/** A function that appends one line. A full or vanished disk never stops what the line is about. */
export function createEventLog(folder: string, { now, echo }: EventLogOptions): (text: string) => void {
  const path = join(folder, EVENT_LOG);
  return (text) => {
    echo(text);
    // A line stays a line: what others wrote into a message cannot forge a second one.
    const line = `${now()} ${text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ⏎ ').slice(0, 4000)}\n`;
    try {
      if (existsSync(path) && statSync(path).size > MAX_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, line, { mode: 0o600 });
    } catch (error) {
      echo(`events.log cannot be written: ${error instanceof Error ? error.message : error}`);
    }
  };
}
