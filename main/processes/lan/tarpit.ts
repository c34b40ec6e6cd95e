/** Turns connections away slowly: whoever floods waits for each refusal, while refusing costs nothing. */
import type { Duplex } from 'node:stream';

const HOLD_MS = 1000;
/** Connections held at once; further ones are cut at once. */
const MOST_HELD = 512;

/** A tarpit: sockets given to it are no longer read, and end after a while. */
export function createTarpit(): (socket: Duplex) => void {
  const held = new Set<Duplex>();
  return (socket) => {
    if (held.has(socket)) return;
    if (held.size >= MOST_HELD) {
      socket.destroy();
      return;
    }
    held.add(socket);
    socket.pause();
    const timer = setTimeout(() => socket.destroy(), HOLD_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      held.delete(socket);
    });
  };
}
