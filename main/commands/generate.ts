/** `credence generate`: scenarios with their programs from the built-in generator, or scenarios without one from a language model. */
import { checkScenario } from '../../engine/scenario/checker.ts';
import { generateScenarios } from '../../engine/scenario/generate.ts';
import { parseCells } from '../../engine/scenario/motifs.ts';
import { InternalError, UserError } from '../../shared/errors.ts';
import type { Scenario } from '../../shared/scenario.ts';
import { describeLosses } from '../jobs/lossTally.ts';
import { type ScenarioCount, writeScenarios } from '../jobs/scenarioFiles.ts';
import { writeLanguageScenarios } from '../jobs/writtenScenarios.ts';
import { defineCommand } from './command.ts';
import { LANGUAGE_FLAGS, languageOptions, spendingText } from './languageFlags.ts';
import { createProgressBar } from './progressBar.ts';

const DEFAULT_SEED = 1;

/** Team sizes from text such as `2,3,4`. Throws UserError on anything else. */
function parseTeamSizes(text: string): number[] {
  return text.split(',').map((part) => {
    if (!/^\s*[1-9]\s*$/.test(part))
      throw new UserError(`--team-sizes: expected whole numbers of 1–9, received "${part}"`);
    return Number(part);
  });
}

export const generate = defineCommand({
  name: 'generate',
  summary: 'Write scenarios with the programs that answer them',
  positionals: [],
  options: {
    domain: {
      type: 'string',
      choices: ['sports', 'healthcare', 'general'],
      description: 'what the scenarios are about; sports if absent',
    },
    count: { type: 'number', integer: true, min: 1, max: 1_000_000, description: 'how many' },
    style: {
      type: 'string',
      choices: ['structured', 'free-form'],
      description: 'headed sections, or one of several kinds of document',
    },
    cells: { type: 'string', placeholder: 'P,C,R;…', description: 'only these motif cells; all 16 if absent' },
    'team-sizes': { type: 'string', placeholder: 'N,…', description: 'only these team sizes, 1–9; 2–9 if absent' },
    generator: {
      type: 'string',
      choices: ['builtin', 'llm'],
      description:
        'builtin needs no network; llm asks a language model, and credence synthesize then writes the programs',
    },
    ...LANGUAGE_FLAGS,
    repairs: {
      type: 'number',
      integer: true,
      min: 0,
      max: 10,
      description: 'llm: times a text may be sent back; 2 if absent',
    },
    seed: { type: 'number', integer: true, min: 0, max: 2 ** 31, description: `seed; ${DEFAULT_SEED} if absent` },
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write scenarios.jsonl into' },
    json: { type: 'boolean', description: 'print the counts as JSON' },
  },
  async run(values, _positionals, context) {
    const { count, out, seed = DEFAULT_SEED } = values;
    if (count === undefined || out === undefined)
      throw new UserError(`generate: --${count === undefined ? 'count' : 'out'} is missing`, {
        hint: 'credence generate --domain sports --count 100 --out scenarios',
      });
    const wanted = {
      domain: domainOf(values.domain),
      style: values.style === 'free-form' ? ('free-form' as const) : ('structured' as const),
      count,
      seed,
      cells: values.cells === undefined ? undefined : parseCells(values.cells),
      teamSizes: values['team-sizes'] === undefined ? undefined : parseTeamSizes(values['team-sizes']),
    };
    const bar = createProgressBar(context);
    try {
      if (values.generator === 'llm') {
        const options = {
          ...languageOptions('generate', values),
          ...wanted,
          repairs: values.repairs ?? 2,
          outDir: out,
        };
        const summary = await writeLanguageScenarios(options, { onProgress: bar.report, signal: context.signal });
        bar.finish();
        const { losses, spending, folder } = summary;
        const text = `${describeLosses(losses)}\n${spendingText(spending)}\n${folder}\n`;
        context.out(values.json ? `${JSON.stringify({ ...summary, seed })}\n` : text);
        return;
      }
      const scenarios = generateScenarios(wanted);
      const written = await writeScenarios(
        'generate',
        out,
        { values: checked(scenarios), total: count },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      if (values.json) context.out(`${JSON.stringify({ ...written, seed })}\n`);
      else context.out(describeWritten(written, seed));
    } finally {
      bar.finish();
    }
  },
});

/** How many scenarios show each cell. Every one has passed the checker. */
function describeWritten({ folder, count, cells }: ScenarioCount, seed: number): string {
  const rows = Object.entries(cells)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cell, number]) => `${cell.padEnd(14)}${String(number).padStart(10)}`);
  const head = `${'cell P,C,R'.padEnd(14)}${'scenarios'.padStart(10)}`;
  return `${[head, ...rows, '', `${count} scenarios, all checked, in ${folder} (seed ${seed})`].join('\n')}\n`;
}

/** The scenarios, each held against what it claims. Throws InternalError at the first that is not what it claims. */
function* checked(scenarios: Iterable<Scenario>): Generator<Scenario> {
  for (const scenario of scenarios) {
    const [fault] = checkScenario(scenario);
    if (fault)
      throw new InternalError(`generated scenario ${scenario.id} fails its check of ${fault.check}: ${fault.message}`);
    yield scenario;
  }
}

function domainOf(text: string | undefined): 'sports' | 'healthcare' | 'general' {
  return text === 'healthcare' || text === 'general' ? text : 'sports';
}
