/** Study: what participants see, as a file: scenarios, scales, flow and design. Frozen versions are immutable and hashed. */
import { z } from 'zod';
import { queryKindSchema, scenarioSchema } from './scenario.ts';
import { OUTCOMES, stimulusSchema, timelineNodeSchema } from './timeline.ts';
import { nameSchema, widgetSchema } from './widget.ts';

export const STUDY_FORMAT = 'credence-study';
export const STUDY_FORMAT_VERSION = 1;

/** Where data come from. `simulated` data are labelled everywhere and never mixed with others silently. */
export const STAGES = ['draft', 'pilot', 'live', 'simulated'] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

/** A language by its tag, such as `en`, `de`, `ar` or `pt-BR`. */
export const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/);

/**
 * The scale of one query kind: end labels as people read them, at 0 and at 100, what the answer counts, labels between, and the widget
 * (a slider with a linked number where absent). `direction`: `locale` (where absent) follows the language, so that Arabic has 0 on the right.
 */
export const scaleSchema = z.strictObject({
  kind: queryKindSchema,
  lowLabel: z.string().min(1).max(200),
  highLabel: z.string().min(1).max(200),
  unit: z.string().max(200),
  labels: z
    .array(z.strictObject({ at: z.number().min(0).max(100), text: z.string().min(1).max(200) }))
    .max(20)
    .optional(),
  widget: widgetSchema.optional(),
  asksConfidence: z.boolean().optional(),
  direction: z.enum(['locale', 'ltr', 'rtl']).optional(),
});
export type Scale = z.infer<typeof scaleSchema>;

/** A between-subject factor: each participant is in one level. */
export const factorSchema = z.strictObject({ id: nameSchema, levels: z.array(nameSchema).min(2).max(100) });

/**
 * Who gets which cell (a level of every factor, and a row of every square). `least-filled`: one of the cells with the fewest completed
 * participants and live reservations; a reservation ends `reserveMinutes` (60) after the participant was last heard of.
 * `random`: any cell, equally likely. A participation ends as `timed-out` `maxMinutes` after check-in, where the researcher has not extended it;
 * without `maxMinutes` it has no limit.
 */
export const designSchema = z.strictObject({
  factors: z.array(factorSchema).max(8).optional(),
  assignment: z
    .strictObject({
      method: z.enum(['least-filled', 'random']),
      reserveMinutes: z.number().min(1).max(10_000).optional(),
    })
    .optional(),
  maxMinutes: z.number().min(1).max(10_000).optional(),
});
export type Design = z.infer<typeof designSchema>;

/** Check-in: asks who comes (a typed label or code) before anything else. Its languages are the study's. */
export const checkInSchema = z.strictObject({
  title: z.string().min(1).max(300),
  body: z.string().min(1).max(20_000),
  asksLabel: z.boolean(),
});

/**
 * Codes by ending, and where the page goes then. `redirect` may hold `{code}` and the recruiter's parameters by name, such as
 * `https://app.prolific.com/submissions/complete?cc={code}` or `…&survey_code={survey_code}`.
 */
export const completionSchema = z.strictObject({
  codes: z.partialRecord(z.enum(OUTCOMES), z.string().min(1).max(80)),
  redirect: z
    .string()
    .regex(/^https:\/\/[^\s]+$/)
    .max(1000)
    .optional(),
});

/** A file of the study's `assets/`: its name, type and digest. */
export const assetSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,119}$/),
  type: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml', 'audio/mpeg', 'audio/wav', 'audio/ogg']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z
    .number()
    .int()
    .min(1)
    .max(16 * 2 ** 20),
});
export type Asset = z.infer<typeof assetSchema>;

/**
 * `study.json`. Its texts are in `locale`; `locales` names the languages offered, each other one translated whole in
 * `locales/<tag>.json`. The scenarios travel beside it in `items.jsonl`, one a line, pictures and sounds in `assets/`.
 */
export const studyFileSchema = z.strictObject({
  format: z.literal(STUDY_FORMAT),
  formatVersion: z.literal(STUDY_FORMAT_VERSION),
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.string().min(1).max(40),
  title: z.string().min(1).max(300),
  description: z.string().max(10_000),
  locale: localeSchema,
  locales: z.array(localeSchema).min(1).max(40).optional(),
  checkIn: checkInSchema.optional(),
  scales: z.array(scaleSchema).min(1).max(5),
  design: designSchema.optional(),
  timeline: z.array(timelineNodeSchema).min(1).max(500),
  completion: completionSchema.optional(),
  /** Pictures and sounds shown with a scenario, by its id. */
  stimuli: z.record(z.string().max(80), z.array(stimulusSchema).max(10)).optional(),
});
export type StudyFile = z.infer<typeof studyFileSchema>;

/** Translated texts by their key; `engine/study/studyTexts.ts` says which keys there are. */
export const translationSchema = z.record(z.string().max(300), z.string().min(1).max(20_000));
export type Translation = z.infer<typeof translationSchema>;

/** A study file with its scenarios, translations and the digests of its assets: all that is hashed, and all that a session needs. */
export const studySchema = studyFileSchema.extend({
  scenarios: z.array(scenarioSchema).min(1).max(5000),
  translations: z.record(localeSchema, translationSchema).optional(),
  assets: z.array(assetSchema).max(500).optional(),
});
export type Study = z.infer<typeof studySchema>;
