/**
 * The router: every call from a window, a browser or a station passes here, once. In this order and failing closed: frame, origin,
 * who sits there, procedure, role, size and plainness, rate, schema in, the handler, schema out.
 */
import type { z } from 'zod';
import {
  type Caller,
  type Handlers,
  type ParticipantHandlers,
  PROCEDURES,
  type ProcedureName,
  type Role,
  type ShellHandlers,
} from '../../shared/api.ts';
import { errorToData, InternalError, UserError } from '../../shared/errors.ts';
import type { CallReply, RefusalReason } from '../../shared/reply.ts';
import { findDataFlaw } from './plainData.ts';
import type { RouterEvent } from './routerEvent.ts';
import { type BucketRate, createTokenBucket, type TokenBucket } from './tokenBucket.ts';

/** What the transport knows of a sender; it judges nothing itself. `caller` is null where nobody is registered. */
export type Sender = {
  /** Window or browser: calls are counted per id. */
  readonly id: string;
  readonly caller: Caller | null;
  /** Parsed origin the call came from, null when unknown. */
  readonly origin: string | null;
  readonly expectedOrigin: string;
  readonly isMainFrame: boolean;
};

export type RouterOptions = {
  readonly log: (event: RouterEvent) => void;
  /** A monotonic clock in milliseconds. */
  readonly nowMs: () => number;
};

export type Router = { call(name: string, input: unknown, sender: Sender): Promise<CallReply> };

/** Deepest nesting of an input. */
export const MAX_DEPTH = 32;
/** Largest input of one call in bytes, by role. */
export const MAX_INPUT_BYTES: Readonly<Record<Role, number>> = { researcher: 1_000_000, participant: 256_000 };
/** Calls per second and burst, by role. */
export const CALL_RATES: Readonly<Record<Role, BucketRate>> = {
  researcher: { perSecond: 100, burst: 200 },
  participant: { perSecond: 20, burst: 60 },
};
/** Senders remembered for their rate; the oldest is forgotten first. */
const MAX_SENDERS = 1000;

type Refusal = { readonly reason: RefusalReason; readonly detail: string };
type Admitted = { readonly name: ProcedureName; readonly caller: Caller; readonly input: unknown };

const isProcedure = (name: string): name is ProcedureName => Object.hasOwn(PROCEDURES, name);

const REFUSAL_TEXT: Readonly<Record<RefusalReason, string>> = {
  'sub-frame': 'the call did not come from a page of Credence',
  origin: 'the call did not come from a page of Credence',
  unregistered: 'this page is not signed in',
  unseated: 'nobody is seated here yet',
  'unknown-procedure': 'there is no such procedure',
  role: 'this page may not do that',
  oversize: 'the input is too large',
  rate: 'too many calls in a short time',
  input: 'the input is not valid',
};

/** What a reader can do about a refusal that is not a fault of the page. */
const REFUSAL_HINTS: Readonly<Partial<Record<RefusalReason, string>>> = {
  unregistered: 'open the address that Credence printed when it started',
  rate: 'wait a second and try again',
};

const issueText = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.map(String).join('.') || 'input'}: ${issue.message}`)
    .join('; ');

/** Who may speak at all: frame, origin, registration, procedure, role. */
function refuseSender(name: string, sender: Sender, isServed: (name: string) => boolean): Refusal | undefined {
  if (!sender.isMainFrame) return { reason: 'sub-frame', detail: 'not the main frame' };
  if (sender.origin !== sender.expectedOrigin)
    return { reason: 'origin', detail: `expected ${sender.expectedOrigin}, received ${sender.origin ?? 'none'}` };
  if (!sender.caller) return { reason: 'unregistered', detail: 'no role is registered for this sender' };
  if (!isProcedure(name) || !isServed(name)) return { reason: 'unknown-procedure', detail: 'not in the table' };
  const { role } = PROCEDURES[name];
  if (role !== sender.caller.role) return { reason: 'role', detail: `for ${role}, called by ${sender.caller.role}` };
  return undefined;
}

/** A router over the handlers of host and shell. The two sets of names are those of the table, so nothing else can be reached. */
export const createRouter = (handlers: Handlers & ShellHandlers, options: RouterOptions): Router =>
  routeTo(handlers, options);

/** A router for stations: the participant's procedures and no others. */
export const createParticipantRouter = (handlers: ParticipantHandlers, options: RouterOptions): Router =>
  routeTo(handlers, options);

function routeTo(handlers: Partial<Handlers & ShellHandlers>, options: RouterOptions): Router {
  const buckets = new Map<string, TokenBucket>();

  const takeToken = (sender: Sender, role: Role): boolean => {
    let bucket = buckets.get(sender.id);
    if (!bucket) {
      const oldest = buckets.size >= MAX_SENDERS ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
      bucket = createTokenBucket(CALL_RATES[role], options.nowMs);
      buckets.set(sender.id, bucket);
    }
    return bucket.take();
  };

  const admit = (name: string, input: unknown, sender: Sender): Admitted | Refusal => {
    const refusal = refuseSender(name, sender, (known) => Object.hasOwn(handlers, known));
    if (refusal) return refusal;
    if (!isProcedure(name) || !sender.caller) throw new InternalError('an unchecked call passed the router');
    const { role } = PROCEDURES[name];
    const flaw = findDataFlaw(input, { maxBytes: MAX_INPUT_BYTES[role], maxDepth: MAX_DEPTH });
    if (flaw)
      return { reason: flaw.reason === 'oversize' ? 'oversize' : 'input', detail: `${flaw.path}: ${flaw.detail}` };
    if (!takeToken(sender, role)) return { reason: 'rate', detail: `over ${CALL_RATES[role].perSecond} per second` };
    const parsed = PROCEDURES[name].input.safeParse(input);
    if (!parsed.success) return { reason: 'input', detail: issueText(parsed.error) };
    return { name, caller: sender.caller, input: parsed.data };
  };

  const answer = async ({ name, caller, input }: Admitted): Promise<unknown> => {
    // The schema of this very procedure has checked the input; the table's types cannot follow a name known only at run time.
    const handler = handlers[name] as (input: unknown, caller: Caller) => unknown;
    const parsed = PROCEDURES[name].output.safeParse(await handler(input, caller));
    if (!parsed.success) throw new InternalError(`${name} answered outside its schema: ${issueText(parsed.error)}`);
    return parsed.data;
  };

  return {
    async call(name, input, sender) {
      const shown = isProcedure(name) ? name : '(unknown)';
      const record = (kind: RouterEvent['kind'], reason: RouterEvent['reason'], detail: string): void =>
        options.log({ kind, procedure: shown, sender: sender.id, reason, detail });
      const admitted = admit(name, input, sender);
      if ('reason' in admitted) {
        record('refused', admitted.reason, admitted.detail);
        const isNamed = admitted.reason === 'input';
        const message = `${shown}: ${REFUSAL_TEXT[admitted.reason]}${isNamed ? ` (${admitted.detail})` : ''}`;
        const hint = REFUSAL_HINTS[admitted.reason];
        return { ok: false, refusal: admitted.reason, error: { kind: 'user', message, ...(hint ? { hint } : {}) } };
      }
      try {
        return { ok: true, value: await answer(admitted) };
      } catch (error) {
        record('failed', 'error', error instanceof Error ? (error.stack ?? error.message) : String(error));
        if (error instanceof UserError) return { ok: false, error: errorToData(error) };
        // Inner details stay in the log: they may name files or hold data of others.
        return { ok: false, error: { kind: 'internal', message: `${name} failed; the log says why` } };
      }
    },
  };
}
