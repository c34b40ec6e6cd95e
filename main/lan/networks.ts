/** The network addresses of this machine that stations could reach. */
import { networkInterfaces } from 'node:os';
import type { Network } from '../../shared/lan.ts';

/** All of them, those of real networks first; the loopback address serves browsers on this machine alone. */
export function listNetworks(): Network[] {
  const found = Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    (entries ?? []).flatMap(({ address, family, internal }) =>
      family === 'IPv4' ? [{ name, address, internal }] : [],
    ),
  );
  return found.sort((a, b) => Number(a.internal) - Number(b.internal)).map(({ name, address }) => ({ name, address }));
}
