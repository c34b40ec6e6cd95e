/**
 * OpenEstimate: quantities of real populations, whose mean is asked for on 0–100. Proportions (beta) are percentages; other quantities
 * (normal) are placed on a scale from lo = max(0, μ − 3σ) to hi = μ + 3σ of the base variable by 50 + 100·(v − (lo + hi)/2)/(hi − lo). The
 * target is a normal of that mean and standard error (at least half a point), integrated over each answer and renormalised.
 * **Source:** ppt §6.1.
 */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import { ANSWER_COUNT } from '../../../shared/posterior.ts';
import { normalCdf } from '../../statistics/normalCdf.ts';
import type { EstimateItem } from './benchmarkItem.ts';

/** One variable as published, under its key. */
const variableSchema = z.looseObject({
  mean: z.number(),
  std: z.number().min(0),
  se: z.number().min(0),
  variable: z.string(),
  base_variable: z.string().optional(),
  conditions: z.unknown().optional(),
  nat_langs: z.unknown().optional(),
  ground_truth_distribution_type: z.enum(['normal', 'beta']),
  difficulty: z.string().optional(),
  units: z.string().optional(),
});
type Variable = z.infer<typeof variableSchema>;

const LEAST_SE = 0.5;

/** The target's shares of the 101 answers. */
export function estimateBins(mean: number, standardError: number): number[] {
  const se = Math.max(standardError, LEAST_SE);
  const masses = Array.from(
    { length: ANSWER_COUNT },
    (_, i) => normalCdf((i + 0.5 - mean) / se) - normalCdf((i - 0.5 - mean) / se),
  );
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  if (total <= 0) throw new UserError(`a mean of ${mean} lies far off the scale from 0 to 100`);
  return masses.map((mass) => mass / total);
}

/** Where a quantity's 0 and 100 lie, in its own units. */
type Scale = { readonly low: number; readonly high: number };

const scaleOf = ({ mean, std }: Variable): Scale => ({ low: Math.max(0, mean - 3 * std), high: mean + 3 * std });

/** A mean and standard error in points. */
function inPoints(variable: Variable, base: Variable): { mean: number; se: number; scale: Scale | null } {
  if (variable.ground_truth_distribution_type === 'beta')
    return { mean: 100 * variable.mean, se: 100 * variable.se, scale: null };
  const scale = scaleOf(base);
  const width = scale.high - scale.low;
  if (!(width > 0)) throw new UserError(`the base variable “${base.variable}” does not vary`);
  const mean = 50 + (100 * (variable.mean - (scale.low + scale.high) / 2)) / width;
  return { mean, se: (100 * variable.se) / width, scale };
}

const numberWords = (value: number): string => String(Number(value.toPrecision(4)));

function prompt({ variable, units = '' }: Variable, scale: Scale | null): string {
  const unit = units === '' ? '' : ` ${units}`;
  const anchors = scale
    ? `On the scale, 0 stands for ${numberWords(scale.low)}${unit}, 50 for ${numberWords((scale.low + scale.high) / 2)}${unit} and 100 for ${numberWords(scale.high)}${unit}.`
    : 'The scale is the percentage itself.';
  return `Estimate the mean of the quantity below on a scale from 0 to 100. Reply with one whole number in angle brackets, like <n>.\n\nQuantity\n${variable}\n\n${anchors}`;
}

/** The variable whose spread sets the scale: the one without a difficulty that has the same base, or the variable itself. */
function baseOf(variable: Variable, all: readonly Variable[]): Variable {
  const name = variable.base_variable ?? variable.variable;
  const isBase = (other: Variable): boolean =>
    other.difficulty === undefined && (other.base_variable ?? other.variable) === name;
  const base = all.find(isBase) ?? (variable.difficulty === undefined ? variable : undefined);
  if (base) return base;
  throw new UserError(`no base variable “${name}” for “${variable.variable}”`);
}

/** Every variable of one published file, `{key: variable}`. Throws ZodError for other fields, UserError naming what does not fit. */
export function readOpenEstimate(document: unknown, group: string): EstimateItem[] {
  const variables = z.record(z.string(), variableSchema).parse(document);
  const all = Object.values(variables);
  return Object.entries(variables).map(([key, variable]) => {
    const { mean, se, scale } = inPoints(variable, baseOf(variable, all));
    const bins = estimateBins(mean, se);
    return {
      kind: 'estimate',
      id: `${group}/${key}`,
      prompt: prompt(variable, scale),
      prefill: '',
      group,
      bins,
      mean: bins.reduce((sum, share, answer) => sum + share * answer, 0),
    };
  });
}
