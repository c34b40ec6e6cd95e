/** A process that runs language jobs to their end, to be killed on the way: `node jobProcess.ts OPTIONS`, where OPTIONS is JSON. */
import { askDirectly } from '../../../main/jobs/directAnswers.ts';
import { readScenarios } from '../../../main/jobs/scenarioFiles.ts';
import { synthesizeScenarios } from '../../../main/jobs/synthesis.ts';
import { chooseProvider } from '../../../main/language/provider.ts';
import { createInferencePool } from '../../../main/processes/inferencePool.ts';

export type JobProcessOptions = {
  readonly kind: 'answers' | 'synthesis';
  readonly scenarios: string;
  readonly total: number;
  readonly outDir: string;
  readonly baseUrl: string;
};

const { kind, scenarios, total, outDir, baseUrl }: JobProcessOptions = JSON.parse(process.argv[2]);
const language = {
  provider: chooseProvider('test', { protocol: 'openai-compatible', languageModel: 'tiny', baseUrl }),
  readKey: () => undefined,
  concurrency: 8,
  patience: { attempts: 20, baseMs: 5, largestMs: 50 },
  timeoutMs: 3000,
};
const from = { scenarios: () => readScenarios('test', scenarios), total, outDir };
if (kind === 'answers') await askDirectly({ ...language, ...from, samples: 1, temperature: 0 });
else {
  const pool = createInferencePool({ workers: 2 });
  await synthesizeScenarios({ ...language, ...from, pool, settings: { seed: 1, programs: 1, repairs: 1 } });
  await pool.stop();
}
process.exit(0);
