/**
 * Rejection sampling: a run is accepted with probability exp(Σ factors), every factor at most 0. log U is drawn first and the run is given up
 * as soon as the running sum falls below it, which changes nothing about which runs are accepted. **Source:** spec of PPT §2.4 (REJ).
 */
import { UserError } from '../../shared/errors.ts';
import { sampleFrom } from '../program/distributions/distribution.ts';
import { ProgramFault } from '../program/fault.ts';
import type { Handler } from '../program/runtime.ts';
import { faultAt } from '../program/sourceText.ts';
import type { ProgramHost } from './host.ts';
import { lineAndColumn, offsetOnStack, type RunningProgram } from './runningProgram.ts';
import { type Attempt, REJECTED } from './sampling.ts';
import { createSpecialised } from './specialised.ts';

/** Thrown to give up a run; made once, so that throwing costs little. */
const GIVE_UP = { reason: 'rejected' };
const DIAGNOSED_RUNS = 500;

/** The fault of a factor that rejection cannot use. */
export const tooLarge = (logWeight: number): ProgramFault =>
  new ProgramFault(
    `a factor of ${logWeight.toPrecision(4)}: rejection needs factors of at most 0`,
    'Use method importance, smc or mh, or subtract the largest value the factor can have.',
  );

/** Attempts at the posterior, by the program's specialised form where it has one. */
export function createRejection(
  running: RunningProgram,
  host: ProgramHost,
  form: 'fastest' | 'general' = 'fastest',
): Attempt {
  const { runtime, body, explain, begin } = running;
  const { hasSoftEvidence } = running.program;
  let logU = 0;
  let logWeight = 0;
  const handler: Handler = {
    isDirect: true,
    sample: (distribution) => sampleFrom(distribution, runtime.draws),
    factor: (x) => {
      if (x > 0) throw tooLarge(x);
      logWeight += x;
      if (logWeight < logU) throw GIVE_UP;
    },
  };
  const specialised = form === 'fastest' ? createSpecialised(running, 'rejection', handler, host) : undefined;
  if (specialised) return specialised;
  const result = { value: undefined as unknown, logWeight: 0 };
  return () => {
    begin();
    runtime.handler = handler;
    logWeight = 0;
    logU = hasSoftEvidence ? Math.log(runtime.draws.uniform()) : 0;
    try {
      result.value = body();
    } catch (error) {
      if (error === GIVE_UP) return REJECTED;
      throw explain(error);
    }
    return result;
  };
}

/** The error for a program no run of which was accepted: it names the condition that ruled most of them out. */
export function explainNoneAccepted(running: RunningProgram, executions: number): UserError {
  const { runtime, body, code, program, begin } = running;
  const counts = new Map<number, number>();
  runtime.handler = {
    isDirect: true,
    sample: (distribution) => sampleFrom(distribution, runtime.draws),
    factor: (x) => {
      if (x < -30) throw new ProgramFault('ruled out');
    },
  };
  for (let i = 0; i < DIAGNOSED_RUNS; i++) {
    begin();
    try {
      body();
    } catch (error) {
      const offset = error instanceof ProgramFault ? offsetOnStack(error, code) : undefined;
      if (offset !== undefined) counts.set(offset, (counts.get(offset) ?? 0) + 1);
    }
  }
  const worst = [...counts].sort((a, b) => b[1] - a[1])[0];
  const hint = 'Is the evidence possible under the program? Method smc copes with rare evidence.';
  const message = `infer: none of ${executions.toLocaleString('en')} runs was accepted`;
  if (!worst) return new UserError(message, { hint, location: { file: program.source.file } });
  const share = Math.round((100 * worst[1]) / DIAGNOSED_RUNS);
  return faultAt(
    program.source,
    worst[0],
    `${message}; the condition at ${lineAndColumn(program, worst[0])} ruled out ${share} % of them`,
    hint,
  );
}
