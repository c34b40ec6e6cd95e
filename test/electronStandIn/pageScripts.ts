/**
 * Scripts put into every new document: the preload script in a world of its own, as Electron's context isolation has it, and in the
 * page's world the functions that the preload script exposed. The two worlds share only the document and speak through its events.
 */
import { decodeValue, encodeValue } from './valueCoding.ts';

/** The name of the preload script's world, and of the function in it that calls the main process. */
export const PRELOAD_WORLD = 'electronPreload';
export const SEND_BINDING = 'standInSend';
/** The function in the preload script's world that takes an answer: `(id, isOk, text)`. */
export const REPLY_FUNCTION = 'standInReply';
/** The functions in it that hand the preload script a port, `(channel, id)`, and send to one, `(id, text)`. */
export const PORT_FUNCTION = 'standInPort';
export const SEND_FUNCTION = 'standInToPort';

const CODING = `${encodeValue}\n${decodeValue}`;

/** Runs `preload` (CommonJS text) with `require('electron')`, in the main frame only. `channel` names the events of this window. */
export const preloadWorldScript = (preload: string, channel: string): string => `(() => {
  if (window.top !== window) return;
  ${CODING}
  const waiting = new Map();
  let lastId = 0;
  const ask = globalThis.${SEND_BINDING};
  const listeners = new Map();
  globalThis.${REPLY_FUNCTION} = (id, isOk, text) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (isOk) resolve(decodeValue(text)); else reject(new Error(text));
  };
  const ipcRenderer = {
    invoke: (name, ...args) => new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      ask(encodeValue({ id, name, args }));
    }),
    once: (name, listener) => { listeners.set(name, listener); },
  };
  const ports = new Map();
  globalThis.${PORT_FUNCTION} = (name, id) => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => ask(encodeValue({ port: id, message: data }));
    listeners.get(name)({ ports: [port2] });
    listeners.delete(name);
  };
  globalThis.${SEND_FUNCTION} = (id, text) => ports.get(id).postMessage(decodeValue(text));
  const exposed = {};
  const contextBridge = { exposeInMainWorld: (key, api) => { exposed[key] = api; } };
  const tell = (kind, value) => document.dispatchEvent(new CustomEvent('${channel}' + kind, { detail: encodeValue(value) }));
  const module = { exports: {} };
  ((require, module, exports) => {${preload}\n})((name) => {
    if (name !== 'electron') throw new Error('module not found: ' + name);
    return { contextBridge, ipcRenderer };
  }, module, module.exports);
  document.addEventListener('${channel}ask', () => {
    tell('shape', Object.entries(exposed).map(([key, api]) => [key, Object.keys(api)]));
  });
  document.addEventListener('${channel}call', ({ detail }) => {
    const { id, key, name, args } = decodeValue(detail);
    Promise.resolve(exposed[key][name](...args)).then(
      (value) => tell('answer', { id, isOk: true, value }),
      (error) => tell('answer', { id, isOk: false, value: String(error && error.message) }),
    );
  });
})();`;

/** Builds in the page's world what the preload script exposed, before any script of the page runs. */
export const pageWorldScript = (channel: string): string => `(() => {
  if (window.top !== window) return;
  ${CODING}
  const waiting = new Map();
  let lastId = 0;
  document.addEventListener('${channel}answer', ({ detail }) => {
    const { id, isOk, value } = decodeValue(detail);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (isOk) resolve(value); else reject(new Error(value));
  });
  const callThrough = (key, name) => (...args) => new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    document.dispatchEvent(new CustomEvent('${channel}call', { detail: encodeValue({ id, key, name, args }) }));
  });
  document.addEventListener('${channel}shape', ({ detail }) => {
    for (const [key, names] of decodeValue(detail)) {
      const api = Object.freeze(Object.fromEntries(names.map((name) => [name, callThrough(key, name)])));
      Object.defineProperty(window, key, { value: api, writable: false, configurable: false });
    }
  }, { once: true });
  document.dispatchEvent(new CustomEvent('${channel}ask'));
})();`;
