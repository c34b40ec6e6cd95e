/** `credence logprobs`: log-probabilities of the answers 0–100 after each prompt. */
import { UserError } from '../../shared/errors.ts';
import { promptLogProbs } from '../processes/trainingRunner.ts';
import { defineCommand } from './command.ts';
import { DEVICE_OPTIONS, deviceOf } from './deviceOptions.ts';
import { createProgressBar } from './progressBar.ts';

export const logprobsCommand = defineCommand({
  name: 'logprobs',
  summary: 'print what a transformer thinks of the answers 0–100 after each prompt',
  positionals: [],
  options: {
    model: { type: 'string', description: 'Hugging Face folder of the transformer', placeholder: 'DIR' },
    adapter: { type: 'string', description: 'adapter folder', placeholder: 'DIR' },
    prompts: {
      type: 'string',
      description: 'lines {"prompt": text} (asked as a chat, answered from "<" on) or {"ids": [...]} (as they are)',
      placeholder: 'FILE.jsonl',
    },
    ...DEVICE_OPTIONS,
    json: { type: 'boolean', description: 'print one JSON line per prompt with all 101 log-probabilities' },
  },
  run: async ({ model, adapter, prompts, backend, threads, weights, json }, _positionals, context) => {
    if (!model || !prompts)
      throw new UserError(`logprobs: --${model ? 'prompts' : 'model'} is missing`, {
        hint: 'credence logprobs --help',
      });
    const bar = createProgressBar(context);
    const device = deviceOf({ backend, threads, weights });
    const lines = await promptLogProbs(
      { transformer: model, adapter: adapter ?? null, prompts, device },
      { signal: context.signal, onProgress: bar.report },
    ).finally(bar.finish);
    for (const line of lines) {
      const { mean, sd, total } = line;
      const text = `mean ${mean.toFixed(2)}  sd ${sd.toFixed(2)}  on the answers ${(100 * Math.exp(total)).toFixed(1)} %`;
      context.out(`${json ? JSON.stringify(line) : text}\n`);
    }
  },
});
