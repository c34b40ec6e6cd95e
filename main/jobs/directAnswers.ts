/**
 * Direct answers: a language model asked each query itself, in the words a transformer is trained on, some times over. The baseline that
 * programs and adapters are compared with; also a training target. **Source:** ppt §3.6. An answer that is no number is asked again.
 */
import { join } from 'node:path';
import { renderPrompt } from '../../engine/scenario/prompt.ts';
import { readNumber } from '../../engine/scenario/synthesis/readReply.ts';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { LanguageQuestion } from '../../shared/language.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Query, Scenario } from '../../shared/scenario.ts';
import type { Spending } from '../store/languageQueue.ts';
import { fingerprint } from './datasetFiles.ts';
import { type LanguageJob, runLanguageJobs } from './languageJobs.ts';
import { type LanguageOptions, withLanguage } from './languageSession.ts';
import { createLineFiles } from './lineFiles.ts';

export type DirectAnswersOptions = LanguageOptions & {
  readonly scenarios: () => AsyncIterable<Scenario>;
  /** Queries in all. */
  readonly total: number;
  readonly outDir: string;
  /** Answers per query. */
  readonly samples: number;
  readonly temperature: number;
};

export type DirectAnswersSummary = {
  readonly folder: string;
  readonly answered: number;
  readonly failed: number;
  readonly spending: Spending;
};

const FILES = ['answers.jsonl', 'failed.jsonl'] as const;
const LARGEST_REPLY_TOKENS = 512;
/** Times an unreadable number is asked for again, each with a replicate of its own. */
const TRIES = 3;

type Result = { readonly samples: readonly number[]; readonly reason: string | null };

/** The answers to one query; those that stay unreadable are left out, and said. */
async function answerQuery(
  ask: (question: LanguageQuestion) => Promise<Parameters<typeof readNumber>[0]>,
  { context, question }: ReturnType<typeof renderPrompt>,
  { samples, temperature }: DirectAnswersOptions,
): Promise<Result> {
  const values: number[] = [];
  let reason: string | null = null;
  for (let sample = 0; sample < samples; sample++)
    for (let retry = 0; retry < TRIES; retry++) {
      const replicate = sample + retry * samples;
      const turns = [{ role: 'user' as const, text: `${context}${question}` }];
      const answer = await ask({
        instructions: '',
        turns,
        temperature,
        maxOutputTokens: LARGEST_REPLY_TOKENS,
        replicate,
      });
      try {
        values.push(readNumber(answer));
        break;
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        reason = error.message;
      }
    }
  return { samples: values, reason };
}

const jobId = (scenario: Scenario, query: Query): string => `${scenario.id} ${query.id}`;

/** Asks every query of the scenarios and writes `answers.jsonl`, to be compared. Called again with the same scenarios it goes on. */
export function askDirectly(options: DirectAnswersOptions, control: RunControl = {}): Promise<DirectAnswersSummary> {
  const { provider, samples, temperature, outDir, total } = options;
  const { languageModel } = provider.endpoint;
  return withLanguage(outDir, options, async ({ queue, asker }) => {
    async function* jobs(): AsyncGenerator<LanguageJob<Result>> {
      for await (const scenario of options.scenarios())
        for (const query of scenario.queries) {
          const prompt = renderPrompt(scenario, query);
          yield {
            id: jobId(scenario, query),
            inputs: fingerprint({ prompt, samples, temperature, endpoint: provider.endpoint }),
            work: (signal) => answerQuery((question) => asker.ask(question, signal), prompt, options),
            givenUp: (reason) => ({ samples: [], reason }),
          };
        }
    }
    const isFailed = (result: Result): boolean => result.samples.length === 0;
    const window = options.concurrency ?? 8;
    await runLanguageJobs({ queue, asker, jobs: jobs(), total, window, stage: 'answer', isFailed }, control);
    const files = await createLineFiles(outDir, FILES);
    const counts = { answered: 0, failed: 0 };
    try {
      for await (const scenario of options.scenarios())
        for (const query of scenario.queries) {
          const stored = queue.jobOf(jobId(scenario, query));
          if (!stored) throw new InternalError(`the job ${jobId(scenario, query)} has no result`);
          const result: Result = JSON.parse(stored.result);
          const name = { scenarioId: scenario.id, queryId: query.id };
          const line = { ...name, source: 'external', sourceId: languageModel, samples: result.samples };
          if (isFailed(result)) await files.append('failed.jsonl', JSON.stringify({ ...name, reason: result.reason }));
          else await files.append('answers.jsonl', JSON.stringify(line));
          counts[isFailed(result) ? 'failed' : 'answered']++;
        }
      await files.finish();
    } catch (error) {
      await files.abandon();
      throw error;
    }
    return { folder: join(outDir), ...counts, spending: queue.spending() };
  });
}
