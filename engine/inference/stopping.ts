/** When sampling stops: at the wanted precision, number of samples, executions or time; and what to say when it stopped short. */

export type StopRule = {
  /** Wanted standard error of every numeric query, in points; undefined when a number of samples is wanted. */
  readonly precision: number | undefined;
  readonly samples: number | undefined;
  readonly maxExecutions: number;
  readonly maxSeconds: number;
  readonly now: () => number;
  readonly startedAt: number;
};

export type StopReason = 'precision' | 'samples' | 'executions' | 'time';

/** Standard errors of fewer effective draws of a posterior than this are not trusted. */
export const LEAST_ESS = 1_000;
export const DEFAULT_PRECISION = 0.25;

export const isOutOfTime = (rule: StopRule): boolean =>
  rule.maxSeconds < Number.POSITIVE_INFINITY && rule.now() - rule.startedAt > rule.maxSeconds;

/** The reason to stop at the end of a chunk, or undefined to go on. */
export function reasonToStop(
  rule: StopRule,
  reached: {
    readonly executions: number;
    readonly accepted: number;
    readonly ess: number;
    /** Standard errors of fewer effective runs are not believed. */
    readonly leastEss: number;
    readonly worstError: () => number;
  },
): StopReason | undefined {
  if (rule.samples !== undefined && reached.accepted >= rule.samples) return 'samples';
  if (rule.precision !== undefined && reached.ess >= reached.leastEss && reached.worstError() <= rule.precision)
    return 'precision';
  if (reached.executions >= rule.maxExecutions) return 'executions';
  return isOutOfTime(rule) ? 'time' : undefined;
}

/** Warnings for a run that stopped before what was wanted. */
export function stopWarnings(rule: StopRule, reason: StopReason, accepted: number, worstError: number): string[] {
  if (reason === 'precision' || reason === 'samples') return [];
  const limit =
    reason === 'time'
      ? `${rule.maxSeconds} s, so the number of runs depends on this machine`
      : `${rule.maxExecutions.toLocaleString('en')} executions`;
  if (rule.precision !== undefined)
    return [
      `stopped after ${limit}: the standard error is ${worstError.toPrecision(2)} points, wanted ${rule.precision}`,
    ];
  return [`stopped after ${limit}: ${accepted} of ${rule.samples} samples`];
}
