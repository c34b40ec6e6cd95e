/** The host in plain Node, for a browser: the same screens as the desktop application over HTTP on this machine only. */
import type { StationKey } from '../shared/lan.ts';
import { createHost, type Host } from './host.ts';
import { startServer } from './http/server.ts';
import { createEventFeed } from './ipc/eventFeed.ts';
import { formatRouterEvent, type RouterEvent } from './ipc/routerEvent.ts';
import { loadPages } from './pages/pages.ts';

export type BrowserModeOptions = {
  readonly workspace: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Hears what the workspace's event log gets. */
  readonly echo: (line: string) => void;
  /** Opens the lab network too, at one address of this machine, with this many new stations. */
  readonly lan?: { readonly address: string; readonly port: number; readonly stations: number };
};

/** Where stations find the participant's page, and what opens each new one once. */
export type OpenedLan = {
  readonly url: string;
  readonly stations: readonly (StationKey & { readonly label: string })[];
};

/** `address` is to be opened in a browser; it holds the researcher's key. */
export type BrowserMode = { readonly address: string; readonly lan: OpenedLan | null; close(): Promise<void> };

/** Opens the network, unless it is open again after a crash, and adds the stations that are not there yet. */
async function openLan(host: Host, wanted: NonNullable<BrowserModeOptions['lan']>): Promise<OpenedLan> {
  const researcher = { role: 'researcher' } as const;
  const { address, port } = wanted;
  let status = await host.handlers['lan.status']({}, researcher);
  if (!status.open) status = await host.handlers['lan.open']({ address, port, network: 'isolated' }, researcher);
  const known = new Set(status.stations.map(({ label }) => label));
  const stations: (StationKey & { label: string })[] = [];
  for (let number = 1; number <= wanted.stations; number++) {
    const label = `LAB${String(number).padStart(2, '0')}`;
    if (!known.has(label)) stations.push({ label, ...(await host.handlers['stations.add']({ label }, researcher)) });
  }
  return { url: status.open?.url ?? '', stations };
}

/** Opens the workspace and serves it. Throws UserError where the workspace, the port or the built screens are not to be had. */
export async function startBrowserMode({ workspace, port, echo, lan }: BrowserModeOptions): Promise<BrowserMode> {
  const pages = loadPages();
  const host = await createHost({ workspace, mode: 'browser', echo });
  const log = (event: RouterEvent): void => host.log(formatRouterEvent(event));
  const feed = createEventFeed(host);
  const closeHost = async (): Promise<void> => {
    feed.close();
    await host.close();
  };
  try {
    const handlers = { ...host.handlers, 'events.next': ({ after }: { after: number }) => feed.next(after) };
    const opened = lan ? await openLan(host, lan) : null;
    const server = await startServer({ handlers, pages, port, log });
    return {
      address: server.address,
      lan: opened,
      async close() {
        await server.close();
        await closeHost();
      },
    };
  } catch (error) {
    await closeHost();
    throw error;
  }
}
