/** Where scenarios come from while a run needs them: by index, so that they need not all be in memory. */
import type { DatasetRecord } from '../../shared/training.ts';
import type { PreparedScenario, PromptRecord } from './prepareScenarios.ts';

/** `count` scenarios; `read` gives the same for the same index. */
export type ScenarioSource<Q extends PromptRecord = DatasetRecord> = {
  readonly count: number;
  readonly read: (index: number) => PreparedScenario<Q>;
};

/** Scenarios that are in memory. */
export const scenariosInMemory = <Q extends PromptRecord>(
  scenarios: readonly PreparedScenario<Q>[],
): ScenarioSource<Q> => ({ count: scenarios.length, read: (index) => scenarios[index] });
