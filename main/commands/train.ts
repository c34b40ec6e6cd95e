/** `credence train`: fine-tunes a transformer on a dataset of posteriors, for one or several learning rates and seeds. */
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { type TrainConfig, trainConfigSchema } from '../../shared/training.ts';
import type { FineTuneResult } from '../processes/trainingMessages.ts';
import { planTraining, runFineTune } from '../processes/trainingRunner.ts';
import { readJsonFile } from '../processes/transformerFolder.ts';
import { type CommandContext, defineCommand, type OptionValues } from './command.ts';
import { DEVICE_OPTIONS } from './deviceOptions.ts';
import { createProgressBar } from './progressBar.ts';
import { describePlan } from './trainPlan.ts';

const OPTIONS = {
  model: { type: 'string', description: 'Hugging Face folder of the transformer', placeholder: 'DIR' },
  data: { type: 'string', description: 'dataset folder', placeholder: 'DIR' },
  out: { type: 'string', description: 'run folder', placeholder: 'DIR' },
  config: { type: 'string', description: 'JSON file of training options; flags win over it', placeholder: 'FILE' },
  target: {
    type: 'string',
    choices: ['distribution', 'mean'],
    description: 'train on the whole posterior or its mean',
  },
  loss: { type: 'string', choices: ['renormalised', 'full'], description: 'over the 101 answers or the vocabulary' },
  rank: { type: 'number', integer: true, min: 1, description: 'rank of the adapter' },
  alpha: { type: 'number', min: 0, description: 'strength of the adapter: alpha / rank' },
  dropout: { type: 'number', min: 0, max: 0.9, description: 'dropout before the adapter' },
  lrs: { type: 'strings', description: 'learning rate; several are each tried', placeholder: 'X' },
  schedule: { type: 'string', choices: ['constant', 'cosine'], description: 'learning-rate schedule' },
  warmup: { type: 'number', integer: true, min: 0, description: 'warm-up steps' },
  epochs: { type: 'number', integer: true, min: 1, description: 'most epochs' },
  steps: { type: 'number', integer: true, min: 1, description: 'most steps' },
  patience: {
    type: 'number',
    integer: true,
    min: 1,
    description: 'epochs without a better validation before stopping',
  },
  batch: { type: 'number', integer: true, min: 1, description: 'scenarios a pass' },
  accumulate: { type: 'number', integer: true, min: 1, description: 'passes a step' },
  seeds: { type: 'strings', description: 'seed; several are each run', placeholder: 'N' },
  ...DEVICE_OPTIONS,
  checkpointing: { type: 'boolean', description: 'recompute activations: less memory, more time' },
  plan: { type: 'boolean', description: 'print the memory a run needs, and run nothing' },
  resume: { type: 'boolean', description: 'continue the run in the folder' },
  json: { type: 'boolean', description: 'print the result as JSON' },
} as const;
type Values = OptionValues<typeof OPTIONS>;

/** Numbers given as separate flags or with commas between. Throws UserError for anything else. */
function numbers(flag: string, texts: readonly string[]): number[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value))
        throw new UserError(`--${flag}: expected numbers, received "${text}"`);
      return value;
    });
}

function required(values: Values, flag: 'model' | 'data' | 'out'): string {
  const value = values[flag];
  if (value === undefined) throw new UserError(`train: --${flag} is missing`, { hint: 'credence train --help' });
  return value;
}

/** The configuration of file and flags, without rate and seed where several are given. Throws UserError naming the option. */
export function trainingConfig(values: Values): TrainConfig {
  const {
    model: _m,
    data: _d,
    out: _o,
    config,
    lrs,
    seeds,
    warmup,
    resume: _r,
    json: _j,
    plan: _p,
    ...options
  } = values;
  // A flag that is not there must not win over the file.
  const flags = { ...options, checkpointing: options.checkpointing || undefined };
  const fromFile = config === undefined ? {} : readJsonFile(config);
  const given = Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
  const [learningRate] = numbers('lrs', lrs);
  const [seed] = numbers('seeds', seeds);
  const parsed = trainConfigSchema.safeParse({
    ...fromFile,
    ...given,
    ...(warmup === undefined ? {} : { warmupSteps: warmup }),
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(seed === undefined ? {} : { seed }),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`train: ${issue.path.join('.')}: ${issue.message}`, { location: { file: config } });
}

/** One run per seed and learning rate; where there is more than one, each in a folder of its own. */
export function planRuns(values: Values): { out: string; config: TrainConfig }[] {
  const base = trainingConfig(values);
  const out = required(values, 'out');
  const rates = numbers('lrs', values.lrs);
  const seeds = numbers('seeds', values.seeds);
  const isSingle = rates.length < 2 && seeds.length < 2;
  return (seeds.length > 0 ? seeds : [base.seed]).flatMap((seed) =>
    (rates.length > 0 ? rates : [base.learningRate]).map((learningRate) => ({
      out: isSingle ? out : join(out, `seed-${seed}-lr-${learningRate}`),
      config: { ...base, seed, learningRate },
    })),
  );
}

type FinishedRun = FineTuneResult & { readonly seed: number; readonly learningRate: number };

async function trainAll(values: Values, context: CommandContext): Promise<FinishedRun[]> {
  const transformer = required(values, 'model');
  const dataset = required(values, 'data');
  const finished: FinishedRun[] = [];
  for (const { out, config } of planRuns(values)) {
    const bar = createProgressBar(context);
    try {
      const request = { transformer, dataset, out, config, resume: values.resume };
      const result = await runFineTune(request, { signal: context.signal, onProgress: bar.report });
      finished.push({ ...result, seed: config.seed, learningRate: config.learningRate });
    } finally {
      bar.finish();
    }
  }
  return finished.sort((a, b) => a.bestMae - b.bestMae);
}

const describe = (run: FinishedRun): string =>
  `validation MAE ${run.bestMae.toFixed(2)} at step ${run.bestStep} of ${run.steps}` +
  `${run.stoppedEarly ? ' (stopped early)' : ''}, seed ${run.seed}, learning rate ${run.learningRate}, ${run.backend}\n  ${run.adapter}\n`;

export const trainCommand = defineCommand({
  name: 'train',
  summary: 'fine-tune a transformer on posteriors',
  positionals: [],
  options: OPTIONS,
  run: async (values, _positionals, context) => {
    if (values.plan) {
      const plan = await planTraining({
        transformer: required(values, 'model'),
        dataset: required(values, 'data'),
        config: trainingConfig(values),
      });
      context.out(values.json ? `${JSON.stringify(plan, null, 2)}\n` : describePlan(plan));
      return;
    }
    const runs = await trainAll(values, context);
    context.out(values.json ? `${JSON.stringify(runs, null, 2)}\n` : runs.map(describe).join(''));
  },
});
