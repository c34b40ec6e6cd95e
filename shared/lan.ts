/** Lab stations: browsers on the local network at which participants answer. What the researcher sees of them and of the network. */
import { z } from 'zod';

const role = 'researcher';
const id = z.string().min(1).max(80);
const nothing = z.strictObject({});

/** A network interface of this machine that stations could reach. */
export const networkSchema = z.strictObject({ name: z.string(), address: z.string() });
export type Network = z.infer<typeof networkSchema>;

/** A station as the researcher sees it. Who sits at it is a participant's id or nobody. */
export const stationSchema = z.strictObject({
  stationId: id,
  label: z.string(),
  participantId: id.nullable(),
  /** Whether its key was exchanged; until then it waits for a browser. */
  isPaired: z.boolean(),
  /** Whether its page is open now. */
  isConnected: z.boolean(),
  /** When its page last spoke; null before the first time. */
  lastSeenAt: z.string().nullable(),
  /** How often somebody came with its key or code after it was used. */
  reuses: z.number().int(),
});
export type Station = z.infer<typeof stationSchema>;

export const lanStatusSchema = z.strictObject({
  networks: z.array(networkSchema),
  /** Where stations find the participant's page; null while the network is off. */
  open: z.strictObject({ address: z.string(), port: z.number().int(), url: z.string() }).nullable(),
  stations: z.array(stationSchema),
});
export type LanStatus = z.infer<typeof lanStatusSchema>;

/** What opens a station once: an address to open there, the same as a picture, or a code to type at the page's address. */
export const stationKeySchema = z.strictObject({
  stationId: id,
  url: z.string(),
  code: z.string(),
  /** Dark squares of the QR code as one SVG path in a box of `size` × `size`. */
  qr: z.strictObject({ size: z.number().int(), path: z.string() }),
});
export type StationKey = z.infer<typeof stationKeySchema>;

/** The part of the contract on the lab network. */
export const LAN_PROCEDURES = {
  'lan.status': { role, input: nothing, output: lanStatusSchema },
  'lan.open': {
    role,
    input: z.strictObject({
      /** One address of `networks`; the server listens there and nowhere else. */
      address: z.string().min(1).max(80),
      /** 0 for any free port. */
      port: z.number().int().min(0).max(65_535),
      /** The researcher's word that nobody else listens on this network: what stations send is not encrypted. */
      network: z.literal('isolated'),
    }),
    output: lanStatusSchema,
  },
  'lan.close': { role, input: nothing, output: lanStatusSchema },
  /** A new station, with what opens it once. */
  'stations.add': {
    role,
    input: z.strictObject({ label: z.string().min(1).max(80) }),
    output: stationKeySchema,
  },
  /** A new key for a station; the browser that had it is signed out. */
  'stations.renew': { role, input: z.strictObject({ stationId: id }), output: stationKeySchema },
  'stations.remove': { role, input: z.strictObject({ stationId: id }), output: lanStatusSchema },
  /** Seats a participant at a station; elsewhere they get up. */
  'stations.seat': {
    role,
    input: z.strictObject({ stationId: id, participantId: id }),
    output: lanStatusSchema,
  },
  /** Leaves a station without a participant; its page waits. */
  'stations.clear': { role, input: z.strictObject({ stationId: id }), output: lanStatusSchema },
} as const;
