/** The job that runs scenarios' programs and keeps posteriors and verdicts in the library. */
import { availableParallelism } from 'node:os';
import { createRandom } from '../../../engine/random.ts';
import { findTextFaults } from '../../../engine/scenario/textCheck.ts';
import { findLabelFaults } from '../../../engine/training/labelCheck.ts';
import { CancelledError, UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { Posterior } from '../../../shared/posterior.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import type { JobContext } from './jobContext.ts';

const MIN_EFFECTIVE = 200;
const MAX_EXECUTIONS = 5_000_000;

type Found = { readonly reason: string; readonly posterior: Posterior | null };

/** Runs one program; its failure is a finding, a fault of ours is thrown. */
async function judge(
  { pool }: JobContext,
  scenario: Scenario & { readonly program: string },
  goal: { readonly precision: number; readonly seed: number },
  control: RunControl,
): Promise<Found> {
  const [slip] = findTextFaults(scenario);
  if (slip !== undefined) return { reason: slip, posterior: null };
  try {
    const seed = createRandom(goal.seed)
      .split('library', scenario.id)
      .integer(2 ** 31);
    const options = { precision: goal.precision, maxExecutions: MAX_EXECUTIONS, seed };
    const job = { source: scenario.program, file: `${scenario.id}.wppl`, options };
    const posterior = await pool().run(job, { signal: control.signal });
    const demands = { minEffective: MIN_EFFECTIVE, precision: goal.precision };
    const [fault] = findLabelFaults(scenario.queries, posterior, demands);
    return { reason: fault?.message ?? '', posterior };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { reason: error.message, posterior: null };
  }
}

const hasProgram = (scenario: Scenario): scenario is Scenario & { readonly program: string } =>
  scenario.program !== undefined;

/** Runs the selected programs, as many at a time as the machine has cores. */
export async function runPrograms(context: JobContext, input: JobInput<'run'>, control: RunControl): Promise<string> {
  const { library } = context;
  const total = library.count(input.scenarios);
  const scenarios = library.select(input.scenarios);
  const tally = { done: 0, valid: 0, refused: 0, without: 0 };
  const work = async (): Promise<void> => {
    for (const scenario of scenarios) {
      if (control.signal?.aborted) throw new CancelledError('run');
      if (hasProgram(scenario)) {
        const found = await judge(context, scenario, input, control);
        const isValid = found.reason === '';
        library.keepVerdict(scenario, isValid ? 'valid' : 'refused', found);
        tally[isValid ? 'valid' : 'refused']++;
      } else tally.without++;
      tally.done++;
      control.onProgress?.({
        stage: 'programs',
        done: tally.done,
        total,
        unit: 'scenarios',
        figures: { refused: tally.refused },
      });
    }
  };
  // The workers take from one generator, so each scenario is run once.
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  const without = tally.without === 0 ? '' : `, ${tally.without} without a program`;
  return `${tally.valid} valid, ${tally.refused} refused${without}`;
}
