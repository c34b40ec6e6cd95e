/** `credence study validate`: reads a study, runs its programs, and says what each answers. */
import { availableParallelism } from 'node:os';
import { findStudyAdvice } from '../../engine/study/check/checkStudy.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { Study } from '../../shared/study.ts';
import { studyPosteriors } from '../jobs/studyPosteriors.ts';
import { createInferencePool } from '../processes/inferencePool.ts';
import { version } from '../resources.ts';
import { loadStudy } from '../studies.ts';
import { type CommandContext, defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const DEFAULT_PRECISION = 1;
const DEFAULT_SEED = 1;

/** The study in `folder` with the posteriors of its programs, progress shown on the terminal. */
export async function runStudyPrograms(
  folder: string,
  values: { readonly precision?: number; readonly seed?: number },
  context: CommandContext,
): Promise<{ study: Study; posteriors: Record<string, Posterior>; seed: number; precision: number }> {
  const study = loadStudy(folder);
  const options = { precision: values.precision ?? DEFAULT_PRECISION, seed: values.seed ?? DEFAULT_SEED };
  const pool = createInferencePool({ workers: availableParallelism(), engineVersion: version() });
  const bar = createProgressBar(context);
  try {
    const control = { onProgress: bar.report, signal: context.signal };
    return { study, posteriors: await studyPosteriors(pool, study, options, control), ...options };
  } finally {
    bar.finish();
    await pool.stop();
  }
}

function describe(study: Study, posteriors: Readonly<Record<string, Posterior>>): string {
  const rows = study.scenarios.map((scenario) => {
    const { queries, method } = posteriors[scenario.id];
    const means = scenario.queries.map(({ id }) => `${id} ${queries[id].mean?.toFixed(1)}`);
    return `  ${scenario.id}  ${means.join('  ')}  (${method})`;
  });
  const queries = study.scenarios.reduce((sum, scenario) => sum + scenario.queries.length, 0);
  return `${study.title}, version ${study.version}: ${study.scenarios.length} scenarios, ${queries} queries, every program answers\n${rows.join('\n')}\n`;
}

export const studyValidateCommand = defineCommand({
  name: 'study validate',
  summary: 'Check a study and run its programs',
  positionals: ['STUDY'],
  options: {
    precision: { type: 'number', min: 0.01, description: 'standard error wanted of every mean, in points (1)' },
    seed: { type: 'number', integer: true, description: 'seed of every program (1)' },
    json: { type: 'boolean', description: 'print the posteriors as JSON' },
  },
  async run(values, [folder], context) {
    const { study, posteriors, seed, precision } = await runStudyPrograms(folder, values, context);
    context.out(
      values.json
        ? `${JSON.stringify({ study: study.slug, version: study.version, seed, precision, posteriors })}\n`
        : describe(study, posteriors),
    );
    for (const advice of findStudyAdvice(study)) context.err(`advice: ${advice}\n`);
    for (const [id, { warnings }] of Object.entries(posteriors))
      for (const warning of warnings) context.err(`warning: ${id}: ${warning}\n`);
  },
});
