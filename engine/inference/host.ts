/** What inference needs from the outside: a way to make generated code runnable, and a clock. Both are passed in, so the engine stays pure. */
import type { RunControl } from '../../shared/progress.ts';

export type ProgramHost = {
  /** The value of the JavaScript expression `code`; stack frames inside it name `label`. */
  readonly load: (code: string, label: string) => unknown;
  /** Seconds since any fixed moment. */
  readonly now: () => number;
  readonly control?: RunControl;
};
