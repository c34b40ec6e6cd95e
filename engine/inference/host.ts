/** What inference needs from the outside: a way to make generated code runnable, and a clock. Both are passed in, so the engine stays pure. */
import type { QueryPosterior } from '../../shared/posterior.ts';
import type { RunControl } from '../../shared/progress.ts';

export type ProgramHost = {
  /** The value of the JavaScript expression `code`; stack frames inside it name `label`. */
  readonly load: (code: string, label: string) => unknown;
  /** Seconds since any fixed moment. */
  readonly now: () => number;
  readonly control?: RunControl;
  /** Hears what the queries look like so far, as often as progress is told; only sampling methods tell. */
  readonly onSketch?: (queries: Readonly<Record<string, QueryPosterior>>) => void;
};
