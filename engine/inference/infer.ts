/** Inference: a compiled program and options in, a Posterior out. Settles the options, runs the method, and says what it did. */
import { UserError } from '../../shared/errors.ts';
import type { InferenceMethod, InferOptions, Posterior } from '../../shared/posterior.ts';
import type { CompiledProgram } from '../program/compile.ts';
import { runAuto } from './auto.ts';
import type { ProgramHost } from './host.ts';
import { runMethod } from './methods.ts';
import type { Outcome, RunnableMethod } from './outcome.ts';
import { DEFAULT_PRECISION, type StopRule } from './stopping.ts';
import type { NumberTally, Tally } from './tally.ts';

const DEFAULT_MAX_EXECUTIONS = 50_000_000;

/** WebPPL's method names and ours. */
const METHOD_NAMES: Readonly<Record<string, InferenceMethod>> = {
  auto: 'auto',
  enumerate: 'enumerate',
  rejection: 'rejection',
  walks: 'walks',
  importance: 'importance',
  mh: 'mh',
  hmc: 'hmc',
  smc: 'smc',
  forward: 'forward',
  MCMC: 'mh',
  incrementalMH: 'mh',
  SMC: 'smc',
};

/** The method written in the program's own Infer, `auto` when none is. Throws UserError on an unknown one. */
function writtenMethod(program: CompiledProgram): InferenceMethod {
  const { method, kernel } = program.entry.options;
  const name = method === undefined ? 'auto' : String(method);
  const known = Object.hasOwn(METHOD_NAMES, name) ? METHOD_NAMES[name] : undefined;
  if (!known)
    throw new UserError(`infer: "${name}" is no method`, {
      hint: `The methods are ${Object.keys(METHOD_NAMES).join(', ')}.`,
      location: { file: program.source.file },
    });
  return known === 'mh' && kernel === 'HMC' ? 'hmc' : known;
}

/** The options of the caller over those written in the program over the defaults. */
function ruleOf(program: CompiledProgram, options: InferOptions, host: ProgramHost): StopRule {
  const { samples: written, particles } = program.entry.options;
  const writtenSamples = typeof written === 'number' ? written : typeof particles === 'number' ? particles : undefined;
  const samples = options.samples ?? (options.precision === undefined ? writtenSamples : undefined);
  if (samples !== undefined && (!Number.isInteger(samples) || samples < 1))
    throw new UserError(`infer: samples must be a whole number of at least 1, received ${samples}`, {
      location: { file: program.source.file },
    });
  return {
    precision: options.precision ?? (samples === undefined ? DEFAULT_PRECISION : undefined),
    samples,
    maxExecutions: options.maxExecutions ?? DEFAULT_MAX_EXECUTIONS,
    maxSeconds: options.maxSeconds ?? Number.POSITIVE_INFINITY,
    now: host.now,
    startedAt: host.now(),
  };
}

/** Warnings about one numeric query's values. */
function warningsOf(name: string, tally: NumberTally, method: RunnableMethod): string[] {
  const share = tally.outside / tally.weight;
  return [
    ...(share > 0
      ? [`${name}: ${(100 * share).toPrecision(2)} % of the values lie outside 0–100 and were clamped`]
      : []),
    ...(tally.hasBetween || method === 'enumerate'
      ? []
      : [`${name}: indicator, every value is 0 or 100; return the probability per run to need fewer runs`]),
  ];
}

const valueWarnings = (tally: Tally, method: RunnableMethod): string[] =>
  [...tally.queries()].flatMap(([name, query]) => (query.kind === 'number' ? warningsOf(name, query, method) : []));

/** Runs `program` by `options`. Throws UserError where the program fails, takes no weight, or the method does not fit it. */
export const infer = (program: CompiledProgram, options: InferOptions, host: ProgramHost): Posterior =>
  run({ program, options, host }).posterior;

/** The posterior by `options` and the prior by `priorOptions`, the same as by `infer` each, but sooner. Throws as `infer`. */
export function inferWithPrior(
  program: CompiledProgram,
  options: InferOptions,
  priorOptions: Omit<InferOptions, 'method'>,
  host: ProgramHost,
): { readonly posterior: Posterior; readonly prior: Posterior } {
  const { posterior, prior } = run({ program, options, host, priorOptions });
  return { posterior, prior: prior ?? infer(program, { ...priorOptions, method: 'forward' }, host) };
}

type Run = {
  readonly program: CompiledProgram;
  readonly options: InferOptions;
  readonly host: ProgramHost;
  readonly priorOptions?: Omit<InferOptions, 'method'>;
};

function run({ program, options, host, priorOptions }: Run): {
  readonly posterior: Posterior;
  readonly prior?: Posterior;
} {
  const rule = ruleOf(program, options, host);
  const seed = options.seed ?? 1;
  const priorSeed = priorOptions?.seed ?? 1;
  const prior = priorOptions && { seed: priorSeed, rule: ruleOf(program, priorOptions, host) };
  const job = { program, seed, rule, host, prior };
  const wanted = options.method === undefined || options.method === 'auto' ? writtenMethod(program) : options.method;
  const chosen: { method: RunnableMethod; outcome: Outcome; reason?: string } =
    wanted === 'auto' ? runAuto(job) : { method: wanted, outcome: runMethod(job, wanted) };
  const posterior = reportOf(program, chosen, seed, rule);
  const found = chosen.outcome.prior;
  return found && prior
    ? { posterior, prior: reportOf(program, { method: 'forward', outcome: found }, priorSeed, prior.rule) }
    : { posterior };
}

/** What is told of an outcome. */
function reportOf(
  program: CompiledProgram,
  { method, outcome, reason }: { readonly method: RunnableMethod; readonly outcome: Outcome; readonly reason?: string },
  seed: number,
  rule: StopRule,
): Posterior {
  const { queries, tally, warnings, prior: _, ...figures } = outcome;
  const seconds = rule.now() - rule.startedAt;
  return {
    queries,
    method,
    ...figures,
    seed,
    seconds,
    executionsPerSecond: outcome.executions / Math.max(seconds, 1e-9),
    warnings: [
      ...(reason === undefined ? [] : [`auto chose ${method}: ${reason}`]),
      ...program.warnings,
      ...warnings,
      ...valueWarnings(tally, method),
    ],
  };
}
