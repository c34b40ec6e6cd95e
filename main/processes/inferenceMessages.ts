/** What the pool and an inference process say to each other. Plain data both ways; the pool checks what comes back. */
import type { ErrorData } from '../../shared/errors.ts';
import type { InferOptions, Posterior, QueryPosterior } from '../../shared/posterior.ts';
import type { EvidenceState, ProgramCheck } from '../../shared/programCheck.ts';
import type { Progress } from '../../shared/progress.ts';

/** A program to run, or only to read. `id` is new for every job: answers to anything else are ignored. */
export type InferenceRequest = {
  readonly id: number;
  readonly source: string;
  readonly file: string | undefined;
} & (
  | { readonly kind: 'check' }
  | {
      readonly kind: 'run';
      readonly options: InferOptions;
      /** What becomes of the program's observations; as they are if absent. */
      readonly evidence: readonly EvidenceState[] | undefined;
      /** How to run the prior too, where it is wanted. */
      readonly prior: Omit<InferOptions, 'method'> | undefined;
    }
);

export type InferenceReply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: Progress }
  | { readonly id: number; readonly kind: 'sketch'; readonly queries: Readonly<Record<string, QueryPosterior>> }
  | { readonly id: number; readonly kind: 'checked'; readonly check: ProgramCheck }
  | { readonly id: number; readonly kind: 'result'; readonly posterior: Posterior; readonly prior?: Posterior }
  | { readonly id: number; readonly kind: 'error'; readonly error: ErrorData };
