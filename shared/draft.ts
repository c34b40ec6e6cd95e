/** Drafts: studies that are being written. A draft may be unfinished in every way but its outline; only a frozen version is asked of people. */
import { z } from 'zod';
import { scenarioIdSchema } from './identifiers.ts';
import { editStateSchema } from './library.ts';
import type { Study } from './study.ts';

/** A study as far as it has been written: its outline is a study's, its fields may be empty or out of range. The linter says which. */
export const draftStudySchema = z.custom<Study>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['timeline', 'scales', 'scenarios'].every((name) => Array.isArray(Reflect.get(value, name))) &&
    ['slug', 'version', 'title', 'locale'].every((name) => typeof Reflect.get(value, name) === 'string'),
  'a draft has texts slug, version, title and locale and lists timeline, scales and scenarios',
);

export const draftIdSchema = z.string().regex(/^draft-\d{1,9}$/);

/** What keeps a draft from being frozen, at a place of one of its files. */
export const draftFaultSchema = z.strictObject({
  file: z.string(),
  path: z.string(),
  problem: z.string(),
  hint: z.string().optional(),
});
export type DraftFault = z.infer<typeof draftFaultSchema>;

/** A draft as lists show it. `faults` counts what keeps it from being frozen. */
export const draftSummarySchema = z.strictObject({
  draftId: draftIdSchema,
  title: z.string(),
  slug: z.string(),
  version: z.string(),
  scenarios: z.number().int(),
  faults: z.number().int(),
  updatedAt: z.string(),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;

/** What is known of a draft's present state. `revision` counts its changes; `minutes` is how long one participant needs. */
export const draftStateSchema = z.strictObject({
  draftId: draftIdSchema,
  revision: z.number().int(),
  updatedAt: z.string(),
  edits: editStateSchema,
  faults: z.array(draftFaultSchema),
  advice: z.array(z.string()),
  minutes: z.number().int(),
});
export type DraftState = z.infer<typeof draftStateSchema>;

/** A draft with all of its text. */
export const openDraftSchema = draftStateSchema.extend({ study: draftStudySchema });
export type OpenDraft = z.infer<typeof openDraftSchema>;

/** From what a draft is begun: scenarios of the library, or a frozen version. */
export const draftOriginSchema = z.union([
  z.strictObject({
    scenarioIds: z.array(scenarioIdSchema).min(1).max(500),
    title: z.string().min(1).max(300),
    locale: z.enum(['en', 'de']),
  }),
  z.strictObject({ versionId: z.string().min(1).max(80) }),
]);
export type DraftOrigin = z.infer<typeof draftOriginSchema>;

/** What a draft changes of the last frozen version of the same slug; `against` is null where there is none. */
export const draftComparisonSchema = z.strictObject({
  against: z.strictObject({ versionId: z.string(), version: z.string() }).nullable(),
  changes: z.array(
    z.strictObject({
      path: z.string(),
      kind: z.enum(['added', 'removed', 'changed', 'moved']),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
});
export type DraftComparison = z.infer<typeof draftComparisonSchema>;
