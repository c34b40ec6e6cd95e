/** The host in plain Node, for a browser: the same screens as the desktop application over HTTP on this machine only. */
import { createHost } from './host.ts';
import { startServer } from './http/server.ts';
import type { RouterEvent } from './ipc/routerEvent.ts';
import { loadPages } from './pages/pages.ts';

export type BrowserModeOptions = {
  readonly workspace: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly log: (event: RouterEvent) => void;
};

/** `address` is to be opened in a browser; it holds the researcher's key. */
export type BrowserMode = { readonly address: string; close(): Promise<void> };

/** Opens the workspace and serves it. Throws UserError where the workspace, the port or the built screens are not to be had. */
export async function startBrowserMode({ workspace, port, log }: BrowserModeOptions): Promise<BrowserMode> {
  const pages = loadPages();
  const host = await createHost({ workspace, mode: 'browser' });
  try {
    const server = await startServer({ handlers: host.handlers, pages, port, log });
    return {
      address: server.address,
      async close() {
        await server.close();
        await host.close();
      },
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}
