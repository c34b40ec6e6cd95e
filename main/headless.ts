/** The host in plain Node, for a browser: the same screens as the desktop application over HTTP on this machine only. */
import { createEventLog } from './eventLog.ts';
import { createHost } from './host.ts';
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
};

/** `address` is to be opened in a browser; it holds the researcher's key. */
export type BrowserMode = { readonly address: string; close(): Promise<void> };

/** Opens the workspace and serves it. Throws UserError where the workspace, the port or the built screens are not to be had. */
export async function startBrowserMode({ workspace, port, echo }: BrowserModeOptions): Promise<BrowserMode> {
  const pages = loadPages();
  const host = await createHost({ workspace, mode: 'browser' });
  const writeLine = createEventLog(host.workspace, { now: () => new Date().toISOString(), echo });
  const log = (event: RouterEvent): void => writeLine(formatRouterEvent(event));
  const feed = createEventFeed(host);
  const closeHost = async (): Promise<void> => {
    feed.close();
    await host.close();
  };
  try {
    const handlers = { ...host.handlers, 'events.next': ({ after }: { after: number }) => feed.next(after) };
    const server = await startServer({ handlers, pages, port, log });
    return {
      address: server.address,
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
