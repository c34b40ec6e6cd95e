/**
 * Synthesis of many scenarios: each becomes a scenario with a validated program or a rejection with its reason. Results are written in the
 * order of the scenarios once all are there; until then everything lies in the queue, from which a stopped run goes on.
 */
import { join } from 'node:path';
import { PROMPTS_VERSION } from '../../engine/scenario/synthesis/prompts.ts';
import {
  rejection,
  type SynthesisResult,
  type SynthesisSettings,
  synthesisResultSchema,
  synthesizeProgram,
} from '../../engine/scenario/synthesis/synthesize.ts';
import { InternalError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import { version } from '../resources.ts';
import type { Spending } from '../store/languageQueue.ts';
import type { InferenceRunner } from './datasetBuild.ts';
import { fingerprint, writeWhole } from './datasetFiles.ts';
import { type LanguageJob, runLanguageJobs } from './languageJobs.ts';
import { type LanguageOptions, type LanguageSession, withLanguage } from './languageSession.ts';
import { createLineFiles } from './lineFiles.ts';
import { createLossTally, type Losses } from './lossTally.ts';

export type SynthesisOptions = LanguageOptions & {
  /** Gives the scenarios, in the same order every time. */
  readonly scenarios: () => AsyncIterable<Scenario>;
  readonly total: number;
  readonly outDir: string;
  readonly pool: InferenceRunner;
  readonly settings: SynthesisSettings;
  /** Try again what failed in an earlier run. */
  readonly retryFailed?: boolean;
};

export type SynthesisSummary = {
  readonly folder: string;
  readonly losses: Losses;
  readonly spending: Spending;
  readonly settings: SynthesisSettings;
  readonly languageModel: string;
  readonly engineVersion: string;
  readonly promptsVersion: number;
};

export const SYNTHESIS_FILES = ['scenarios.jsonl', 'rejected.jsonl', 'verdicts.jsonl'] as const;
const SUMMARY_FILE = 'synthesis.json';
/** Jobs that wait for inference should not keep the service idle. */
const JOBS_PER_PLACE = 2;

async function* jobsOf(
  options: SynthesisOptions,
  { asker }: LanguageSession,
): AsyncGenerator<LanguageJob<SynthesisResult>> {
  const { provider, settings, pool } = options;
  for await (const scenario of options.scenarios())
    yield {
      id: scenario.id,
      inputs: fingerprint({
        scenario,
        settings,
        endpoint: provider.endpoint,
        prompts: PROMPTS_VERSION,
        engine: version(),
      }),
      work: (signal) =>
        synthesizeProgram(
          scenario,
          {
            ask: (question) => asker.ask(question, signal),
            run: (source, inference) =>
              pool.run({ source, file: `${scenario.id}.wppl`, options: inference }, { signal }),
          },
          settings,
        ),
      givenUp: (reason) => rejection(scenario, 'service', reason),
    };
}

const isRejected = (result: SynthesisResult): boolean => result.kind === 'rejected';

/** A finished job's result. Throws InternalError where it is missing: every job ends exactly once before results are written. */
function resultOf({ queue }: LanguageSession, id: string): SynthesisResult {
  const stored = queue.jobOf(id);
  if (!stored) throw new InternalError(`the job ${id} has no result`);
  return synthesisResultSchema.parse(JSON.parse(stored.result));
}

async function writeResults(options: SynthesisOptions, session: LanguageSession): Promise<SynthesisSummary> {
  const { outDir, settings, provider } = options;
  const files = await createLineFiles(outDir, SYNTHESIS_FILES);
  const tally = createLossTally();
  try {
    for await (const { id, domain, motif } of options.scenarios()) {
      const result = resultOf(session, id);
      const place = { domain, motifCell: motif ? motifCell(motif) : null };
      const failed = result.verdicts.filter(({ status }) => status === 'failed').map(({ check }): string => check);
      if (result.kind === 'accepted') {
        const { scenario, kind: _, ...rest } = result;
        tally.addKept(place);
        await files.append('scenarios.jsonl', JSON.stringify(scenario));
        await files.append('verdicts.jsonl', JSON.stringify({ scenarioId: id, ...rest }));
      } else {
        tally.addLost(place, failed.length > 0 ? failed : [result.stage]);
        await files.append('rejected.jsonl', JSON.stringify(result));
      }
    }
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  }
  const summary: SynthesisSummary = {
    folder: outDir,
    losses: tally.result(),
    spending: session.queue.spending(),
    settings,
    languageModel: provider.endpoint.languageModel,
    engineVersion: version(),
    promptsVersion: PROMPTS_VERSION,
  };
  await writeWhole(join(outDir, SUMMARY_FILE), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}

/** Synthesizes programs into `outDir`. Called again with the same scenarios it goes on. Throws UserError for what stops all jobs. */
export function synthesizeScenarios(options: SynthesisOptions, control: RunControl = {}): Promise<SynthesisSummary> {
  return withLanguage(options.outDir, options, async (session) => {
    if (options.retryFailed)
      session.queue.reopen((result) => isRejected(synthesisResultSchema.parse(JSON.parse(result))));
    await runLanguageJobs(
      {
        ...session,
        jobs: jobsOf(options, session),
        total: options.total,
        window: JOBS_PER_PLACE * (options.concurrency ?? 8),
        stage: 'synthesize',
        isFailed: isRejected,
      },
      control,
    );
    return writeResults(options, session);
  });
}
