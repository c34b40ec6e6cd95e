/** `credence demo`: the whole main job on the embedded default; ends with a table and report.html. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runDemo } from '../demo/demo.ts';
import { FULL, QUICK } from '../demo/demoSizes.ts';
import { evaluationTable } from '../demo/evaluationTable.ts';
import { defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const DEFAULT_OUT = join('out', 'demo');
const DEFAULT_SEED = 1;

export const demo = defineCommand({
  name: 'demo',
  summary: 'run the whole job once: scenarios, posteriors, training, simulated people, comparison, report',
  positionals: [],
  options: {
    out: {
      type: 'string',
      placeholder: 'DIR',
      description: `folder of the result, a workspace (default ${DEFAULT_OUT})`,
    },
    quick: { type: 'boolean', description: 'less of everything, in about a minute' },
    seed: { type: 'number', integer: true, description: `seed of every random choice (default ${DEFAULT_SEED})` },
    json: { type: 'boolean', description: 'print the table as JSON' },
  },
  async run({ out = DEFAULT_OUT, quick, seed = DEFAULT_SEED, json }, _positionals, context) {
    const bar = createProgressBar(context);
    const size = quick ? QUICK : FULL;
    context.err(`credence demo: seed ${seed}, ${size.name}, into ${out}\n`);
    try {
      const { report, reportPath } = await runDemo(
        { outDir: out, size, seed, workers: Math.min(8, availableParallelism()) },
        { onProgress: bar.report, signal: context.signal },
      );
      bar.finish();
      const { evaluation, scatters, interval } = report;
      const correlations = scatters.map(({ points: _, ...rest }) => rest);
      context.out(
        json
          ? `${JSON.stringify({ seed, size: size.name, evaluation, correlations, interval, people: 'simulated' }, null, 2)}\n`
          : `\n${evaluationTable(report)}\n\nPeople are simulated. ${evaluation[0].n} test queries; 95 % intervals in brackets; seed ${seed}.\n`,
      );
      context.err(`report: ${reportPath}\n`);
    } finally {
      bar.finish();
    }
  },
});
