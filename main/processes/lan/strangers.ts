/**
 * Limits per network address: connections held, requests made, keys tried. Addresses at which stations are paired have room of their
 * own for each, so that whoever fills the rest keeps no station out.
 */
import { createTokenBucket, type TokenBucket } from '../../ipc/tokenBucket.ts';

/** Connections one address may hold, and again for each station paired from it. A browser opens up to 6, and one for its live channel. */
const CONNECTIONS_EACH = 16;
/** Connections that addresses without a station may hold together. */
const CONNECTIONS_OF_STRANGERS = 64;
/** Requests of one address, and again for each of its stations. */
const REQUESTS = { perSecond: 100, burst: 300 };
/** Requests of all addresses without a station together: pages for new stations, and what would be a flood beyond that. */
const REQUESTS_OF_STRANGERS = { perSecond: 400, burst: 800 };
/** Keys tried without success by one address, and how long it is not heard after that. */
const FAILURES = { perSecond: 5 / 60, burst: 5 };
const BAN_MS = 600_000;
/** Addresses remembered; the one heard of longest ago is forgotten first. */
const MAX_ADDRESSES = 10_000;

type Address = {
  connections: number;
  readonly stations: Set<string>;
  readonly requests: TokenBucket;
  readonly failures: TokenBucket;
  bannedUntilMs: number;
};

export type Strangers = {
  /** Whether one more connection from `remote` is let in; each that is must be given back by `disconnect`. */
  connect(remote: string): boolean;
  disconnect(remote: string): void;
  /** Whether one more request is heard. */
  request(remote: string): boolean;
  /** A paired station spoke from this address. */
  know(remote: string, stationId: string): void;
  /** Whether a key may be tried; it counts as failed until `succeed`. */
  attempt(remote: string): boolean;
  succeed(remote: string): void;
};

/** An empty account. `nowMs` is a monotonic clock in milliseconds. */
export function createStrangers(nowMs: () => number): Strangers {
  const addresses = new Map<string, Address>();
  /** Where each station was last heard from: it brings room to one address at a time. */
  const places = new Map<string, Address>();
  const requestsOfStrangers = createTokenBucket(REQUESTS_OF_STRANGERS, nowMs);
  let connectionsOfStrangers = 0;

  const isStranger = (address: Address): boolean => address.stations.size === 0;
  const forgetOne = (): void => {
    for (const [name, address] of addresses)
      if (isStranger(address) && address.connections === 0 && address.bannedUntilMs < nowMs()) {
        addresses.delete(name);
        return;
      }
  };
  const find = (remote: string): Address => {
    const known = addresses.get(remote);
    if (known) return known;
    if (addresses.size >= MAX_ADDRESSES) forgetOne();
    const made: Address = {
      connections: 0,
      stations: new Set(),
      requests: createTokenBucket(REQUESTS, nowMs),
      failures: createTokenBucket(FAILURES, nowMs),
      bannedUntilMs: 0,
    };
    addresses.set(remote, made);
    return made;
  };
  return {
    connect(remote) {
      const address = find(remote);
      if (address.connections >= CONNECTIONS_EACH * (1 + address.stations.size)) return false;
      if (isStranger(address) && connectionsOfStrangers >= CONNECTIONS_OF_STRANGERS) return false;
      address.connections++;
      if (isStranger(address)) connectionsOfStrangers++;
      return true;
    },
    disconnect(remote) {
      const address = find(remote);
      address.connections--;
      if (isStranger(address)) connectionsOfStrangers--;
    },
    request(remote) {
      const address = find(remote);
      if (isStranger(address) && !requestsOfStrangers.take()) return false;
      if (!address.requests.take()) return false;
      // Each station here brings the whole rate again, so a request costs its share only.
      address.requests.giveBack(address.stations.size / (1 + address.stations.size));
      return true;
    },
    know(remote, stationId) {
      const address = find(remote);
      const before = places.get(stationId);
      if (before === address) return;
      if (isStranger(address)) connectionsOfStrangers -= address.connections;
      address.stations.add(stationId);
      places.set(stationId, address);
      if (!before) return;
      before.stations.delete(stationId);
      if (isStranger(before)) connectionsOfStrangers += before.connections;
    },
    attempt(remote) {
      const address = find(remote);
      if (nowMs() < address.bannedUntilMs) return false;
      if (address.failures.take()) return true;
      address.bannedUntilMs = nowMs() + BAN_MS;
      return false;
    },
    succeed: (remote) => find(remote).failures.giveBack(),
  };
}
