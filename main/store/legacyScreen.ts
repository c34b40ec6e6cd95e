/** Screens as sequences stored them before they were planned by reference: whole nodes and whole scenarios, read as the references they stand for. */
import { z } from 'zod';
import { queryIdSchema } from '../../shared/identifiers.ts';
import { type PlannedScreen, plannedScreenSchema } from '../../shared/screen.ts';

const trialIndex = z.number().int();
const legacyScreenSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), trialIndex, node: z.object({ kind: z.string(), id: z.string() }) }),
  z.object({
    kind: z.literal('scenario'),
    trialIndex,
    scenario: z.object({ id: z.string(), queries: z.array(z.object({ id: queryIdSchema })) }),
  }),
]);

/** The node that shows a scenario. */
export type BlockOf = (scenarioId: string) => string;

/** The planned screen in a stored text, whichever form it has. */
export function parseStoredScreen(text: string, blockOf: BlockOf): PlannedScreen {
  const stored: unknown = JSON.parse(text);
  const planned = plannedScreenSchema.safeParse(stored);
  if (planned.success) return planned.data;
  const screen = legacyScreenSchema.parse(stored);
  if (screen.kind === 'text') {
    const { kind, id: nodeId } = screen.node;
    return kind === 'consent'
      ? { kind, nodeId, trialIndex: screen.trialIndex }
      : { kind: 'text', nodeId, trialIndex: screen.trialIndex, page: 0 };
  }
  const { id, queries } = screen.scenario;
  return {
    kind: 'questions',
    trialIndex: screen.trialIndex,
    nodeId: blockOf(id),
    phase: 'main',
    scenarioId: id,
    showsScenario: true,
    queryIds: queries.map((query) => query.id),
  };
}
