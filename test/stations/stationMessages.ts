/** What the station test and its host process tell each other. */

export type ToHost =
  /** Opens the network and a session with so many stations: once, on an empty workspace. */
  | { readonly kind: 'open'; readonly stations: number }
  /** Seats nobody new; tells when everybody has completed. */
  | { readonly kind: 'drain' }
  | { readonly kind: 'report' };

/** A response as the store has it, with the station that its participant sat at. */
export type Kept = {
  readonly seat: string;
  readonly participantId: string;
  readonly trialIndex: number;
  readonly queryId: string;
  readonly clientSeq: number;
  /** Its number in the store's order. */
  readonly serverSeq: number;
  readonly rating: number | null;
};

export type FromHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'opened'; readonly addresses: readonly string[] }
  | { readonly kind: 'drained' }
  | {
      readonly kind: 'report';
      readonly kept: readonly Kept[];
      readonly completed: number;
      readonly unfinished: number;
      /** Completed participants per cell of the design. */
      readonly cells: Readonly<Record<string, number>>;
      readonly faults: readonly string[];
      /** Queries one participant answers. */
      readonly queries: number;
    };
