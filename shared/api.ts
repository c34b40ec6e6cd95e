/** The contract: every procedure the host offers, with its role and its schemas in and out. IPC, HTTP and in-process callers are made from this table. */
import { z } from 'zod';
import { KEY_PROCEDURES } from './keys.ts';
import { LAN_PROCEDURES } from './lan.ts';
import { PARTICIPANT_PROCEDURES } from './participantProcedures.ts';
import { balanceRowSchema, controlInputSchema, monitorTileSchema } from './participation.ts';
import { queryPosteriorSchema } from './posterior.ts';
import { progressSchema } from './progress.ts';
import { reportSchema } from './report.ts';
import { SAFETY_PROCEDURES } from './safety.ts';
import { localeSchema, stageSchema, studySchema } from './study.ts';
import { STUDY_PROCEDURES } from './studyProcedures.ts';
import { nameSchema } from './widget.ts';
import { WORKSPACE_PROCEDURES } from './workspaceProcedures.ts';

export const ROLES = ['researcher', 'participant'] as const;
export type Role = (typeof ROLES)[number];

const id = z.string().min(1).max(80);
const nothing = z.strictObject({});

/** A study version as the library lists it. Counts of participants are by stage, so that simulated ones never pass for people. */
export const studySummarySchema = z.strictObject({
  versionId: id,
  slug: z.string(),
  version: z.string(),
  title: z.string(),
  description: z.string(),
  hash: z.string(),
  scenarios: z.number().int(),
  queries: z.number().int(),
  participants: z.partialRecord(stageSchema, z.number().int()),
  responses: z.number().int(),
});
export type StudySummary = z.infer<typeof studySummarySchema>;

export const sessionSummarySchema = z.strictObject({
  sessionId: id,
  versionId: id,
  stage: stageSchema,
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  participants: z.number().int(),
  responses: z.number().int(),
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

/** Events the host sends to researchers. */
export const EVENTS = {
  'jobs.progress': { role: 'researcher', payload: z.strictObject({ jobId: id, progress: progressSchema }) },
  'studies.changed': { role: 'researcher', payload: nothing },
  /** The network was opened or closed, or something about its stations changed. */
  'stations.changed': { role: 'researcher', payload: nothing },
  'library.changed': { role: 'researcher', payload: nothing },
  'drafts.changed': { role: 'researcher', payload: nothing },
  'jobs.changed': { role: 'researcher', payload: nothing },
  'programs.sketch': {
    role: 'researcher',
    payload: z.strictObject({ runId: id, queries: z.record(z.string(), queryPosteriorSchema) }),
  },
} as const satisfies Record<string, { readonly role: Role; readonly payload: z.ZodType }>;
export type EventName = keyof typeof EVENTS;

/** An event as pages receive it. */
export const hostEventSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('jobs.progress'), payload: EVENTS['jobs.progress'].payload }),
  z.strictObject({ name: z.literal('studies.changed'), payload: EVENTS['studies.changed'].payload }),
  z.strictObject({ name: z.literal('stations.changed'), payload: EVENTS['stations.changed'].payload }),
  z.strictObject({ name: z.literal('library.changed'), payload: EVENTS['library.changed'].payload }),
  z.strictObject({ name: z.literal('drafts.changed'), payload: EVENTS['drafts.changed'].payload }),
  z.strictObject({ name: z.literal('jobs.changed'), payload: EVENTS['jobs.changed'].payload }),
  z.strictObject({ name: z.literal('programs.sketch'), payload: EVENTS['programs.sketch'].payload }),
]);
export type HostEvent = z.infer<typeof hostEventSchema>;

type Procedure = { readonly role: Role; readonly input: z.ZodType; readonly output: z.ZodType };

export const PROCEDURES = {
  ...WORKSPACE_PROCEDURES,
  ...LAN_PROCEDURES,
  ...KEY_PROCEDURES,
  ...SAFETY_PROCEDURES,
  ...STUDY_PROCEDURES,
  'app.info': {
    role: 'researcher',
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      mode: z.enum(['desktop', 'browser', 'headless']),
      workspace: z.string(),
    }),
  },
  'studies.list': { role: 'researcher', input: nothing, output: z.array(studySummarySchema) },
  'studies.read': { role: 'researcher', input: z.strictObject({ versionId: id }), output: studySchema },
  'sessions.open': {
    role: 'researcher',
    input: z.strictObject({ versionId: id, stage: stageSchema, seed: z.number().int() }),
    output: sessionSummarySchema,
  },
  'sessions.list': { role: 'researcher', input: nothing, output: z.array(sessionSummarySchema) },
  'sessions.close': { role: 'researcher', input: z.strictObject({ sessionId: id }), output: sessionSummarySchema },
  'sessions.addParticipant': {
    role: 'researcher',
    input: z.strictObject({
      sessionId: id,
      label: z.string().min(1).max(80),
      /** Where they sit, as the monitor names it. */
      seat: z.string().min(1).max(40).optional(),
    }),
    output: z.strictObject({ participantId: id }),
  },
  'sessions.monitor': {
    role: 'researcher',
    input: z.strictObject({ sessionId: id }),
    output: z.strictObject({
      tiles: z.array(monitorTileSchema),
      isGateOpen: z.boolean(),
      balance: z.array(balanceRowSchema),
    }),
  },
  /** While the start gate is shut, participants who have checked in wait. */
  'sessions.gate': {
    role: 'researcher',
    input: z.strictObject({ sessionId: id, isOpen: z.boolean() }),
    output: z.strictObject({ isOpen: z.boolean() }),
  },
  'sessions.control': {
    role: 'researcher',
    input: controlInputSchema,
    output: z.strictObject({ ok: z.literal(true) }),
  },
  /** How the cells of a version are filled, over all sessions of one stage. */
  'sessions.balance': {
    role: 'researcher',
    input: z.strictObject({ versionId: id, stage: stageSchema }),
    output: z.array(balanceRowSchema),
  },
  /** Makes a draft participant who stands at the first screen of a node: run the study from there. */
  'sessions.preview': {
    role: 'researcher',
    input: z.strictObject({
      versionId: id,
      locale: localeSchema.optional(),
      nodeId: nameSchema.optional(),
      seed: z.number().int(),
    }),
    output: z.strictObject({ participantId: id }),
  },
  /** Erases the data that a withdrawal code stands for, for good. */
  'participants.withdraw': {
    role: 'researcher',
    input: z.strictObject({ code: z.string().min(1).max(40) }),
    output: z.strictObject({ participantId: id }),
  },
  'stations.open': {
    role: 'researcher',
    input: z.strictObject({ participantId: id }),
    output: z.strictObject({ address: z.string().nullable() }),
  },
  'events.next': {
    role: 'researcher',
    input: z.strictObject({ after: z.number().int().min(-1) }),
    output: z.strictObject({ last: z.number().int(), events: z.array(hostEventSchema) }),
  },
  'reports.list': {
    role: 'researcher',
    input: nothing,
    output: z.array(reportSchema.pick({ id: true, title: true, createdAt: true, seed: true, study: true })),
  },
  'reports.read': { role: 'researcher', input: z.strictObject({ id }), output: reportSchema },
  ...PARTICIPANT_PROCEDURES,
} as const satisfies Record<string, Procedure>;

export type Procedures = typeof PROCEDURES;
export type ProcedureName = keyof Procedures;
export type ProcedureInput<N extends ProcedureName> = z.infer<Procedures[N]['input']>;
export type ProcedureOutput<N extends ProcedureName> = z.infer<Procedures[N]['output']>;

/**
 * Who calls. A participant is known by the window or station it sits at, never by an id in the input.
 */
export type Caller = { readonly role: 'researcher' } | { readonly role: 'participant'; readonly participantId: string };

/** What answers one procedure, given the checked input and the caller. */
export type Handler<N extends ProcedureName> = (
  input: ProcedureInput<N>,
  caller: Caller,
) => Promise<ProcedureOutput<N>> | ProcedureOutput<N>;

/**
 * Procedures about the screens themselves, which the shell answers and not the host. `stations.open` seats a participant, in a window of
 * its own (address null) or at the single-use address it returns. `events.next` answers as soon as there are events after number `after`
 * (-1 for the first call), or without any after a while; of events on the same thing only the last is kept, so a slow page never lags.
 */
export const SHELL_PROCEDURES = ['stations.open', 'events.next'] as const satisfies readonly ProcedureName[];
export type ShellProcedureName = (typeof SHELL_PROCEDURES)[number];

/** What answers the host's procedures: one function each. */
export type Handlers = { readonly [N in Exclude<ProcedureName, ShellProcedureName>]: Handler<N> };

type ParticipantProcedureName = {
  [N in ProcedureName]: Procedures[N]['role'] extends 'participant' ? N : never;
}[ProcedureName];

/** What answers a participant's procedures: all that a station can reach. */
export type ParticipantHandlers = Pick<Handlers, ParticipantProcedureName & keyof Handlers>;

/** What answers the shell's procedures. */
export type ShellHandlers = { readonly [N in ShellProcedureName]: Handler<N> };
