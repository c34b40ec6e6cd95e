/** The runs of a training job: one, or one for each learning rate and seed, each in a folder of its own. */
import { UserError } from '../../../shared/errors.ts';
import { folderNameSchema, type JobInput } from '../../../shared/job.ts';
import type { TrainConfig } from '../../../shared/training.ts';

export type SweepRun = { readonly name: string; readonly config: TrainConfig };

/** `5e-4`, `1p5e-4`: a learning rate as a part of a folder's name. */
const rateName = (rate: number): string => rate.toExponential().replace('.', 'p').replace('+', '');

/** The runs of a job in order: every learning rate for the first seed, then for the next. Throws UserError for a name that would get too long. */
export function sweepRuns({ name, config, sweep }: JobInput<'train'>): SweepRun[] {
  if (!sweep) return [{ name, config }];
  const [rates, seeds] = [[...new Set(sweep.rates)], [...new Set(sweep.seeds)]];
  return seeds.flatMap((seed) =>
    rates.map((learningRate) => {
      const parts = [rates.length > 1 ? `-lr${rateName(learningRate)}` : '', seeds.length > 1 ? `-seed${seed}` : ''];
      const full = `${name}${parts.join('')}`;
      if (!folderNameSchema.safeParse(full).success)
        throw new UserError(`the run ${full} cannot have this name`, { hint: 'choose a shorter name for the sweep' });
      return { name: full, config: { ...config, learningRate, seed } };
    }),
  );
}
