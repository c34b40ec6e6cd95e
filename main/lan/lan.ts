/**
 * The lab network: off until the researcher opens it on one address. The listening process only carries messages; who a station is, who
 * sits there and what it may call is decided here. When that process dies it is started again with the same stations on the same port.
 */
import type { Handlers, ParticipantHandlers } from '../../shared/api.ts';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { LAN_PROCEDURES, LanStatus, StationKey } from '../../shared/lan.ts';
import type { CallReply, RefusalReason } from '../../shared/reply.ts';
import { STATUS_OF } from '../http/respond.ts';
import { createParticipantRouter, type Router } from '../ipc/router.ts';
import type { RouterEvent } from '../ipc/routerEvent.ts';
import { hearChild } from '../processes/hearChild.ts';
import { type FromLan, fromLanSchema, type LanReply, type ToLan } from '../processes/lan/lanMessages.ts';
import { entryFile, spawnProcess } from '../processes/spawn.ts';
import { type Supervised, supervise } from '../processes/supervise.ts';
import { listNetworks } from './networks.ts';
import { qrPath } from './stationKey.ts';
import { openStations, type Place, type Stations } from './stations.ts';

export type LanOptions = {
  /** Where the stations are kept while the network is open. */
  readonly path: string;
  readonly handlers: ParticipantHandlers;
  /** Throws a UserError for an id that is no participant's. */
  readonly checkParticipant: (participantId: string) => void;
  readonly onChange: () => void;
  readonly log: (event: RouterEvent) => void;
};

export type Lan = {
  readonly handlers: Pick<Handlers, keyof typeof LAN_PROCEDURES>;
  /** Opens the network again where an earlier run was cut off with it open; says in the log why it could not. */
  resume(): Promise<void>;
  /** Closes the network and signs every station out; resolves when nothing listens any more. */
  close(): Promise<void>;
};

/** How long the process may take to listen. */
const START_MS = 30_000;

const urlOf = ({ address, port }: Place): string => `http://${address}:${port}/`;

const refusalReply = (refusal: RefusalReason, message: string): Pick<LanReply, 'status' | 'reply'> => ({
  status: STATUS_OF[refusal],
  reply: { ok: false, refusal, error: { kind: 'user', message } },
});

const replyOf = (reply: CallReply): Pick<LanReply, 'status' | 'reply'> => ({
  status: reply.ok ? 200 : reply.refusal ? STATUS_OF[reply.refusal] : 422,
  reply,
});

/** An open network: its process, and where it listens. */
type Opened = { readonly place: Place; readonly process: Supervised };

/** Answers what the process asks for stations. */
function createAnswers(stations: Stations, router: Router, onPaired: () => void) {
  const enter = (key: string): Pick<LanReply, 'status' | 'reply' | 'cookie'> => {
    const entered = stations.enter(key);
    if (entered) onPaired();
    if (entered?.kind !== 'entered') return refusalReply('unregistered', 'the request was refused');
    return { status: 200, reply: { ok: true, value: null }, cookie: entered.cookie };
  };
  const call = async ({ stationId, name, input }: Extract<FromLan, { kind: 'call' }>) => {
    stations.note(stationId, { seenAt: new Date().toISOString() });
    const participantId = stations.participantAt(stationId);
    if (participantId === null) return refusalReply('unseated', 'nobody is seated here yet');
    const reply = await router.call(name, input, {
      id: stationId,
      caller: { role: 'participant', participantId },
      // The process has compared the page's origin with its own before it passed the call on.
      origin: stationId,
      expectedOrigin: stationId,
      isMainFrame: true,
    });
    return replyOf(reply);
  };
  return { enter, call };
}

/** The network of one host, closed. */
export function createLan(options: LanOptions): Lan {
  const { stations, place: earlier } = openStations(options.path);
  const router = createParticipantRouter(options.handlers, { log: options.log, nowMs: () => performance.now() });
  let opened: Opened | undefined;

  const note = (sender: string, detail: string): void =>
    options.log({ kind: 'refused', procedure: '(lan)', sender, reason: 'origin', detail });
  /** What is kept serves the time after a crash only: a disk that refuses it must not keep a station out. */
  const save = (place: Place): void => {
    try {
      stations.save(place);
    } catch (error) {
      note('lan', `the stations could not be kept for the time after a crash: ${error}`);
    }
  };
  /** Tells everybody who must know that the stations are others than before. */
  const changed = (stationIds: readonly string[] = []): void => {
    if (opened) {
      save(opened.place);
      const { process } = opened;
      const send = (message: ToLan): void => process.send(message);
      send({ kind: 'stations', stations: stations.paired() });
      for (const stationId of stationIds) send({ kind: 'changed', stationId });
    }
    options.onChange();
  };
  const answers = createAnswers(stations, router, () => changed());

  const receive = (message: FromLan, reply: (answer: LanReply) => void): void => {
    switch (message.kind) {
      case 'enter':
        reply({ kind: 'reply', id: message.id, ...answers.enter(message.key) });
        return;
      case 'call':
        void answers.call(message).then((answer) => reply({ kind: 'reply', id: message.id, ...answer }));
        return;
      case 'connected':
        stations.note(message.stationId, { isConnected: message.isConnected });
        options.onChange();
        return;
      case 'refused':
        note(
          message.remote,
          `${message.detail}${message.suppressed > 0 ? ` (and ${message.suppressed} more before)` : ''}`,
        );
        return;
      case 'listening':
      case 'failed':
        return;
      default:
        message satisfies never;
    }
  };

  /** Starts the process at `wanted` and waits until it listens. */
  const start = (wanted: Place): Promise<Opened> =>
    new Promise((resolve, reject) => {
      let place = wanted;
      let isOpen = false;
      const fail = (error: Error): void => {
        clearTimeout(timer);
        void process.stop();
        if (isOpen) closed(error.message);
        else reject(error);
      };
      const timer = setTimeout(() => fail(new InternalError('the LAN process did not start')), START_MS);
      const startChild = () => {
        const child = spawnProcess(entryFile('lan/serve'), { nodeFlags: [], env: {}, stderr: 'inherit' });
        hearChild(child, fromLanSchema, {
          receive: (message) => {
            if (message.kind === 'failed') fail(new UserError(message.message, { hint: message.hint }));
            else if (message.kind === 'listening') {
              clearTimeout(timer);
              // A process that takes its place listens on the same port: stations know no other.
              place = { ...place, port: message.port };
              isOpen = true;
              resolve({ place, process });
            } else receive(message, child.send);
          },
          onFault: (error) => {
            note('lan', `the LAN process is ended: ${error.message}`);
            child.kill();
          },
        });
        child.send({ kind: 'serve', ...place, stations: stations.paired() } satisfies ToLan);
        return child;
      };
      const process = supervise({
        start: startChild,
        onEnd: (cause, isRestarted) => {
          for (const { stationId } of stations.list()) stations.note(stationId, { isConnected: false });
          note('lan', `the LAN process ended (${cause})${isRestarted ? ' and is started again' : ''}`);
          if (!isRestarted) fail(new InternalError(`the LAN process ended: ${cause}`));
        },
      });
    });
  const closed = (reason: string): void => {
    opened = undefined;
    note('lan', `the network was closed: ${reason}`);
    options.onChange();
  };
  const open = async (wanted: Place): Promise<void> => {
    opened = await start(wanted);
    changed();
  };
  const close = async (): Promise<void> => {
    const ended = opened?.process.stop();
    opened = undefined;
    stations.forget();
    await ended;
  };

  const status = (): LanStatus => ({
    networks: listNetworks(),
    open: opened ? { ...opened.place, url: urlOf(opened.place) } : null,
    stations: stations.list(),
  });
  const statusAfter = (stationIds: readonly string[]): LanStatus => {
    changed(stationIds);
    return status();
  };
  const keyFor = async ({ stationId, key, code }: ReturnType<Stations['add']>): Promise<StationKey> => {
    if (!opened) throw new InternalError('a key without an open network');
    const url = `${urlOf(opened.place)}#key=${key}`;
    changed();
    return { stationId, url, code, qr: await qrPath(url) };
  };
  const mustBeOpen = (): void => {
    if (!opened) throw new UserError('the lab network is closed', { hint: 'open it first, on one of its addresses' });
  };

  return {
    handlers: {
      'lan.status': status,
      'lan.open': async ({ address, port }) => {
        if (opened)
          throw new UserError(`the lab network is open at ${urlOf(opened.place)} already`, {
            hint: 'close it first to use another address',
          });
        if (!listNetworks().some((network) => network.address === address))
          throw new UserError(`${address} is no address of this machine`, {
            hint: `choose one of ${listNetworks()
              .map((network) => network.address)
              .join(', ')}`,
          });
        await open({ address, port });
        return status();
      },
      'lan.close': async () => {
        await close();
        options.onChange();
        return status();
      },
      'stations.add': ({ label }) => {
        mustBeOpen();
        return keyFor(stations.add(label));
      },
      'stations.renew': ({ stationId }) => {
        mustBeOpen();
        return keyFor(stations.renew(stationId));
      },
      'stations.remove': ({ stationId }) => {
        stations.remove(stationId);
        return statusAfter([]);
      },
      'stations.seat': ({ stationId, participantId }) => {
        options.checkParticipant(participantId);
        return statusAfter(stations.seat(stationId, participantId));
      },
      'stations.clear': ({ stationId }) => {
        stations.clear(stationId);
        return statusAfter([stationId]);
      },
    },
    async resume() {
      if (!earlier) return;
      try {
        await open(earlier);
        note('lan', `the network is open again at ${urlOf(earlier)}, as it was when Credence was cut off`);
      } catch (error) {
        note('lan', `the network could not be opened again at ${urlOf(earlier)}: ${error}`);
        stations.forget();
      }
    },
    close,
  };
}
