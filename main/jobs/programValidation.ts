/** Validation of many programs: scenarios with programs in, those that pass every check out, the others with their reason; a verdict per check of each. */
import { join } from 'node:path';
import { DOMAINS } from '../../engine/scenario/domains/index.ts';
import type { FactorEffects } from '../../engine/scenario/synthesis/behaviourCheck.ts';
import { rejection } from '../../engine/scenario/synthesis/synthesize.ts';
import { validateProgram } from '../../engine/scenario/synthesis/validate.ts';
import { isAccepted, type Verdict } from '../../engine/scenario/synthesis/verdict.ts';
import { CancelledError } from '../../shared/errors.ts';
import type { RunControl } from '../../shared/progress.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import type { InferenceRunner } from './datasetBuild.ts';
import { createFolder, writeWhole } from './datasetFiles.ts';
import { createLineFiles } from './lineFiles.ts';
import { createLossTally, type Losses } from './lossTally.ts';

export type ValidationJob = {
  readonly scenarios: AsyncIterable<Scenario>;
  readonly total: number;
  readonly outDir: string;
  readonly pool: InferenceRunner;
  readonly seed: number;
};

export type ValidationSummary = { readonly folder: string; readonly seed: number; readonly losses: Losses };

const OPERATION = 'dataset validate';
const FILES = ['scenarios.jsonl', 'rejected.jsonl', 'verdicts.jsonl'] as const;
/** Programs under way at any time. */
const WINDOW = 8;

/** How the factors work, as the built-in lists say; nothing is known of a subject of somebody else's. */
function effectsFor({ domain, subdomain, source }: Scenario): FactorEffects {
  const subject = source === 'built-in' ? DOMAINS[domain].find(({ name }) => name === subdomain) : undefined;
  return Object.fromEntries(
    (subject?.episodic ?? []).map(({ name, helps }) => [name, helps ? ('helps' as const) : ('hurts' as const)]),
  );
}

/** Validates every program and writes the three files, in the order of the scenarios. Nothing has its name before all are there. */
export async function validatePrograms(job: ValidationJob, control: RunControl = {}): Promise<ValidationSummary> {
  const { outDir, pool, seed, total } = job;
  await createFolder(outDir);
  const files = await createLineFiles(outDir, FILES);
  const tally = createLossTally();
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(control.signal ? [control.signal] : [])]);
  const pending: Promise<{ scenario: Scenario; verdicts: Verdict[] }>[] = [];
  let done = 0;
  const start = async (scenario: Scenario): Promise<{ scenario: Scenario; verdicts: Verdict[] }> => ({
    scenario,
    verdicts: await validateProgram(
      scenario,
      (source, options) => pool.run({ source, file: `${scenario.id}.wppl`, options }, { signal }),
      { seed, effects: effectsFor(scenario) },
    ),
  });
  const writeNext = async (): Promise<void> => {
    if (signal.aborted) throw new CancelledError(OPERATION);
    const next = await pending.shift();
    if (!next) return;
    const { scenario, verdicts } = next;
    const place = { domain: scenario.domain, motifCell: scenario.motif ? motifCell(scenario.motif) : null };
    const failed = verdicts.filter(({ status }) => status === 'failed');
    await files.append('verdicts.jsonl', JSON.stringify({ scenarioId: scenario.id, verdicts }));
    if (isAccepted(verdicts)) {
      tally.addKept(place);
      await files.append('scenarios.jsonl', JSON.stringify(scenario));
    } else {
      const reason = failed.map(({ check, message }) => `${check}: ${message}`).join('; ');
      tally.addLost(
        place,
        failed.map(({ check }) => check),
      );
      await files.append('rejected.jsonl', JSON.stringify(rejection(scenario, 'program', reason, verdicts)));
    }
    done++;
    control.onProgress?.({ stage: OPERATION, done, total, unit: 'programs', figures: { lost: tally.result().lost } });
  };
  try {
    for await (const scenario of job.scenarios) {
      const result = start(scenario);
      result.catch(() => undefined);
      pending.push(result);
      if (pending.length >= WINDOW) await writeNext();
    }
    while (pending.length > 0) await writeNext();
    await files.finish();
  } catch (error) {
    await files.abandon();
    throw error;
  } finally {
    failure.abort();
    await Promise.allSettled(pending);
  }
  const summary: ValidationSummary = { folder: outDir, seed, losses: tally.result() };
  await writeWhole(join(outDir, 'validation.json'), `${JSON.stringify(summary, null, 2)}\n`);
  return summary;
}
