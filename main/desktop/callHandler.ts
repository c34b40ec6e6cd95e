/** Hands the calls of windows to the router, with what Electron knows of the sender. */
import { ipcMain } from 'electron';
import type { Router } from '../ipc/router.ts';
import { CALL_CHANNEL } from '../preload/channel.ts';
import { originOf } from './origins.ts';
import type { Windows } from './windows.ts';

/** Registers the one channel there is. A frame that is gone has no origin, so its call is refused. */
export function handleCalls(router: Router, windows: Windows): void {
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => {
    const caller = windows.callerAt(event.sender.id);
    const frame = event.senderFrame;
    return router.call(String(name), input, {
      id: `window-${event.sender.id}`,
      caller,
      origin: frame?.origin ?? null,
      expectedOrigin: originOf(caller?.role ?? 'researcher'),
      isMainFrame: frame !== null && frame.parent === null,
    });
  });
}
