/**
 * The job that lets a language model write scenarios, and programs for them, into the library. Every question and answer is kept in
 * `written/<name>`: stopped, it goes on without paying twice.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { JobInput } from '../../../shared/job.ts';
import type { RunControl } from '../../../shared/progress.ts';
import { type Scenario, scenarioSchema } from '../../../shared/scenario.ts';
import { readLines } from '../../jobs/lineFiles.ts';
import { readScenarios } from '../../jobs/scenarioFiles.ts';
import { synthesizeScenarios } from '../../jobs/synthesis.ts';
import { writeLanguageScenarios } from '../../jobs/writtenScenarios.ts';
import { parseJson } from '../../jsonFile.ts';
import { chooseProvider } from '../../language/provider.ts';
import type { JobContext } from './jobContext.ts';

const OPERATION = 'generate';
/** Times a reply may be sent back, per stage. */
const REPAIRS = 2;

/** How the service is asked. Throws UserError for an unsafe address, or a cap without prices. */
function languageOf({ readKey }: JobContext, { service, maxCost }: JobInput<'write'>) {
  const { protocol, languageModel, baseUrl, prices } = service;
  const choice = { protocol, languageModel, baseUrl, priceInput: prices?.input, priceOutput: prices?.output };
  const provider = chooseProvider(OPERATION, choice);
  if (maxCost !== undefined && provider.prices === null)
    throw new UserError('a most to spend needs the prices of the service', {
      hint: 'the service lists them in dollars per million tokens read and written',
    });
  return { provider, readKey, maxCost };
}

async function readAll(file: string): Promise<Scenario[]> {
  const scenarios: Scenario[] = [];
  let line = 0;
  for await (const text of readLines(file)) scenarios.push(parseJson(text, scenarioSchema, { file, line: ++line }));
  return scenarios;
}

/** Writes, synthesizes where wanted, and puts what passed every check into the library as one edit. */
export async function runWrite(context: JobContext, input: JobInput<'write'>, control: RunControl): Promise<string> {
  const { library, paths, pool } = context;
  const { name, domain, style, count, seed, hasPrograms } = input;
  const language = languageOf(context, input);
  const folder = join(paths.written, name);
  const [texts, programs] = [join(folder, 'texts'), join(folder, 'programs')];
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const written = await writeLanguageScenarios(
    { ...language, domain, style, count, seed, repairs: REPAIRS, outDir: texts },
    control,
  );
  let spent = written.spending.known + written.spending.possible;
  const lost = Object.entries(written.losses.reasons);
  if (hasPrograms) {
    // What the texts cost counts against the most that may be spent.
    const maxCost = input.maxCost === undefined ? undefined : Math.max(0, input.maxCost - spent);
    const synthesized = await synthesizeScenarios(
      {
        ...language,
        maxCost,
        scenarios: () => readScenarios(OPERATION, texts),
        total: (await readAll(join(texts, 'scenarios.jsonl'))).length,
        outDir: programs,
        pool: pool(),
        settings: { seed, programs: 1, repairs: REPAIRS },
      },
      control,
    );
    spent += synthesized.spending.known + synthesized.spending.possible;
    lost.push(...Object.entries(synthesized.losses.reasons));
  }
  const kept = await readAll(join(hasPrograms ? programs : texts, 'scenarios.jsonl'));
  if (kept.length > 0) library.save(`Write ${kept.length} scenarios`, kept);
  const cost = language.provider.prices === null ? '' : `; $${spent.toFixed(4)} spent`;
  const why = lost.map(([reason, count]) => `${reason} ${count}`);
  return `${kept.length} of ${count} scenarios kept${why.length > 0 ? `; lost at: ${why.join(', ')}` : ''}${cost}`;
}
