/** `credence answers`: what a language model answers to the queries itself, without a program. */
import { UserError } from '../../shared/errors.ts';
import { askDirectly } from '../jobs/directAnswers.ts';
import { readScenarios } from '../jobs/scenarioFiles.ts';
import { defineCommand } from './command.ts';
import { LANGUAGE_FLAGS, languageOptions, spendingText } from './languageFlags.ts';
import { createProgressBar } from './progressBar.ts';

const OPERATION = 'answers';

async function countQueries(path: string): Promise<number> {
  let count = 0;
  for await (const { queries } of readScenarios(OPERATION, path)) count += queries.length;
  if (count === 0) throw new UserError(`${OPERATION}: there is no query`, { location: { file: path } });
  return count;
}

export const answers = defineCommand({
  name: OPERATION,
  summary: 'Ask a language model the queries themselves: a baseline to compare with, or to train on',
  positionals: [],
  options: {
    scenarios: { type: 'string', placeholder: 'DIR', description: 'folder with scenarios.jsonl, or a file like it' },
    out: {
      type: 'string',
      placeholder: 'DIR',
      description: 'folder to write answers.jsonl into; a stopped run in it goes on',
    },
    ...LANGUAGE_FLAGS,
    samples: { type: 'number', integer: true, min: 1, max: 1000, description: 'answers per query; 1 if absent' },
    temperature: {
      type: 'number',
      min: 0,
      max: 2,
      description: '0 for the likeliest answer; 0 for one sample, else 1 if absent',
    },
    json: { type: 'boolean', description: 'print the counts as JSON' },
  },
  async run(values, _positionals, context) {
    const { scenarios: from, out, samples = 1 } = values;
    if (from === undefined || out === undefined)
      throw new UserError(`${OPERATION}: --${from === undefined ? 'scenarios' : 'out'} is missing`, {
        hint: 'credence answers --scenarios scenarios --out answers --provider google --language-model NAME',
      });
    const language = languageOptions(OPERATION, values);
    const total = await countQueries(from);
    const bar = createProgressBar(context);
    try {
      const summary = await askDirectly(
        {
          ...language,
          scenarios: () => readScenarios(OPERATION, from),
          total,
          outDir: out,
          samples,
          temperature: values.temperature ?? (samples === 1 ? 0 : 1),
        },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      const { answered, failed, spending, folder } = summary;
      context.out(
        values.json
          ? `${JSON.stringify(summary)}\n`
          : `${answered} queries answered, ${failed} not; ${spendingText(spending)}\n${folder}\n`,
      );
    } finally {
      bar.finish();
    }
  },
});
