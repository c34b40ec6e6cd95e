/** What the pool and an inference process say to each other. Plain data both ways; the pool checks what comes back. */
import type { ErrorData } from '../../shared/errors.ts';
import type { InferOptions, Posterior } from '../../shared/posterior.ts';
import type { Progress } from '../../shared/progress.ts';

/** A program to run. `id` is new for every job: answers to anything else are ignored. */
export type InferenceRequest = {
  readonly id: number;
  readonly source: string;
  readonly file: string | undefined;
  readonly options: InferOptions;
};

export type InferenceReply =
  | { readonly id: number; readonly kind: 'progress'; readonly progress: Progress }
  | { readonly id: number; readonly kind: 'result'; readonly posterior: Posterior }
  | { readonly id: number; readonly kind: 'error'; readonly error: ErrorData };
