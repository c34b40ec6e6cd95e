/** The origins of the desktop application's pages: one per role, so that neither reads what the other keeps. */
import type { Role } from '../../shared/api.ts';

export const SCHEME = 'app';
/** Of hidden windows that run programs: each has an origin of its own. */
export const PROGRAM_SCHEME = 'engine';

/** A role's exact origin. */
export const originOf = (role: Role): string => `${SCHEME}://${role}`;

/** The role whose origin `url` has, or undefined. */
export function roleOfUrl(url: string): Role | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  if (protocol !== `${SCHEME}:`) return undefined;
  return host === 'researcher' || host === 'participant' ? host : undefined;
}
