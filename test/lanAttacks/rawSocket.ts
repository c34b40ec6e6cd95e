/** Bytes as they are over one connection from a chosen address of this machine's loopback network. */
import { connect, type Socket } from 'node:net';
import type { Target } from './attackMessages.ts';

/** Address number `n` of those that attackers come from; stations come from others. */
export const attackerAddress = (n: number): string => `127.0.1.${1 + (n % 250)}`;

/** A connection that never throws: what ends it is no news here. */
export function openSocket({ hostname, port }: Target, from: string): Socket {
  const socket = connect({ host: hostname, port, localAddress: from });
  socket.on('error', () => socket.destroy());
  return socket;
}

/** Sends `text` and gives what comes back until the server closes or `ms` have passed without a byte. */
export function exchange(target: Target, text: string, from: string, ms = 1500): Promise<string> {
  return new Promise((resolve) => {
    const socket = openSocket(target, from);
    let received = '';
    socket.on('connect', () => socket.write(text));
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
    });
    socket.setTimeout(ms, () => socket.destroy());
    socket.on('close', () => resolve(received));
  });
}

/** The status of a raw answer; 0 where the server closed without one. */
export const statusOf = (raw: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(raw)?.[1] ?? 0);
