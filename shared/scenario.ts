/** Scenario: one short uncertain text with its observed conditions, its queries and, when known, the program that answers them. */
import { z } from 'zod';
import { queryIdSchema, scenarioIdSchema } from './identifiers.ts';
import { QUERY_KINDS } from './queryKind.ts';

export const queryKindSchema = z.enum(QUERY_KINDS);

/** One question answered on 0–100. `target` says what it is about, as data: entity, event, the two sides, the range of a quantity. */
export const querySchema = z.strictObject({
  id: queryIdSchema,
  text: z.string().min(1).max(1000),
  kind: queryKindSchema,
  target: z.strictObject({
    entity: z.string().optional(),
    event: z.string().optional(),
    factor: z.string().optional(),
    sides: z.tuple([z.array(z.string()), z.array(z.string())]).optional(),
    range: z.tuple([z.number(), z.number()]).optional(),
  }),
});
export type Query = z.infer<typeof querySchema>;

/**
 * The pattern of outcomes of the focal entity X: P 0 always wins, 1 always loses, 2 wins all but one, 3 loses all but one;
 * C 0 always the same partners, 1 mostly different partners; R 0 everybody rotates across teams, 1 fixed teams (except X when C = 1);
 * teamSize 1 (one-on-one) to 9. Source: ppt §1.2.
 */
export const motifSchema = z.strictObject({
  P: z.number().int().min(0).max(3),
  C: z.number().int().min(0).max(1),
  R: z.number().int().min(0).max(1),
  teamSize: z.number().int().min(1).max(9),
});
export type Motif = z.infer<typeof motifSchema>;

/** A motif cell (P, C, R) as text, `1,1,0`: the unit of splitting. */
export const motifCell = (motif: Motif): string => `${motif.P},${motif.C},${motif.R}`;

/** Somebody's episodic factor in an event seemed high or low to those who were there. */
export const remarkSchema = z.strictObject({ entity: z.string(), factor: z.string(), isHigh: z.boolean() });

/**
 * An observed event: `text` as people read it, and the same as data (the first side of `sides` won when `winner` is 0; `remark` is on
 * somebody in the same event).
 */
export const conditionSchema = z.strictObject({
  text: z.string().min(1).max(2000),
  event: z.string().optional(),
  sides: z.tuple([z.array(z.string()), z.array(z.string())]).optional(),
  winner: z.union([z.literal(0), z.literal(1)]).optional(),
  remark: remarkSchema.optional(),
});
export type Condition = z.infer<typeof conditionSchema>;

export const scenarioSchema = z.strictObject({
  id: scenarioIdSchema,
  domain: z.enum(['sports', 'healthcare', 'general']),
  subdomain: z.string(),
  style: z.enum(['structured', 'free-form']),
  motif: motifSchema.optional(),
  /** The focal entity X of the motif. */
  focal: z.string().optional(),
  background: z.string().min(1).max(10_000),
  conditions: z.array(conditionSchema).max(50),
  queries: z.array(querySchema).min(1).max(20),
  /** Source text in the WebPPL subset: returns one number per query id, in the units of QUERY_KINDS. */
  program: z.string().max(200_000).optional(),
  source: z.enum(['built-in', 'llm', 'imported', 'human']),
  seed: z.number().int().optional(),
});
export type Scenario = z.infer<typeof scenarioSchema>;
