/** Entry of the LAN process: it listens for stations and passes what they say to the host. It has no database, no files of a lab, no keys. */
import { UserError } from '../../../shared/errors.ts';
import { loadPages } from '../../pages/pages.ts';
import { connectParent, type Parent } from '../parent.ts';
import type { Ask, FromLan, LanReply, ToLan } from './lanMessages.ts';
import { type LanServer, startLanServer } from './lanServer.ts';

/** Questions to the host under way, by number. */
function createQuestions(tell: (message: FromLan) => void) {
  const waiting = new Map<number, (reply: LanReply) => void>();
  let lastId = 0;
  const ask: Ask = (message) =>
    new Promise((resolve) => {
      const id = ++lastId;
      waiting.set(id, resolve);
      tell({ ...message, id });
    });
  const answer = (reply: LanReply): void => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  };
  return { ask, answer };
}

function serve(parent: Parent): void {
  const tell = (message: FromLan): void => parent.send(message);
  const { ask, answer } = createQuestions(tell);
  let server: LanServer | undefined;
  const start = async ({ address, port, stations }: Extract<ToLan, { kind: 'serve' }>): Promise<void> => {
    try {
      server = await startLanServer({ address, port, pages: loadPages(), ask, tell });
      server.setStations(stations);
      tell({ kind: 'listening', port: server.port });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      tell({ kind: 'failed', message, hint: error instanceof UserError ? error.hint : undefined });
    }
  };
  parent.onMessage((received) => {
    // Only the host sends here.
    const message = received as ToLan;
    switch (message.kind) {
      case 'serve':
        void start(message);
        return;
      case 'stations':
        server?.setStations(message.stations);
        return;
      case 'changed':
        server?.changed(message.stationId);
        return;
      case 'reply':
        answer(message);
        return;
      default:
        message satisfies never;
    }
  });
}

const parent = connectParent();
if (parent) serve(parent);
