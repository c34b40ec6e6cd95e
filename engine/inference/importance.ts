/** Likelihood weighting: every run of the prior counts by exp(Σ factors). */
import { sampleFrom } from '../program/distributions/distribution.ts';
import type { Handler } from '../program/runtime.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import { type Attempt, REJECTED } from './sampling.ts';
import { createSpecialised } from './specialised.ts';

const GIVE_UP = { reason: 'no weight' };

/** Weighted runs of the prior; runs without weight are rejected. */
export function createImportance(
  running: RunningProgram,
  host: ProgramHost,
  form: 'fastest' | 'general' = 'fastest',
): Attempt {
  const { runtime, body, explain, begin } = running;
  let logWeight = 0;
  const handler: Handler = {
    isDirect: true,
    sample: (distribution) => sampleFrom(distribution, runtime.draws),
    factor: (x) => {
      logWeight += x;
      if (logWeight === Number.NEGATIVE_INFINITY) throw GIVE_UP;
    },
  };
  const specialised = form === 'fastest' ? createSpecialised(running, 'importance', handler, host) : undefined;
  if (specialised) return specialised;
  const result = { value: undefined as unknown, logWeight: 0 };
  return () => {
    begin();
    runtime.handler = handler;
    logWeight = 0;
    try {
      result.value = body();
    } catch (error) {
      if (error === GIVE_UP) return REJECTED;
      throw explain(error);
    }
    result.logWeight = logWeight;
    return result;
  };
}
