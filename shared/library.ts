/** The scenario library of a workspace: what lists show of a scenario, and how they are filtered. */
import { z } from 'zod';
import { scenarioIdSchema } from './identifiers.ts';
import { scenarioSchema } from './scenario.ts';

/**
 * What is known of a scenario's program: `none` it has no program; `unchecked` not run since its last change; `valid` its labels passed
 * every check; `refused` they did not, or the program failed, and `reason` says why.
 */
export const VERDICTS = ['none', 'unchecked', 'valid', 'refused'] as const;
export type Verdict = (typeof VERDICTS)[number];
export const verdictSchema = z.enum(VERDICTS);

/** A scenario as lists show it. `cell` is its motif cell (P,C,R), `excerpt` the beginning of its text. */
export const scenarioEntrySchema = scenarioSchema
  .pick({ id: true, domain: true, subdomain: true, style: true, source: true })
  .extend({
    cell: z.string().nullable(),
    teamSize: z.number().int().nullable(),
    queries: z.number().int(),
    verdict: verdictSchema,
    reason: z.string(),
    excerpt: z.string(),
  });
export type ScenarioEntry = z.infer<typeof scenarioEntrySchema>;

/** Which scenarios: those that have every property that is not null; `search` is looked for in id, texts and queries, whatever its case. */
export const scenarioFilterSchema = z.strictObject({
  search: z.string().max(200),
  domain: scenarioSchema.shape.domain.nullable(),
  style: scenarioSchema.shape.style.nullable(),
  cell: z.string().max(20).nullable(),
  source: scenarioSchema.shape.source.nullable(),
  verdict: verdictSchema.nullable(),
});
export type ScenarioFilter = z.infer<typeof scenarioFilterSchema>;

/** The filter that lets everything through. */
export const EVERY_SCENARIO: ScenarioFilter = {
  search: '',
  domain: null,
  style: null,
  cell: null,
  source: null,
  verdict: null,
};

/** Scenarios to work on: those with these ids, or all a filter lets through. */
export const scenarioSelectionSchema = z.union([
  z.strictObject({ ids: z.array(scenarioIdSchema).min(1).max(10_000) }),
  z.strictObject({ filter: scenarioFilterSchema }),
]);
export type ScenarioSelection = z.infer<typeof scenarioSelectionSchema>;

/** The last change of the library that can be taken back, and the last that was. Null where there is none. */
export const editStateSchema = z.strictObject({ undo: z.string().nullable(), redo: z.string().nullable() });
export type EditState = z.infer<typeof editStateSchema>;
