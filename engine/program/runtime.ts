/**
 * What a running program stands on: its draws, the inference algorithm that answers its samples and factors (the handler), and the
 * budgets that end a run which asks for too much.
 */
import type { Distribution } from './distributions/distribution.ts';
import type { Draws } from './draws.ts';
import { LimitReached, ProgramFault } from './fault.ts';

/** An inference algorithm as the program sees it. */
export type Handler = {
  /** Samplers may draw straight from `draws`: nobody wants to know the choices. */
  readonly isDirect: boolean;
  sample(distribution: Distribution): unknown;
  /** Adds to the log weight of the run; −∞ rules it out. */
  factor(logWeight: number): void;
};

/** Where choices are in the call tree; present when the program was compiled with addresses. */
export type Tracer = {
  enter(site: number): void;
  /** Back to the caller with what the call gave. */
  leave(value: unknown): unknown;
  /** A token for the present place, and the jump to the part of it named by `key`; returns where we were. */
  here(): unknown;
  jump(home: unknown, key: string): unknown;
  restore(place: unknown): void;
};

export type Runtime = {
  readonly draws: Draws;
  handler: Handler;
  tracer: Tracer | undefined;
  /** Changes with every run: memo tables of an older run are empty. */
  run: number;
  /** Steps and storage left to this run, and how deep its calls are. */
  fuel: number;
  storage: number;
  depth: number;
  readonly warnings: Set<string>;
  /** Undoes what a nested inference memoised, when one is running. */
  journal: (() => void)[] | undefined;
  /** Runs a nested inference. Set by the inference side, which knows the algorithms. */
  infer: (options: Readonly<Record<string, unknown>>, body: () => unknown) => Distribution;
};

export const LIMITS = {
  /** Steps of one run: elements handled by the library and calls of recursive functions. */
  fuel: 50_000_000,
  /** Array elements, object properties and characters made in one run. */
  storage: 32_000_000,
  depth: 5_000,
  stringLength: 1_000_000,
  repeatCount: 1_000_000,
  memoEntries: 1_000_000,
  warnings: 100,
} as const;

const OUTSIDE: Handler = {
  isDirect: false,
  sample: () => {
    throw new ProgramFault(
      'sample outside a model: nothing is random at the top of a program',
      'Move the draw into the function given to Infer.',
    );
  },
  factor: () => {
    throw new ProgramFault(
      'condition, observe and factor only work inside a model',
      'Move it into the function given to Infer.',
    );
  },
};

/** A runtime outside any inference. */
export const createRuntime = (draws: Draws): Runtime => ({
  draws,
  handler: OUTSIDE,
  tracer: undefined,
  run: 0,
  fuel: LIMITS.fuel,
  storage: LIMITS.storage,
  depth: 0,
  warnings: new Set(),
  journal: undefined,
  infer: () => {
    throw new ProgramFault('Infer cannot run here');
  },
});

/** Starts another run: full budgets, empty memo tables. */
export function beginRun(runtime: Runtime): void {
  runtime.run++;
  runtime.fuel = LIMITS.fuel;
  runtime.storage = LIMITS.storage;
  runtime.depth = 0;
}

/** Takes `steps` from the run's fuel. */
export function burn(runtime: Runtime, steps: number): void {
  runtime.fuel -= steps;
  if (runtime.fuel < 0) throw new LimitReached('the run took too many steps', 'Is there a recursion without end?');
}

/** Takes `amount` from the run's storage. */
export function store(runtime: Runtime, amount: number): void {
  runtime.storage -= amount;
  if (runtime.storage < 0) throw new LimitReached('the run made too much data');
}

/** Tells the user once. */
export function warn(runtime: Runtime, text: string): void {
  if (runtime.warnings.size < LIMITS.warnings) runtime.warnings.add(text);
}
