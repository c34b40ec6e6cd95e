/** Inference: a compiled program and options in, a Posterior out. Chooses the algorithm, runs it, and says what it did. */
import { UserError } from '../../shared/errors.ts';
import type { InferenceMethod, InferOptions, Posterior, QueryPosterior } from '../../shared/posterior.ts';
import type { CompiledProgram } from '../program/compile.ts';
import { createRandom } from '../random.ts';
import { createForward } from './forward.ts';
import type { ProgramHost } from './host.ts';
import { createRejection, explainNoneAccepted } from './rejection.ts';
import { startProgram } from './runningProgram.ts';
import { collect, type SamplingResult } from './sampling.ts';
import { DEFAULT_PRECISION, type StopRule, stopWarnings } from './stopping.ts';
import { type NumberTally, posteriorOf, type Tally } from './tally.ts';

const DEFAULT_MAX_EXECUTIONS = 50_000_000;

/** WebPPL's method names and ours. */
const METHOD_NAMES: Readonly<Record<string, InferenceMethod>> = {
  auto: 'auto',
  enumerate: 'enumerate',
  rejection: 'rejection',
  importance: 'importance',
  mh: 'mh',
  hmc: 'hmc',
  smc: 'smc',
  forward: 'forward',
  MCMC: 'mh',
  incrementalMH: 'mh',
  SMC: 'smc',
};

type Settings = { readonly method: InferenceMethod; readonly seed: number; readonly rule: StopRule };

/** The options of the caller over those written in the program over the defaults. Throws UserError on an unknown method. */
function settingsOf(program: CompiledProgram, options: InferOptions, host: ProgramHost): Settings {
  const written = program.entry.options;
  const name = written.method === undefined ? 'auto' : String(written.method);
  const known = Object.hasOwn(METHOD_NAMES, name) ? METHOD_NAMES[name] : undefined;
  if (!known)
    throw new UserError(`infer: "${name}" is no method`, {
      hint: `The methods are ${Object.keys(METHOD_NAMES).join(', ')}.`,
      location: { file: program.source.file },
    });
  const writtenSamples =
    typeof written.samples === 'number'
      ? written.samples
      : typeof written.particles === 'number'
        ? written.particles
        : undefined;
  const samples = options.samples ?? (options.precision === undefined ? writtenSamples : undefined);
  return {
    method: options.method === undefined || options.method === 'auto' ? known : options.method,
    seed: options.seed ?? 1,
    rule: {
      precision: options.precision ?? (samples === undefined ? DEFAULT_PRECISION : undefined),
      samples,
      maxExecutions: options.maxExecutions ?? DEFAULT_MAX_EXECUTIONS,
      maxSeconds: options.maxSeconds ?? Number.POSITIVE_INFINITY,
      now: host.now,
      startedAt: host.now(),
    },
  };
}

/** Warnings about one numeric query's values. */
function warningsOf(name: string, tally: NumberTally): string[] {
  const share = tally.outside / tally.weight;
  return [
    ...(share > 0
      ? [`${name}: ${(100 * share).toPrecision(2)} % of the values lie outside 0–100 and were clamped`]
      : []),
    ...(tally.hasBetween
      ? []
      : [`${name}: indicator, every value is 0 or 100; return the probability per run to need fewer runs`]),
  ];
}

function summarize(tally: Tally): { queries: Record<string, QueryPosterior>; warnings: string[] } {
  const queries: Record<string, QueryPosterior> = {};
  const warnings: string[] = [];
  for (const [name, query] of tally.queries()) {
    queries[name] = posteriorOf(name, query);
    if (query.kind === 'number') warnings.push(...warningsOf(name, query));
  }
  return { queries, warnings };
}

/** Runs `program` by `options`. Throws UserError where the program fails, takes no weight, or the method does not fit it. */
export function infer(program: CompiledProgram, options: InferOptions, host: ProgramHost): Posterior {
  const settings = settingsOf(program, options, host);
  const { rule, seed } = settings;
  const method = settings.method === 'auto' ? 'rejection' : settings.method;
  const running = startProgram(program, host, { hasAddresses: false });
  const random = createRandom(seed).split(method);
  let result: SamplingResult;
  if (method === 'forward') result = collect(running, random, createForward(running, host), rule, host);
  else if (method === 'rejection') result = collect(running, random, createRejection(running, host), rule, host);
  else throw new UserError(`infer: method ${method} is not there yet`);
  const { tally, executions, accepted, reason } = result;
  if (accepted === 0) throw explainNoneAccepted(running, executions);
  const { queries, warnings } = summarize(tally);
  const seconds = rule.now() - rule.startedAt;
  return {
    queries,
    method,
    executions,
    accepted,
    acceptanceRate: accepted / executions,
    ess: accepted,
    seed,
    seconds,
    executionsPerSecond: executions / Math.max(seconds, 1e-9),
    warnings: [
      ...program.warnings,
      ...running.runtime.warnings,
      ...stopWarnings(rule, reason, accepted, tally.worstError()),
      ...warnings,
    ],
  };
}
