/** What the participant's page asks of its host: the procedures of the contract, as types only. */
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '../../shared/api.ts';

export type ParticipantProcedure = Extract<ProcedureName, `participant.${string}`>;
export type InputOf<N extends ParticipantProcedure> = ProcedureInput<N>;
export type OutputOf<N extends ParticipantProcedure> = ProcedureOutput<N>;

/** Calls one procedure: over the network, over the window's bridge, or within the page for a preview. */
export type ParticipantCall = <N extends ParticipantProcedure>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>;

export type Feedback = OutputOf<'participant.feedback'>['feedback'][number];
export type Advanced = OutputOf<'participant.advance'>;
export type Act = InputOf<'participant.act'>['act'];
