/** Live channels: one WebSocket per station, by which its page learns at once that something changed. Nothing is taken from it. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

const PING_MS = 10_000;
/** A page has nothing to say here; a longer message ends the channel before it is read. */
const MAX_MESSAGE_BYTES = 128;

export type LiveChannels = {
  /** Completes the handshake of a station's page, taking the place of the channel it had. */
  accept(stationId: string, request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells the station's page to look again. */
  tell(stationId: string): void;
  /** Ends the channels of stations that are not in this list. */
  keepOnly(stationIds: readonly string[]): void;
  close(): void;
};

/** No channels yet. `onConnected` hears when a station's page comes and when it has gone. */
export function createLiveChannels(onConnected: (stationId: string, isConnected: boolean) => void): LiveChannels {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  const channels = new Map<string, WebSocket>();
  const answered = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const channel of channels.values()) {
      if (!answered.delete(channel)) channel.terminate();
      else channel.ping();
    }
  }, PING_MS);

  const open = (stationId: string, channel: WebSocket): void => {
    const before = channels.get(stationId);
    channels.set(stationId, channel);
    before?.close(4000, 'opened elsewhere');
    answered.add(channel);
    channel.on('pong', () => answered.add(channel));
    channel.on('message', () => channel.close(1008, 'nothing is to be said here'));
    channel.on('error', () => channel.terminate());
    channel.on('close', () => {
      if (channels.get(stationId) !== channel) return;
      channels.delete(stationId);
      onConnected(stationId, false);
    });
    onConnected(stationId, true);
  };

  return {
    accept: (stationId, request, socket, head) =>
      server.handleUpgrade(request, socket, head, (channel) => open(stationId, channel)),
    tell: (stationId) => channels.get(stationId)?.send('changed'),
    keepOnly(stationIds) {
      for (const [stationId, channel] of channels)
        if (!stationIds.includes(stationId)) channel.close(4001, 'signed out');
    },
    close() {
      clearInterval(timer);
      for (const channel of channels.values()) channel.terminate();
      server.close();
    },
  };
}
