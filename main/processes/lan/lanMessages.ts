/** What the host and the LAN process say to each other. What comes from the process is checked: it faces the network. */
import { z } from 'zod';
import type { CallReply } from '../../../shared/reply.ts';

/** A paired station as the process knows it: by the hash of its cookie, never the cookie. */
export type PairedStation = { readonly stationId: string; readonly visitHash: string };

/** A reply to `enter` or `call` number `id`; `cookie` signs the station in. */
export type LanReply = {
  readonly kind: 'reply';
  readonly id: number;
  readonly status: number;
  readonly reply: CallReply;
  readonly cookie?: string;
};

export type ToLan =
  | {
      readonly kind: 'serve';
      readonly address: string;
      readonly port: number;
      readonly stations: readonly PairedStation[];
    }
  | { readonly kind: 'stations'; readonly stations: readonly PairedStation[] }
  /** Tells a station's page to look again. */
  | { readonly kind: 'changed'; readonly stationId: string }
  | LanReply;

const text = z.string().max(200);

export const fromLanSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listening'), port: z.number().int() }),
  z.strictObject({ kind: z.literal('failed'), message: z.string().max(500), hint: z.string().max(500).optional() }),
  z.strictObject({ kind: z.literal('enter'), id: z.number().int(), key: z.string().max(100), remote: text }),
  z.strictObject({
    kind: z.literal('call'),
    id: z.number().int(),
    stationId: text,
    name: text,
    input: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('connected'), stationId: text, isConnected: z.boolean() }),
  z.strictObject({ kind: z.literal('refused'), remote: text, detail: text, suppressed: z.number().int() }),
]);
export type FromLan = z.infer<typeof fromLanSchema>;

/** The longest procedure name that is passed on. */
export const MAX_NAME_CHARACTERS = 80;

type Question = Extract<FromLan, { kind: 'enter' | 'call' }>;
type WithoutId<M> = M extends unknown ? Omit<M, 'id'> : never;
/** Asks the host something and waits for its reply. */
export type Ask = (question: WithoutId<Question>) => Promise<LanReply>;
