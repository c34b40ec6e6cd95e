/** What the processes of the attack test tell one another. */

/** What an attacker is given: where the network listens, and the cookie of a station it holds. */
export type Target = {
  readonly hostname: string;
  readonly port: number;
  /** The Host header served. */
  readonly host: string;
  readonly origin: string;
  readonly cookie: string;
};

export type ToHost = { readonly kind: 'open'; readonly stations: number } | { readonly kind: 'end' };

export type FromHost =
  | { readonly kind: 'opened'; readonly url: string; readonly keys: readonly string[] }
  | {
      readonly kind: 'ended';
      /** How often the LAN process died. */
      readonly deaths: number;
      readonly responses: number;
      readonly faults: readonly string[];
      /** Largest part of this process's memory, in bytes. */
      readonly maxResidentBytes: number;
      /** 99th percentile of the delay of its event loop. */
      readonly loopDelayMs: number;
    };

export type ToAttacker = { readonly name: string; readonly target: Target; readonly ms: number };
/** What an attack saw: what it tried, and each breach, which must be none. */
export type Outcome = { readonly tried: number; readonly breaches: readonly string[] };
