/** `credence synthesize`: programs for scenarios, written by a language model and validated. */
import { availableParallelism } from 'node:os';
import { UserError } from '../../shared/errors.ts';
import { describeLosses } from '../jobs/lossTally.ts';
import { countScenarios, readScenarios } from '../jobs/scenarioFiles.ts';
import { synthesizeScenarios } from '../jobs/synthesis.ts';
import { createInferencePool } from '../processes/inferencePool.ts';
import { defineCommand } from './command.ts';
import { LANGUAGE_FLAGS, languageOptions, spendingText } from './languageFlags.ts';
import { createProgressBar } from './progressBar.ts';

const OPERATION = 'synthesize';
const DEFAULTS = { programs: 1, repairs: 2, seed: 1 } as const;

export const synthesize = defineCommand({
  name: OPERATION,
  summary: 'Let a language model write programs for scenarios, and keep those that pass validation',
  positionals: [],
  options: {
    scenarios: { type: 'string', placeholder: 'DIR', description: 'folder with scenarios.jsonl, or a file like it' },
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write; a stopped run in it goes on' },
    ...LANGUAGE_FLAGS,
    programs: {
      type: 'number',
      integer: true,
      min: 1,
      max: 10,
      description: 'independent programs per scenario, to see how far they agree; 1 if absent',
    },
    repairs: {
      type: 'number',
      integer: true,
      min: 0,
      max: 10,
      description: `times a reply may be sent back, per stage; ${DEFAULTS.repairs} if absent`,
    },
    'retry-failed': { type: 'boolean', description: 'try again what was given up in an earlier run' },
    workers: {
      type: 'number',
      integer: true,
      min: 1,
      max: 256,
      description: 'processes that run programs; one per core if absent',
    },
    seed: {
      type: 'number',
      integer: true,
      min: 0,
      max: 2 ** 31,
      description: 'seed of the validation runs; 1 if absent',
    },
    json: { type: 'boolean', description: 'print the summary as JSON' },
  },
  async run(values, _positionals, context) {
    const { scenarios: from, out } = values;
    if (from === undefined || out === undefined)
      throw new UserError(`${OPERATION}: --${from === undefined ? 'scenarios' : 'out'} is missing`, {
        hint: 'credence synthesize --scenarios scenarios --out programs --provider google --language-model NAME',
      });
    const language = languageOptions(OPERATION, values);
    const total = await countScenarios(OPERATION, from);
    const bar = createProgressBar(context);
    const pool = createInferencePool({ workers: values.workers ?? availableParallelism() });
    try {
      const summary = await synthesizeScenarios(
        {
          ...language,
          scenarios: () => readScenarios(OPERATION, from),
          total,
          outDir: out,
          pool,
          settings: {
            seed: values.seed ?? DEFAULTS.seed,
            programs: values.programs ?? DEFAULTS.programs,
            repairs: values.repairs ?? DEFAULTS.repairs,
          },
          retryFailed: values['retry-failed'],
        },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      context.out(
        values.json
          ? `${JSON.stringify(summary)}\n`
          : `${describeLosses(summary.losses)}\n${spendingText(summary.spending)}\n${summary.folder}\n`,
      );
    } finally {
      bar.finish();
      await pool.stop();
    }
  },
});
