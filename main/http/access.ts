/** Access: secret keys in printed addresses, exchanged once by a page for a cookie that scripts cannot read. */
import type { Caller } from '../../shared/api.ts';
import { createTokenBucket } from '../ipc/tokenBucket.ts';
import { createSecret, hashSecret } from './secret.ts';

/** Failed attempts to exchange a key, after which every attempt waits: guessing is hopeless, slips are not. */
const FAILURES = { perSecond: 5 / 60, burst: 5 };

type Grant = { readonly caller: Caller; readonly isSingleUse: boolean };
/** Somebody who came in: `id` names the visit in logs and is not the secret. */
export type Visit = { readonly id: string; readonly caller: Caller };

export type Access = {
  /** A new key for `caller`; a single-use key opens one visit only. */
  grant(caller: Caller, isSingleUse: boolean): string;
  /** The cookie value of a new visit; `refused` for an unknown, used or other role's key, `limited` after too many failures. */
  enter(key: string, role: Caller['role']): string | { readonly problem: 'refused' | 'limited' };
  /** The visit a cookie value belongs to, if any. */
  visitOf(cookie: string | undefined): Visit | null;
};

/** An empty table of grants and visits. `nowMs` is a monotonic clock in milliseconds. */
export function createAccess(nowMs: () => number): Access {
  const grants = new Map<string, Grant>();
  const visits = new Map<string, Visit>();
  const failures = createTokenBucket(FAILURES, nowMs);
  return {
    grant(caller, isSingleUse) {
      const key = createSecret();
      grants.set(hashSecret(key), { caller, isSingleUse });
      return key;
    },
    enter(key, role) {
      if (!failures.take()) return { problem: 'limited' };
      const grant = grants.get(hashSecret(key));
      if (grant?.caller.role !== role) return { problem: 'refused' };
      failures.giveBack();
      if (grant.isSingleUse) grants.delete(hashSecret(key));
      const cookie = createSecret();
      visits.set(hashSecret(cookie), { id: `${role}-${visits.size + 1}`, caller: grant.caller });
      return cookie;
    },
    visitOf: (cookie) => (cookie === undefined ? null : (visits.get(hashSecret(cookie)) ?? null)),
  };
}
