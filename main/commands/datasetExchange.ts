/** `credence dataset export`, `import` and `relabel`: records to the published shape and back, and labels by somebody's answers. */
import { UserError } from '../../shared/errors.ts';
import { type ExchangeSummary, exportPublished, importPublished } from '../jobs/datasetExchange.ts';
import { relabelDataset } from '../jobs/datasetRelabel.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const describe = ({ records, folder }: Pick<ExchangeSummary, 'records' | 'folder'>): string =>
  `${records.train} training, ${records.validation} validation and ${records.test} test records\n${folder}\n`;

/** The value of a flag that must be there. Throws UserError with an example. */
function required(command: string, name: string, value: string | undefined, example: string): string {
  if (value !== undefined) return value;
  throw new UserError(`${command}: --${name} is missing`, { hint: example });
}

const DATA = {
  type: 'string',
  placeholder: 'DIR',
  description: 'a dataset, as credence dataset build wrote it',
} as const;
const OUT = { type: 'string', placeholder: 'DIR', description: 'folder to write' } as const;
const JSON_FLAG = { type: 'boolean', description: 'print the counts as JSON' } as const;

export const datasetExport = defineCommand({
  name: 'dataset export',
  summary: 'Write a dataset in the published shape {input, output, bins}',
  positionals: [],
  options: {
    data: DATA,
    out: OUT,
    instruction: {
      type: 'string',
      choices: ['bracket', 'plain'],
      description: 'answers in angle brackets, or as bare numbers; bracket if absent',
    },
    json: JSON_FLAG,
  },
  async run(values, _positionals, context) {
    const example = 'credence dataset export --data dataset --out published';
    const data = required('dataset export', 'data', values.data, example);
    const out = required('dataset export', 'out', values.out, example);
    const bar = createProgressBar(context);
    try {
      const instruction = values.instruction === 'plain' ? 'plain' : 'bracket';
      const summary = await exportPublished(data, out, instruction, { onProgress: bar.report, signal: context.signal });
      bar.finish();
      context.out(values.json ? `${JSON.stringify(summary)}\n` : describe(summary));
    } finally {
      bar.finish();
    }
  },
});

export const datasetImport = defineCommand({
  name: 'dataset import',
  summary: 'Read records of the published shape {input, output, bins}',
  positionals: ['DIR'],
  options: {
    map: {
      type: 'string',
      placeholder: 'FILE',
      description:
        'says what each line is: split, line, scenarioId, queryId, kind, motifCell; places.jsonl in DIR if absent',
    },
    out: OUT,
    json: JSON_FLAG,
  },
  async run(values, [from], context) {
    const out = required('dataset import', 'out', values.out, 'credence dataset import published --out records');
    const bar = createProgressBar(context);
    try {
      const map = values.map ?? `${from}/places.jsonl`;
      const summary = await importPublished(from, map, out, { onProgress: bar.report, signal: context.signal });
      bar.finish();
      context.out(values.json ? `${JSON.stringify(summary)}\n` : describe(summary));
    } finally {
      bar.finish();
    }
  },
});

export const datasetRelabel = defineCommand({
  name: 'dataset relabel',
  summary: 'Label a dataset by answers (of a language model, of people) instead of posteriors',
  positionals: [],
  options: {
    data: DATA,
    answers: {
      type: 'string',
      placeholder: 'FILE',
      description: 'answers of one source, as credence answers writes them',
    },
    target: {
      type: 'string',
      choices: ['distribution', 'mean'],
      description: 'all answers given, or their rounded mean; distribution if absent',
    },
    out: OUT,
    json: JSON_FLAG,
  },
  async run(values, _positionals, context) {
    const example = 'credence dataset relabel --data dataset --answers answers/answers.jsonl --out baseline';
    const from = required('dataset relabel', 'data', values.data, example);
    const answersFile = required('dataset relabel', 'answers', values.answers, example);
    const out = required('dataset relabel', 'out', values.out, example);
    const bar = createProgressBar(context);
    try {
      const target = values.target === 'mean' ? 'mean' : 'distribution';
      const summary = await relabelDataset(
        { from, answersFile, out, target },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      context.out(
        values.json
          ? `${JSON.stringify(summary)}\n`
          : `labelled by ${summary.sources.join(', ')}; ${summary.unanswered} records without an answer left out\n${describe(summary)}`,
      );
    } finally {
      bar.finish();
    }
  },
});
