/** The program desk: programs read and run at once for the editor, in processes of their own, so that long jobs never keep it waiting. */
import { CancelledError } from '../../shared/errors.ts';
import type { Posterior, QueryPosterior } from '../../shared/posterior.ts';
import type { EvidenceState, ProgramCheck } from '../../shared/programCheck.ts';
import { createInferencePool, type InferencePool } from '../processes/inferencePool.ts';
import type { StartInference } from '../processes/inferenceProcess.ts';
import { version } from '../resources.ts';

export type DeskRun = {
  readonly runId: string;
  readonly source: string;
  readonly evidence: readonly EvidenceState[];
  readonly precision: number;
  readonly seed: number;
};

export type ProgramDesk = {
  readonly check: (source: string) => Promise<ProgramCheck>;
  /** Runs a program, stopping the run before it; null where it was stopped itself. Throws UserError where the program fails. */
  readonly run: (run: DeskRun) => Promise<Posterior | null>;
  /** Stops the run of this id, if it is the one at work. */
  readonly stop: (runId: string) => void;
  readonly close: () => Promise<void>;
};

/** One runs while another is read; and while the process of a run that was stopped is replaced, the next has one already. */
const PROCESSES = 3;
/** What an editor waits for at most; longer work is a job. */
const MAX_SECONDS = 60;

/** The desk; its processes, which `startProcess` starts, come with the first program. `onSketch` hears what a run's queries look like so far. */
export function createProgramDesk(
  onSketch: (runId: string, queries: Readonly<Record<string, QueryPosterior>>) => void,
  startProcess?: StartInference,
): ProgramDesk {
  let pool: InferencePool | undefined;
  let current: { readonly runId: string; readonly abort: AbortController } | undefined;
  const open = (): InferencePool =>
    (pool ??= createInferencePool({
      workers: PROCESSES,
      engineVersion: version(),
      maxSeconds: MAX_SECONDS,
      startProcess,
      isWarm: true,
    }));
  return {
    check: (source) => open().check(source),
    async run({ runId, source, evidence, precision, seed }) {
      current?.abort.abort();
      const abort = new AbortController();
      current = { runId, abort };
      // With nothing observed the posterior is the prior.
      const isPrior = evidence.length > 0 && evidence.every((state) => state === 'off');
      const options = { method: isPrior ? 'forward' : 'auto', precision, seed, maxSeconds: MAX_SECONDS } as const;
      const control = {
        signal: abort.signal,
        onSketch: (queries: Readonly<Record<string, QueryPosterior>>) => onSketch(runId, queries),
      };
      try {
        return await open().run({ source, options, evidence }, control);
      } catch (error) {
        if (error instanceof CancelledError) return null;
        throw error;
      } finally {
        if (current?.abort === abort) current = undefined;
      }
    },
    stop(runId) {
      if (current?.runId === runId) current.abort.abort();
    },
    async close() {
      await pool?.stop();
    },
  };
}
