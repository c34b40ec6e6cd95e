/** The preload script: gives a page one named function per procedure of its role, and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import { CALL_CHANNEL } from './channel.ts';

/** Filled in when the script is bundled: the names of the window's role. */
declare const PROCEDURE_NAMES: readonly string[];

contextBridge.exposeInMainWorld(
  'credence',
  Object.fromEntries(
    PROCEDURE_NAMES.map((name) => [name, (input: unknown) => ipcRenderer.invoke(CALL_CHANNEL, name, input)]),
  ),
);
