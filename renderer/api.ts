/** The one client of the contract: over the window's bridge in the desktop application, over HTTP in browser mode. */
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../shared/api.ts';
import { errorFromData } from '../shared/errors.ts';
import type { CallReply, ErrorReply, RefusalReason } from '../shared/reply.ts';

type Bridge = { readonly [name: string]: ((input: unknown) => Promise<CallReply>) | undefined };

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly credence?: Bridge;
  }
}

/** A participant's call that has no answer by then is tried again; a researcher's may take longer. */
const PATIENCE_MS = 30_000;

/** Posts `value` and reads the reply. Throws a TypeError where no whole reply came back. */
async function post(path: string, value: unknown): Promise<CallReply> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(value),
      signal: path.includes('/participant.') ? AbortSignal.timeout(PATIENCE_MS) : undefined,
    });
    return await response.json();
  } catch (cause) {
    throw new TypeError('the host did not answer', { cause });
  }
}

const errorOf = ({ error, refusal }: ErrorReply): Error => Object.assign(errorFromData(error), { refusal });

/** Why a call that threw `error` was turned away before any handler saw it; undefined where it was not. */
export const refusalOf = (error: unknown): RefusalReason | undefined =>
  error instanceof Error && 'refusal' in error ? (error.refusal as RefusalReason | undefined) : undefined;

/** Calls one procedure. Throws the error it answered, or a TypeError while the host cannot be reached. */
export async function call<N extends ProcedureName>(name: N, input: ProcedureInput<N>): Promise<ProcedureOutput<N>> {
  const bridged = window.credence?.[name];
  const reply = await (bridged ? bridged(input) : post(`./api/${name}`, input));
  if (!reply.ok) throw errorOf(reply);
  // The router has checked the value against this procedure's schema before it was sent.
  return reply.value as ProcedureOutput<N>;
}

/**
 * In a browser: exchanges `typed`, or else the key in the address, for a cookie, and takes the key out of the address. Throws where it is
 * not good.
 */
export async function enter(typed?: string): Promise<void> {
  if (window.credence) return;
  const key = typed ?? new URLSearchParams(window.location.hash.slice(1)).get('key');
  if (key === null) return;
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`);
  const reply = await post('./api/enter', { key });
  if (!reply.ok) throw errorOf(reply);
}
