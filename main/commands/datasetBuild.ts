/** `credence dataset build`: labelled training data from scenarios with programs. */
import { availableParallelism } from 'node:os';
import { parseCells } from '../../engine/scenario/motifs.ts';
import { DEFAULT_HOLD_OUT, type HoldOut, parseDomains, parseLevels } from '../../engine/training/split.ts';
import { UserError } from '../../shared/errors.ts';
import { buildDataset } from '../jobs/datasetBuild.ts';
import { countScenarios, readScenarios } from '../jobs/scenarioFiles.ts';
import { parseShard, shardRange, slice } from '../jobs/shards.ts';
import { createInferencePool } from '../processes/inferencePool.ts';
import { defineCommand } from './command.ts';
import { describeDataset } from './datasetReport.ts';
import { createProgressBar } from './progressBar.ts';

const OPERATION = 'dataset build';
const DEFAULT_SEED = 1;

type HoldOutFlags = {
  readonly 'hold-out-cells'?: string;
  readonly 'hold-out-level'?: string;
  readonly 'hold-out-domain'?: string;
  readonly 'hold-out-queries': boolean;
};

/** The default unless a flag says otherwise; a level or a domain alone leaves the default cells out. */
function holdOutOf(flags: HoldOutFlags): HoldOut {
  const { 'hold-out-cells': cells, 'hold-out-level': levels, 'hold-out-domain': domains } = flags;
  const queries = flags['hold-out-queries'];
  if (cells === undefined && levels === undefined && domains === undefined) return { ...DEFAULT_HOLD_OUT, queries };
  return {
    cells: cells === undefined ? [] : parseCells(cells).map(({ P, C, R }) => `${P},${C},${R}`),
    levels: levels === undefined ? [] : parseLevels(levels),
    domains: domains === undefined ? [] : parseDomains(domains),
    queries,
  };
}

export const datasetBuild = defineCommand({
  name: OPERATION,
  summary: 'Label scenarios by their programs and write training data',
  positionals: [],
  options: {
    scenarios: { type: 'string', placeholder: 'DIR', description: 'folder with scenarios.jsonl, or a file like it' },
    out: { type: 'string', placeholder: 'DIR', description: 'folder to write; a stopped build in it goes on' },
    target: {
      type: 'string',
      choices: ['distribution', 'mean'],
      description: 'what to learn: all 101 bins, or the rounded mean',
    },
    source: {
      type: 'string',
      choices: ['posterior', 'forward'],
      description: 'label by the posterior, or by one draw that shows the results; posterior if absent',
    },
    precision: {
      type: 'number',
      min: 0.01,
      max: 10,
      description: 'wanted mcse of every label in points; 0.5 if absent',
    },
    workers: { type: 'number', integer: true, min: 1, max: 256, description: 'processes; one per core if absent' },
    shard: {
      type: 'string',
      placeholder: 'i/n',
      description: 'only part i of n; merge them with credence dataset merge',
    },
    'hold-out-cells': {
      type: 'string',
      placeholder: 'P,C,R;…',
      description: 'cells kept from training; 1,1,0;2,1,0 if absent',
    },
    'hold-out-level': { type: 'string', placeholder: 'P=3,…', description: 'whole levels kept from training' },
    'hold-out-domain': { type: 'string', placeholder: 'NAME,…', description: 'domains kept from training' },
    'hold-out-queries': {
      type: 'boolean',
      description: 'keep one query of every training scenario from training, in a file of its own',
    },
    canary: { type: 'string', description: 'a sentence for the card, by which copies can be found' },
    seed: { type: 'number', integer: true, min: 0, max: 2 ** 31, description: `seed; ${DEFAULT_SEED} if absent` },
    json: { type: 'boolean', description: 'print the manifest as JSON' },
  },
  async run(values, _positionals, context) {
    const { scenarios: from, out, seed = DEFAULT_SEED } = values;
    if (from === undefined || out === undefined)
      throw new UserError(`${OPERATION}: --${from === undefined ? 'scenarios' : 'out'} is missing`, {
        hint: 'credence dataset build --scenarios scenarios --out dataset',
      });
    const total = await countScenarios(OPERATION, from);
    const shard = values.shard === undefined ? undefined : parseShard(values.shard, total);
    const range = shard ? shardRange(shard) : { start: 0, end: total };
    const bar = createProgressBar(context);
    const pool = createInferencePool({ workers: values.workers ?? availableParallelism() });
    try {
      const summary = await buildDataset(
        {
          scenarios: slice(readScenarios(OPERATION, from), range),
          outDir: out,
          pool,
          seed,
          precision: values.precision,
          holdOut: holdOutOf(values),
          source: values.source === 'forward' ? 'forward' : 'posterior',
          target: values.target === 'mean' ? 'mean' : 'distribution',
          canary: values.canary,
          total: range.end - range.start,
          shard,
        },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      context.out(values.json ? `${JSON.stringify(summary)}\n` : describeDataset(summary));
    } finally {
      bar.finish();
      await pool.stop();
    }
  },
});
