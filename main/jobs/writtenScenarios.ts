/** Scenarios written by a language model, each read back and held against its motif; those that do not pass are kept with the reason. */
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { MOTIF_CELLS, type MotifCell, motifCycle, TEAM_SIZES } from '../../engine/scenario/motifs.ts';
import { StageFailed } from '../../engine/scenario/synthesis/conversation.ts';
import { PROMPTS_VERSION } from '../../engine/scenario/synthesis/prompts.ts';
import { type Commission, commissionScenario, writeScenario } from '../../engine/scenario/synthesis/writeScenario.ts';
import { InternalError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import type { Spending } from '../store/languageQueue.ts';
import { fingerprint } from './datasetFiles.ts';
import { type LanguageJob, runLanguageJobs } from './languageJobs.ts';
import { type LanguageOptions, withLanguage } from './languageSession.ts';
import { createLineFiles } from './lineFiles.ts';
import { createLossTally, type Losses } from './lossTally.ts';

export type WrittenOptions = LanguageOptions & {
  readonly domain: Scenario['domain'];
  readonly style: Scenario['style'];
  readonly count: number;
  readonly seed: number;
  readonly cells?: readonly MotifCell[];
  readonly teamSizes?: readonly number[];
  readonly repairs: number;
  readonly outDir: string;
};

export type WrittenSummary = { readonly folder: string; readonly losses: Losses; readonly spending: Spending };

type Written = { readonly scenario: Scenario } | { readonly reason: string };

/** The commissions of a run, in order: the motifs in turn, everything else from the seed. */
function* commissionsOf({ domain, style, count, seed, cells, teamSizes }: WrittenOptions): Generator<Commission> {
  const cycle = motifCycle(cells ?? MOTIF_CELLS, teamSizes ?? TEAM_SIZES);
  const stream = createRandom(seed).split('written', domain, style);
  for (let index = 0; index < count; index++) {
    const id = `llm-${domain}-${style}-${seed}-${String(index).padStart(6, '0')}`;
    yield commissionScenario(stream.split(index), { id, domain, style, motif: cycle[index % cycle.length], seed });
  }
}

/** Writes scenarios into `outDir`. Called again with the same options it goes on. Throws UserError for what stops all jobs. */
export function writeLanguageScenarios(options: WrittenOptions, control: RunControl = {}): Promise<WrittenSummary> {
  const { outDir, provider, repairs, count } = options;
  return withLanguage(outDir, options, async ({ queue, asker }) => {
    function* jobs(): Generator<LanguageJob<Written>> {
      for (const commission of commissionsOf(options))
        yield {
          id: commission.id,
          inputs: fingerprint({ commission, repairs, endpoint: provider.endpoint, prompts: PROMPTS_VERSION }),
          work: async (signal) => {
            try {
              return { scenario: await writeScenario((question) => asker.ask(question, signal), commission, repairs) };
            } catch (error) {
              if (error instanceof StageFailed) return { reason: error.message };
              throw error;
            }
          },
          givenUp: (reason) => ({ reason }),
        };
    }
    const isFailed = (result: Written): boolean => 'reason' in result;
    const window = options.concurrency ?? 8;
    await runLanguageJobs({ queue, asker, jobs: jobs(), total: count, window, stage: 'generate', isFailed }, control);
    const files = await createLineFiles(outDir, ['scenarios.jsonl', 'rejected.jsonl']);
    const tally = createLossTally();
    try {
      for (const { id, domain, motif } of commissionsOf(options)) {
        const stored = queue.jobOf(id);
        if (!stored) throw new InternalError(`the job ${id} has no result`);
        const result: Written = JSON.parse(stored.result);
        const place = { domain, motifCell: motifCell(motif) };
        if ('scenario' in result) tally.addKept(place);
        else tally.addLost(place, [result.reason.split(':')[0]]);
        if ('scenario' in result) await files.append('scenarios.jsonl', JSON.stringify(result.scenario));
        else await files.append('rejected.jsonl', JSON.stringify({ scenarioId: id, ...place, reason: result.reason }));
      }
      await files.finish();
    } catch (error) {
      await files.abandon();
      throw error;
    }
    return { folder: join(outDir), losses: tally.result(), spending: queue.spending() };
  });
}
