/** Promise: one figure the project promises, how it is measured at full size, and what it must be. */

/** What one command did. */
export type CommandOutcome = { readonly code: number | null; readonly output: string; readonly seconds: number };

/** What was measured, as it goes into the table; `holds` is null where the figure is only reported. */
export type Measurement = { readonly figure: string; readonly holds: boolean | null };

export type FiguredPromise = {
  readonly area: string;
  readonly promise: string;
  /** Runs commands by `run` and reads the figure off their outcome. */
  readonly measure: (
    run: (command: string, args: readonly string[], env?: NodeJS.ProcessEnv) => CommandOutcome,
  ) => Measurement;
};

/** Two hours. */
const LONGEST_TEST_MS = '7200000';

/** The text of the first group of `pattern` in a command's output, or `?`. */
export const readOff = (output: string, pattern: RegExp): string => pattern.exec(output)?.[1] ?? '?';

/** A promise that a test file keeps, run at full size by `env`; no test of it is cut off within two hours. */
export const testPromise = (
  area: string,
  promise: string,
  file: string,
  env: NodeJS.ProcessEnv = {},
): FiguredPromise => ({
  area,
  promise,
  measure: (run) => {
    const args = ['run', '--config', 'build/vitest.config.ts', '--testTimeout', LONGEST_TEST_MS, file];
    const { code, seconds } = run('vitest', args, env);
    return { figure: `${code === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s`, holds: code === 0 };
  },
});
