/** Branded ids: strings that cannot be mixed up with one another. */
import { z } from 'zod';

/** Query id: a letter, then at most 31 letters, digits or underscores. Everything joins on (scenario id, query id), never on order. */
export const queryIdSchema = z
  .string()
  .regex(/^[a-zA-Z][a-zA-Z0-9_]{0,31}$/)
  .brand<'QueryId'>();
export type QueryId = z.infer<typeof queryIdSchema>;

/** Scenario id: lower-case letters, digits and hyphens, 1–80 characters; safe as a file name. */
export const scenarioIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,79}$/)
  .brand<'ScenarioId'>();
export type ScenarioId = z.infer<typeof scenarioIdSchema>;
