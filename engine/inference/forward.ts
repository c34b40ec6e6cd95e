/** Forward sampling: the program's own prior; condition, observe and factor count for nothing. */
import { sampleFrom } from '../program/distributions/distribution.ts';
import type { Handler } from '../program/runtime.ts';
import type { ProgramHost } from './host.ts';
import type { RunningProgram } from './runningProgram.ts';
import type { Attempt } from './sampling.ts';
import { createSpecialised } from './specialised.ts';

/** Runs of the prior, each accepted with weight 1. */
export function createForward(
  running: RunningProgram,
  host: ProgramHost,
  form: 'fastest' | 'general' = 'fastest',
): Attempt {
  const { runtime, body, explain, begin } = running;
  const handler: Handler = {
    isDirect: true,
    sample: (distribution) => sampleFrom(distribution, runtime.draws),
    factor: () => {},
  };
  const specialised = form === 'fastest' ? createSpecialised(running, 'forward', handler, host) : undefined;
  if (specialised) return specialised;
  const result = { value: undefined as unknown, logWeight: 0 };
  return () => {
    begin();
    runtime.handler = handler;
    try {
      result.value = body();
    } catch (error) {
      throw explain(error);
    }
    return result;
  };
}
