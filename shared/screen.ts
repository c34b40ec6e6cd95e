/** Screens: one place of a participant's sequence as it is stored (what will be shown) and as the page receives it (in words). */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';
import { DEVICE_NEEDS, OUTCOMES, stimulusSchema } from './timeline.ts';
import { nameSchema, shownQuerySchema } from './widget.ts';

/** What questions are for. Only `main` answers are judgments; `repeat` asks a scenario of the same block again. */
export const PHASES = [
  'tutorial',
  'comprehension',
  'practice',
  'main',
  'repeat',
  'attention',
  'screening',
  'demographics',
  'post-task',
] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

const trialIndex = z.number().int().min(0);
const planned = { trialIndex, nodeId: nameSchema };

/** A place of the resolved sequence, stored before the first screen is shown. `trialIndex` counts places from 0. */
export const plannedScreenSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('consent'), ...planned }),
  /** `page` counts the pages of one node from 0. */
  z.strictObject({ kind: z.literal('text'), ...planned, page: z.number().int().min(0) }),
  z.strictObject({
    kind: z.literal('questions'),
    ...planned,
    phase: phaseSchema,
    /** The scenario they are about, if any; whether it is on the same page. */
    scenarioId: z.string().min(1).max(80).optional(),
    showsScenario: z.boolean(),
    /** Empty for a page with the scenario alone. */
    queryIds: z.array(queryIdSchema),
  }),
  z.strictObject({ kind: z.literal('data-choice'), ...planned }),
  z.strictObject({ kind: z.literal('device'), ...planned }),
]);
export type PlannedScreen = z.infer<typeof plannedScreenSchema>;

const texts = { title: z.string(), body: z.string() };

/** A scenario as participants may read it: never with its program. */
export const shownScenarioSchema = z.strictObject({
  id: z.string().min(1).max(80),
  background: z.string(),
  conditions: z.array(z.string()),
  stimuli: z.array(stimulusSchema),
});
export type ShownScenario = z.infer<typeof shownScenarioSchema>;

/** One screen as the page receives it, in the participant's language. Every one with a `trialIndex` is a place of the sequence. */
export const screenSchema = z.discriminatedUnion('kind', [
  /** Before the sequence: answered by `participant.checkIn`. */
  z.strictObject({
    kind: z.literal('check-in'),
    /** The languages to choose from, each with the words in it; no choice where there is one. */
    languages: z.array(z.strictObject({ locale: z.string(), ...texts })).min(1),
    asksLabel: z.boolean(),
  }),
  /** Left by `participant.advance`, once the window is at least so large and each need was tried; 0 for any size. */
  z.strictObject({
    kind: z.literal('device'),
    trialIndex,
    ...texts,
    minWidthPx: z.number(),
    minHeightPx: z.number(),
    needs: z.array(z.enum(DEVICE_NEEDS)),
  }),
  /** Answered by `participant.consent`. */
  z.strictObject({
    kind: z.literal('consent'),
    trialIndex,
    ...texts,
    version: z.string(),
    boxes: z.array(z.strictObject({ id: nameSchema, text: z.string(), isRequired: z.boolean() })),
  }),
  /** Left by `participant.advance`, not before `minSeconds`. */
  z.strictObject({
    kind: z.literal('text'),
    trialIndex,
    purpose: z.enum(['instructions', 'break', 'debrief', 'end']),
    ...texts,
    stimuli: z.array(stimulusSchema),
    page: z.strictObject({ index: z.number().int(), count: z.number().int() }),
    minSeconds: z.number(),
  }),
  /** Answered by `participant.advance` with one response per query; after `maxSeconds` (if not null) with what is set by then. */
  z.strictObject({
    kind: z.literal('questions'),
    trialIndex,
    phase: phaseSchema,
    title: z.string().nullable(),
    body: z.string().nullable(),
    /** What responses carry as `scenarioId`: the scenario, or the node that asks where there is none. */
    scenarioId: z.string(),
    /** Null where there is none or it is no longer shown. */
    scenario: shownScenarioSchema.nullable(),
    queries: z.array(shownQuerySchema),
    minSeconds: z.number(),
    maxSeconds: z.number().nullable(),
    /** Which attempt at a comprehension check this is, from 1, and of how many. */
    attempt: z.strictObject({ number: z.number().int(), of: z.number().int() }).nullable(),
    /** Whether `participant.feedback` has something to say once all is answered. */
    givesFeedback: z.boolean(),
    /** Shown again by the way back to be read, not to be changed. */
    isReadOnly: z.boolean(),
  }),
  /** Answered by `participant.dataChoice`. */
  z.strictObject({
    kind: z.literal('data-choice'),
    trialIndex,
    ...texts,
    withdrawalCode: z.string(),
    withdrawalDays: z.number().int(),
  }),
  /** The last: everything is stored and was read back. `redirect` is where the page may go now. */
  z.strictObject({
    kind: z.literal('end'),
    outcome: z.enum(OUTCOMES),
    ...texts,
    completionCode: z.string().nullable(),
    redirect: z.string().nullable(),
    withdrawalCode: z.string().nullable(),
  }),
]);
export type Screen = z.infer<typeof screenSchema>;
export type ScreenOf<K extends Screen['kind']> = Extract<Screen, { kind: K }>;
