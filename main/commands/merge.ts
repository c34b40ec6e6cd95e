/** `credence merge`: a transformer and its adapter as one Hugging Face folder, for programs that know no adapters. */
import { UserError } from '../../shared/errors.ts';
import { mergeTransformer } from '../processes/trainingRunner.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

export const mergeCommand = defineCommand({
  name: 'merge',
  summary: 'write a transformer with its adapter worked in as a Hugging Face folder',
  positionals: [],
  options: {
    model: { type: 'string', description: 'Hugging Face folder of the transformer', placeholder: 'DIR' },
    adapter: { type: 'string', description: 'adapter folder', placeholder: 'DIR' },
    out: { type: 'string', description: 'folder to write', placeholder: 'DIR' },
    json: { type: 'boolean', description: 'print the result as JSON' },
  },
  run: async ({ model, adapter, out, json }, _positionals, context) => {
    if (!model || !adapter || !out)
      throw new UserError(`merge: --${model ? (adapter ? 'out' : 'adapter') : 'model'} is missing`, {
        hint: 'credence merge --help',
      });
    const bar = createProgressBar(context);
    await mergeTransformer(
      { transformer: model, adapter, out },
      { signal: context.signal, onProgress: bar.report },
    ).finally(bar.finish);
    context.out(json ? `${JSON.stringify({ folder: out })}\n` : `${out}\n`);
  },
});
