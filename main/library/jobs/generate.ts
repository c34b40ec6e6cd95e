/** The job that fills the library from the built-in generator. */
import { checkScenario } from '../../../engine/scenario/checker.ts';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { parseCells } from '../../../engine/scenario/motifs.ts';
import { CancelledError, InternalError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import type { JobContext } from './jobContext.ts';

/** Made between two looks at the rest of the application: a few milliseconds' work. */
const BATCH = 25;

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The scenarios, all made before any is kept: a cancelled job leaves the library as it was. */
async function makeScenarios(input: JobInput<'generate'>, control: RunControl): Promise<Scenario[]> {
  const { domain, style, count, seed, cells, teamSizes } = input;
  const made: Scenario[] = [];
  const source = generateScenarios({
    domain,
    style,
    count,
    seed,
    teamSizes,
    cells: cells === undefined ? undefined : parseCells(cells),
  });
  for (const scenario of source) {
    const [fault] = checkScenario(scenario);
    if (fault)
      throw new InternalError(`generated scenario ${scenario.id} fails its check of ${fault.check}: ${fault.message}`);
    made.push(scenario);
    if (made.length % BATCH > 0) continue;
    if (control.signal?.aborted) throw new CancelledError('generate');
    control.onProgress?.({ stage: 'generate', done: made.length, total: count, unit: 'scenarios' });
    await breathe();
  }
  return made;
}

/** Generates scenarios into the library; one edit, so one undo. */
export async function runGenerate(
  { library }: JobContext,
  input: JobInput<'generate'>,
  control: RunControl,
): Promise<string> {
  const made = await makeScenarios(input, control);
  const saved = library.save(`Generate ${made.length} scenarios`, made);
  return `${saved} scenarios`;
}
