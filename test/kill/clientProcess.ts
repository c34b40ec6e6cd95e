/** A client of the kill test: sends answers one after another, resends what was not acknowledged, and tells its parent each acknowledgement. */
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Acknowledged } from './killMessages.ts';

const [socketPath, participantId, number] = process.argv.slice(2);
const client = Number(number);
const RETRY_MS = 25;

let clientSeq = 0;

/** One connection, until it breaks. */
async function stream(): Promise<void> {
  const connection = connect(socketPath);
  connection.on('error', () => connection.destroy());
  await new Promise((resolve) => {
    connection.once('connect', resolve);
    connection.once('close', resolve);
  });
  if (connection.destroyed) return;
  connection.write(`${JSON.stringify({ participantId, client })}\n`);
  let sentAt = performance.now();
  const send = (): void => {
    sentAt = performance.now();
    connection.write(`${clientSeq}\n`);
  };
  send();
  for await (const line of createInterface({ input: connection })) {
    const reply = JSON.parse(line) as { clientSeq: number; serverSeq: number };
    const acknowledged: Acknowledged = { client, ...reply, ms: performance.now() - sentAt };
    process.send?.(acknowledged);
    clientSeq = reply.clientSeq + 1;
    send();
  }
}

process.on('disconnect', () => process.exit(0));
for (;;) {
  // A store that is killed resets the connection: what was not acknowledged is sent again.
  await stream().catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
}
