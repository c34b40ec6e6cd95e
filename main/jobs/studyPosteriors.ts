/** The posteriors of a study: every scenario's program is run, and must answer every query of the scenario with numbers. */
import type { Posteriors } from '../../engine/study/simulatedParticipant.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { Study } from '../../shared/study.ts';
import type { InferencePool } from '../processes/inferencePool.ts';

export type PosteriorOptions = { readonly precision: number; readonly seed: number };

function programOf(study: Study, scenario: Scenario): string {
  if (scenario.program !== undefined) return scenario.program;
  throw new UserError(`study ${study.slug}: scenario ${scenario.id} has no program`, {
    hint: `put it in programs/${scenario.id}.wppl`,
    location: { path: scenario.id },
  });
}

function checkQueries(study: Study, scenario: Scenario, posterior: Posterior): void {
  for (const { id } of scenario.queries)
    if (!posterior.queries[id]?.bins)
      throw new UserError(
        `study ${study.slug}: the program of scenario ${scenario.id} gives no number for query ${id}`,
        {
          hint: `it returns ${Object.keys(posterior.queries).join(', ')}; a program returns one number per query id`,
          location: { path: `${scenario.id}/${id}` },
        },
      );
}

/**
 * The posterior of every scenario, by id. The seed of each program is `seed`. Throws UserError on a scenario without a program, a program
 * with a fault, and one that leaves a query without numbers; CancelledError when stopped.
 */
export async function studyPosteriors(
  pool: InferencePool,
  study: Study,
  options: PosteriorOptions,
  { onProgress, signal }: RunControl = {},
): Promise<Record<string, Posterior> & Posteriors> {
  let done = 0;
  const entries = await Promise.all(
    study.scenarios.map(async (scenario): Promise<[string, Posterior]> => {
      const job = { source: programOf(study, scenario), file: `programs/${scenario.id}.wppl`, options };
      const posterior = await pool.run(job, { signal });
      if (signal?.aborted) throw new CancelledError('study');
      checkQueries(study, scenario, posterior);
      done++;
      onProgress?.({ stage: 'programs', done, total: study.scenarios.length, unit: 'scenarios' });
      return [scenario.id, posterior];
    }),
  );
  return Object.fromEntries(entries);
}
