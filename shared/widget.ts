/** Widgets: how a query is answered, and a query as the participant's page receives it, with everything the widget needs. */
import { z } from 'zod';
import { queryIdSchema } from './identifiers.ts';
import { MISSING_CODES } from './response.ts';
import { querySchema } from './scenario.ts';

/** Names of options, boxes, factors, levels and nodes: a letter or digit, then at most 39 letters, digits, hyphens or underscores. */
export const nameSchema = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,39}$/);

const shortText = z.string().min(1).max(1000);

/** One option of a choice: `id` is what is stored, `label` what people read. */
export const optionSchema = z.strictObject({ id: nameSchema, label: shortText });

/**
 * - `slider`: a line without a handle until it is pressed; `showValue` says whether the number is shown once it is set;
 * - `slider-number`: the same with a linked number field;
 * - `number`: a typed number; `decimals` places are kept;
 * - `multi-click`: `count` marks on one line (5 where absent); with `mayFallShort` fewer can be confirmed;
 * - `roulette`: `chips` chips (20) on `bins` equal bins of 0–100 (10); all chips must be placed;
 * - `contest`: a two-sided line between the query's two sides, 0 the first side surely, 100 the second;
 * - `confidence`: how sure, on 0–100, or on five steps (0, 25, 50, 75, 100);
 * - `choice`: one option, or several with `isMultiple`;
 * - `text`: words, at most `maxCharacters` (2000).
 */
export const widgetSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slider'), showValue: z.enum(['never', 'after']).optional() }),
  z.strictObject({ kind: z.literal('slider-number') }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number().min(-1e9).max(1e9),
    max: z.number().min(-1e9).max(1e9),
    decimals: z.number().int().min(0).max(6).optional(),
  }),
  z.strictObject({
    kind: z.literal('multi-click'),
    count: z.number().int().min(1).max(20).optional(),
    mayFallShort: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('roulette'),
    bins: z.number().int().min(2).max(50).optional(),
    chips: z.number().int().min(2).max(100).optional(),
  }),
  z.strictObject({ kind: z.literal('contest') }),
  z.strictObject({ kind: z.literal('confidence'), form: z.enum(['line', 'steps']).optional() }),
  z.strictObject({
    kind: z.literal('choice'),
    options: z.array(optionSchema).min(2).max(60),
    isMultiple: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('text'),
    maxCharacters: z.number().int().min(1).max(10_000).optional(),
    isLong: z.boolean().optional(),
  }),
]);
export type Widget = z.infer<typeof widgetSchema>;
export type WidgetKind = Widget['kind'];

/** The line a rating is given on: end labels as people read them, and which way it runs. */
export const shownScaleSchema = z.strictObject({
  lowLabel: z.string(),
  highLabel: z.string(),
  unit: z.string(),
  /** Labels between the ends, by rating. */
  labels: z.array(z.strictObject({ at: z.number().min(0).max(100), text: z.string() })),
  /** `rtl` puts 0 on the right. Resolved: a study's `locale` has become one of the two. */
  direction: z.enum(['ltr', 'rtl']),
});
export type ShownScale = z.infer<typeof shownScaleSchema>;

/** `answer`: must be answered · `answer-or-missing`: an answer or one of `missingCodes` · `optional`: may be left, which stores `skipped`. */
export const REQUIREMENTS = ['answer', 'answer-or-missing', 'optional'] as const;

/** A query as the page receives it, in the participant's language. */
export const shownQuerySchema = z.strictObject({
  id: queryIdSchema,
  text: z.string(),
  /** Absent for questions outside scenarios. */
  kind: querySchema.shape.kind.optional(),
  target: querySchema.shape.target.optional(),
  widget: widgetSchema,
  /** For widgets that answer on 0–100. */
  scale: shownScaleSchema.optional(),
  /** A second, unset answer of how sure: `confidence` of the same response. */
  asksConfidence: z.boolean(),
  requirement: z.enum(REQUIREMENTS),
  missingCodes: z.array(z.enum(MISSING_CODES)),
  /** Where the first arrow key puts an unset handle: drawn for this participant and query, and sent back as `keyboardStart`. */
  keyboardStart: z.number().int().min(0).max(100),
});
export type ShownQuery = z.infer<typeof shownQuerySchema>;
