/** Signs of life of participants' pages, kept in memory alone: when each was last heard of, and what it said of itself. */

export type LifeSigns = {
  /** On the host's monotonic clock. */
  readonly heardAtMs: number;
  readonly inputAtMs: number | null;
  readonly isHidden: boolean;
  /** Answers the page keeps that are not acknowledged yet. */
  readonly waiting: number;
  readonly needsHelp: boolean;
};

export type Liveness = {
  of(participantId: string): LifeSigns | undefined;
  /** Notes a call of the page, with what it says of itself. */
  hear(participantId: string, nowMs: number, said?: Partial<Omit<LifeSigns, 'heardAtMs'>>): void;
  /** Forgets a participation that is over or erased. */
  forget(participantId: string): void;
};

export function createLiveness(): Liveness {
  const signs = new Map<string, LifeSigns>();
  return {
    of: (participantId) => signs.get(participantId),
    hear: (participantId, nowMs, said = {}) => {
      const before = signs.get(participantId) ?? { inputAtMs: null, isHidden: false, waiting: 0, needsHelp: false };
      signs.set(participantId, { ...before, ...said, heardAtMs: nowMs });
    },
    forget: (participantId) => void signs.delete(participantId),
  };
}
