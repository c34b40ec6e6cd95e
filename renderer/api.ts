/** The one client of the contract: over the window's bridge in the desktop application, over HTTP in browser mode. */
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../shared/api.ts';
import { errorFromData } from '../shared/errors.ts';
import type { CallReply } from '../shared/reply.ts';

type Bridge = { readonly [name: string]: ((input: unknown) => Promise<CallReply>) | undefined };

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly credence?: Bridge;
  }
}

async function post(path: string, value: unknown): Promise<CallReply> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  return response.json();
}

/** Calls one procedure. Throws the error it answered, or a TypeError while the host cannot be reached. */
export async function call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> {
  const bridged = window.credence?.[name];
  const reply = await (bridged ? bridged(input) : post(`./api/${name}`, input));
  if (!reply.ok) throw errorFromData(reply.error);
  // The router has checked the value against this procedure's schema before it was sent.
  return reply.value as ProcedureOutput<N>;
}

/** In browser mode: exchanges the key in the address for a cookie, and takes it out of the address. Throws where the key is not good. */
export async function enter(): Promise<void> {
  if (window.credence) return;
  const key = new URLSearchParams(window.location.hash.slice(1)).get('key');
  if (key === null) return;
  window.history.replaceState(null, '', window.location.pathname);
  const reply = await post('./api/enter', { key });
  if (!reply.ok) throw errorFromData(reply.error);
}
