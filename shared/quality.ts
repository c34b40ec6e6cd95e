/** Quality of a session's answers: what rules point at, and who was taken out of the analysis, which can always be taken back. */
import { z } from 'zod';
import { participantStateSchema } from './participation.ts';

/** The rules, in the order screens list them; `engine/study/qualityFlags.ts` says what each measures. */
export const QUALITY_RULES = ['failed-attention', 'fast', 'same-answer', 'missing', 'away', 'unfinished'] as const;
export const qualityRuleSchema = z.enum(QUALITY_RULES);
export type QualityRule = z.infer<typeof qualityRuleSchema>;

/** `value` is what was found and `limit` the rule's threshold, in the unit the rule speaks in. */
export const qualityFlagSchema = z.strictObject({ rule: qualityRuleSchema, value: z.number(), limit: z.number() });
export type QualityFlag = z.infer<typeof qualityFlagSchema>;

/** One participant of a session: what was answered and flagged, and the exclusion that holds, if one does. */
export const qualityRowSchema = z.strictObject({
  participantId: z.string(),
  label: z.string(),
  state: participantStateSchema,
  judgments: z.number().int(),
  flags: z.array(qualityFlagSchema),
  exclusion: z.strictObject({ reason: z.string(), at: z.string() }).nullable(),
});
export type QualityRow = z.infer<typeof qualityRowSchema>;
