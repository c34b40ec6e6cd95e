/** `credence dataset merge`: the shards of one build put together. */
import { UserError } from '../../shared/errors.ts';
import { mergeDatasets } from '../jobs/datasetMerge.ts';
import { defineCommand } from './command.ts';
import { describeDataset } from './datasetReport.ts';
import { createProgressBar } from './progressBar.ts';

export const datasetMerge = defineCommand({
  name: 'dataset merge',
  summary: 'Put the shards of one dataset together',
  positionals: ['DIR…'],
  options: {
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write' },
    json: { type: 'boolean', description: 'print the manifest as JSON' },
  },
  async run(values, positionals, context) {
    if (values.out === undefined)
      throw new UserError('dataset merge: --out is missing', {
        hint: 'credence dataset merge part1 part2 --out dataset',
      });
    const bar = createProgressBar(context);
    try {
      const summary = await mergeDatasets(positionals, values.out, { onProgress: bar.report, signal: context.signal });
      bar.finish();
      context.out(values.json ? `${JSON.stringify(summary)}\n` : describeDataset(summary));
    } finally {
      bar.finish();
    }
  },
});
