/** Seating participants: one more in the study's open session, at a window or an address of their own. */
import type { StateCreator } from 'zustand';
import type { Stage } from '../../shared/study.ts';
import { call } from '../api.ts';
import { type Loadable, settle } from './loadable.ts';
import type { ResearcherState } from './store.ts';

/** Stages in which people sit. */
export type SeatStage = Exclude<Stage, 'simulated'>;
export type SeatRequest = { readonly versionId: string; readonly stage: SeatStage; readonly label: string };

/** `address` is null where the participant got a window of their own. */
export type Seat = { readonly versionId: string; readonly label: string; readonly address: string | null };

export type SeatsSlice = {
  /** The last seat made or being made, and of which study. */
  readonly seat: { readonly versionId: string; readonly outcome: Loadable<Seat> } | null;
  seatParticipant(request: SeatRequest): Promise<void>;
};

/** Seeds are whole numbers below 2³¹, so that they can be typed again. */
const newSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] >>> 1;

async function openSessionFor({ versionId, stage }: SeatRequest): Promise<string> {
  const sessions = await call('sessions.list', {});
  const open = sessions.find(
    (session) => session.versionId === versionId && session.stage === stage && session.closedAt === null,
  );
  return (open ?? (await call('sessions.open', { versionId, stage, seed: newSeed() }))).sessionId;
}

export const createSeatsSlice: StateCreator<ResearcherState, [], [], SeatsSlice> = (set, get) => ({
  seat: null,
  async seatParticipant(request) {
    const { versionId, label } = request;
    set({ seat: { versionId, outcome: { status: 'loading' } } });
    const make = async (): Promise<Seat> => {
      const sessionId = await openSessionFor(request);
      const { participantId } = await call('sessions.addParticipant', { sessionId, label });
      const { address } = await call('stations.open', { participantId });
      return { versionId, label, address };
    };
    set({ seat: { versionId, outcome: await settle(make()) } });
    await get().loadStudies();
  },
});
