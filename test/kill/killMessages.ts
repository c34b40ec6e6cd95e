/** What the processes of the kill test tell one another. */

export type ToStore =
  | { readonly kind: 'add'; readonly count: number }
  | { readonly kind: 'serve' }
  | { readonly kind: 'close' };

export type Kept = {
  readonly participantId: string;
  readonly clientSeq: number;
  readonly serverSeq: number;
  readonly rating: number | null;
};

export type StoreMessage =
  | {
      readonly kind: 'opened';
      readonly openedMs: number;
      readonly faults: readonly string[];
      readonly responses: readonly Kept[];
    }
  | { readonly kind: 'added'; readonly participantIds: readonly string[] }
  | { readonly kind: 'serving' };

export type Acknowledged = {
  readonly client: number;
  readonly clientSeq: number;
  readonly serverSeq: number;
  readonly ms: number;
};

/** The rating client number `client` gives at `clientSeq`: what one client says, no other does. */
export const ratingOf = (client: number, clientSeq: number): number => (client * 13 + clientSeq * 7) % 101;
