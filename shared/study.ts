/** Study: what participants see, as a file: scenarios, scales, flow and design. Frozen versions are immutable and hashed. */
import { z } from 'zod';
import { queryKindSchema, scenarioSchema } from './scenario.ts';

export const STUDY_FORMAT = 'credence-study';
export const STUDY_FORMAT_VERSION = 1;

/** Where data come from. `simulated` data are labelled everywhere and never mixed with others silently. */
export const STAGES = ['draft', 'pilot', 'live', 'simulated'] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

/** The scale of one query kind: end labels as people read them, at 0 and at 100, and what the answer counts. */
export const scaleSchema = z.strictObject({
  kind: queryKindSchema,
  lowLabel: z.string().min(1),
  highLabel: z.string().min(1),
  unit: z.string(),
});
export type Scale = z.infer<typeof scaleSchema>;

const textScreen = { id: z.string().min(1), title: z.string().min(1), body: z.string().min(1) };

/** One node of the flow, in the order participants meet them. A block shows scenarios, all queries of one on a page. */
export const timelineNodeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('consent'), ...textScreen, version: z.string() }),
  z.strictObject({ kind: z.literal('instructions'), ...textScreen }),
  z.strictObject({
    kind: z.literal('block'),
    id: z.string().min(1),
    scenarioIds: z.array(z.string()).min(1),
    order: z.enum(['fixed', 'shuffle']),
  }),
  z.strictObject({ kind: z.literal('end'), ...textScreen }),
]);
export type TimelineNode = z.infer<typeof timelineNodeSchema>;

/** `study.json`; the scenarios travel beside it in `items.jsonl`, one a line. */
export const studyFileSchema = z.strictObject({
  format: z.literal(STUDY_FORMAT),
  formatVersion: z.literal(STUDY_FORMAT_VERSION),
  slug: z.string().regex(/^[a-z][a-z0-9-]{1,40}$/),
  version: z.string(),
  title: z.string().min(1),
  description: z.string(),
  locale: z.string(),
  scales: z.array(scaleSchema).min(1),
  timeline: z.array(timelineNodeSchema).min(1),
});
export type StudyFile = z.infer<typeof studyFileSchema>;

/** A study file with its scenarios: all that a session needs. */
export const studySchema = studyFileSchema.extend({ scenarios: z.array(scenarioSchema).min(1) });
export type Study = z.infer<typeof studySchema>;
