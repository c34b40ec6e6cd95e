/** Dataset records: the lines a labelled scenario gives, one per query, from its posterior and the program's own prior. */

import { z } from 'zod';
import type { DatasetSettings } from '../../shared/dataset.ts';
import { InternalError } from '../../shared/errors.ts';
import { posteriorSchema } from '../../shared/posterior.ts';
import { motifCell, type Query, type Scenario, scenarioSchema } from '../../shared/scenario.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { newQueryOf, splitOf } from './split.ts';
import { answerText, toTrainingTarget } from './target.ts';

/** A posterior without what differs from run to run. */
export const storedPosteriorSchema = posteriorSchema.omit({ seconds: true, executionsPerSecond: true });
export type StoredPosterior = Readonly<z.infer<typeof storedPosteriorSchema>>;

/** A scenario with its labels; `prior` answers the same queries without the conditions. */
export const labelledScenarioSchema = z.object({
  scenario: scenarioSchema,
  posterior: storedPosteriorSchema,
  prior: storedPosteriorSchema.nullable(),
});
export type LabelledScenario = Readonly<z.infer<typeof labelledScenarioSchema>>;

/** The two parts of a prompt; given by the scenario side, which training does not import. */
export type PromptRenderer = (scenario: Scenario, query: Query) => { context: string; question: string };

function priorOf(prior: StoredPosterior | null, queryId: string): Pick<DatasetRecord, 'priorMean' | 'priorBins'> {
  const found = prior?.queries[queryId];
  if (!found || found.mean === null || found.bins === null) return {};
  return { priorMean: found.mean, priorBins: found.bins };
}

/** A record, and whether it is the held-out query of a training scenario (its split is then `test`). */
export type PlacedRecord = { readonly record: DatasetRecord; readonly isNewQuery: boolean };

/** The records of one labelled scenario, in the order of its queries. Its labels must have passed `findLabelFaults`. */
export function datasetRecords(
  { scenario, posterior, prior }: LabelledScenario,
  settings: Pick<DatasetSettings, 'target' | 'holdOut' | 'seed'>,
  renderPrompt: PromptRenderer,
): PlacedRecord[] {
  const split = splitOf(scenario, settings);
  const newQuery = settings.holdOut.queries && split === 'train' ? newQueryOf(scenario, settings.seed) : -1;
  return scenario.queries.map((query, index): PlacedRecord => {
    const isNewQuery = index === newQuery;
    const answer = posterior.queries[query.id];
    const { bins, mean } = toTrainingTarget(answer, settings.target);
    if (answer.sd === null || answer.mcse === null)
      throw new InternalError(`${scenario.id} ${query.id} has no sd or mcse`);
    const record: DatasetRecord = {
      scenarioId: scenario.id,
      queryId: query.id,
      kind: query.kind,
      motifCell: scenario.motif ? motifCell(scenario.motif) : null,
      split: isNewQuery ? 'test' : split,
      ...renderPrompt(scenario, query),
      answer: answerText(mean),
      bins,
      mean,
      sd: answer.sd,
      mcse: answer.mcse,
      ...priorOf(prior, query.id),
    };
    return { record, isNewQuery };
  });
}
