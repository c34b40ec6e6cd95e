/** The preload script of a window that runs programs: hands the page its port, once, and gives it no function. */
import { ipcRenderer } from 'electron';
import { PORT_CHANNEL } from './channel.ts';

ipcRenderer.once(PORT_CHANNEL, ({ ports }) => window.postMessage(null, window.origin, [...ports]));
