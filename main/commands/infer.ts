/** `credence infer FILE`: runs a program in a locked-down process and prints what it says about each query. */
import { readFile } from 'node:fs/promises';
import { UserError } from '../../shared/errors.ts';
import { INFERENCE_METHODS, type Posterior, type QueryPosterior } from '../../shared/posterior.ts';
import { createInferencePool } from '../processes/inferencePool.ts';
import { version } from '../resources.ts';
import { type CommandContext, defineCommand } from './command.ts';
import { createProgressBar } from './progressBar.ts';

const DEFAULT_MAX_SECONDS = 60;
const SHOWN_VALUES = 10;

async function readProgram(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new UserError(
      `infer: ${file} cannot be read${code === 'ENOENT' ? ': there is no such file' : code === 'EISDIR' ? ': it is a folder' : ''}`,
      {
        location: { file },
        cause: error,
      },
    );
  }
}

function queryText(name: string, query: QueryPosterior, width: number): string {
  const label = name.padEnd(width);
  if (query.mean !== null)
    return `${label}  mean ${query.mean.toFixed(2).padStart(6)}  sd ${(query.sd ?? 0).toFixed(2).padStart(6)}  mcse ${(query.mcse ?? 0).toFixed(3)}`;
  const rows = (query.support ?? [])
    .slice(0, SHOWN_VALUES)
    .map((value, i) => `${JSON.stringify(value)} ${(query.probs?.[i] ?? 0).toFixed(4)}`);
  const rest = (query.support?.length ?? 0) - rows.length;
  return `${label}  ${rows.join('  ')}${rest > 0 ? `  and ${rest} more` : ''}`;
}

/** The result for a person to read. */
function resultText(posterior: Posterior): string {
  const width = Math.max(...Object.keys(posterior.queries).map((name) => name.length));
  const lines = Object.entries(posterior.queries).map(([name, query]) => queryText(name, query, width));
  const accepted = posterior.accepted === undefined ? '' : `, ${posterior.accepted.toLocaleString('en')} accepted`;
  const figures = [
    posterior.ess === undefined ? '' : `ess ${posterior.ess.toFixed(0)}`,
    posterior.rHat === undefined ? '' : `R̂ ${posterior.rHat.toFixed(3)}`,
    posterior.logZ === undefined ? '' : `logZ ${posterior.logZ.toFixed(3)}`,
    `seed ${posterior.seed}`,
  ].filter(Boolean);
  lines.push(
    '',
    `${posterior.method}: ${posterior.executions.toLocaleString('en')} executions${accepted} in ${posterior.seconds.toFixed(2)} s; ${figures.join(', ')}`,
  );
  return `${lines.join('\n')}\n`;
}

async function inferFile(
  file: string,
  values: { readonly [name: string]: unknown },
  context: CommandContext,
): Promise<Posterior> {
  const number = (name: string): number | undefined => (typeof values[name] === 'number' ? values[name] : undefined);
  const source = await readProgram(file);
  const pool = createInferencePool({ workers: 1, engineVersion: version() });
  const bar = createProgressBar(context);
  try {
    const method = INFERENCE_METHODS.find((name) => name === values.method) ?? 'auto';
    const options = {
      method,
      seed: number('seed') ?? 1,
      precision: number('precision'),
      samples: number('samples'),
      maxSeconds: number('max-seconds') ?? DEFAULT_MAX_SECONDS,
    };
    return await pool.run(
      { source, file, options },
      { signal: context.signal, onProgress: values.json === true ? undefined : bar.report },
    );
  } finally {
    bar.finish();
    await pool.stop();
  }
}

export const inferCommand = defineCommand({
  name: 'infer',
  summary: 'run a probabilistic program and print its posterior',
  positionals: ['FILE'],
  options: {
    method: { type: 'string', choices: INFERENCE_METHODS, description: 'the algorithm; auto chooses and says which' },
    samples: { type: 'number', integer: true, min: 1, description: 'accepted runs wanted, instead of a precision' },
    precision: { type: 'number', min: 1e-6, description: 'standard error wanted of every mean, in points (0.25)' },
    seed: { type: 'number', integer: true, description: 'the same seed gives the same result (1)' },
    'max-seconds': {
      type: 'number',
      min: 0.01,
      description: `stop after this time at the latest (${DEFAULT_MAX_SECONDS})`,
    },
    json: { type: 'boolean', description: 'print the posterior as JSON' },
  },
  run: async (values, [file], context) => {
    const posterior = await inferFile(file, values, context);
    if (values.json) return context.out(`${JSON.stringify(posterior)}\n`);
    context.out(resultText(posterior));
    for (const warning of posterior.warnings) context.err(`warning: ${warning}\n`);
  },
});
