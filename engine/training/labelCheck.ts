/**
 * Label check: whether a posterior may become a label, and if not, why. **Source:** ppt §2.5 lists what the published code left
 * unchecked: the number accepted, finiteness, range, precision, matching queries, constant answers.
 */
import { z } from 'zod';
import { ANSWER_COUNT, type Posterior, type QueryPosterior } from '../../shared/posterior.ts';
import type { Query } from '../../shared/scenario.ts';

/** `text`: a placeholder or an answer stands in it; `program`: it did not compile or run. The others name the check that failed. */
export const labelFaultSchema = z.strictObject({
  check: z.enum(['text', 'program', 'queries', 'numeric', 'range', 'constant', 'accepted', 'precision']),
  queryId: z.string().optional(),
  message: z.string(),
});
export type LabelFault = Readonly<z.infer<typeof labelFaultSchema>>;

/** `minEffective` independent draws at least (accepted, or ess where known); mcse of every query at most `precision` points. */
export type LabelDemands = { readonly minEffective: number; readonly precision: number };

/** How far the sum of bins may be from 1: rounding in a sum of 101 numbers. */
const SUM_TOLERANCE = 1e-9;

function numberFault(
  id: string,
  { bins, mean, sd, mcse }: QueryPosterior,
  mayBeConstant: boolean,
): LabelFault | undefined {
  const fault = (check: LabelFault['check'], message: string): LabelFault => ({ check, queryId: id, message });
  if (bins === null || mean === null || sd === null || mcse === null)
    return fault('numeric', `${id}: expected numbers, received values without a mean`);
  const total = bins.reduce((sum, bin) => sum + bin, 0);
  const allFinite = [mean, sd, mcse, ...bins].every(Number.isFinite);
  if (!allFinite || bins.length !== ANSWER_COUNT || Math.abs(total - 1) > SUM_TOLERANCE)
    return fault(
      'numeric',
      `${id}: expected ${ANSWER_COUNT} finite bins that sum to 1, received ${bins.length} with sum ${total}`,
    );
  if (mean < 0 || mean > 100) return fault('range', `${id}: expected a mean of 0–100, received ${mean}`);
  if (!mayBeConstant && (sd === 0 || bins.some((bin) => bin === 1)))
    return fault('constant', `${id}: every run answers ${Math.round(mean)}`);
  return undefined;
}

function precisionFault(id: string, { mcse }: QueryPosterior, { precision }: LabelDemands): LabelFault[] {
  if (mcse === null || mcse <= precision) return [];
  const message = `${id}: expected an mcse of at most ${precision}, reached ${mcse.toFixed(3)}`;
  return [{ check: 'precision', queryId: id, message }];
}

/**
 * Everything that forbids `posterior` as the label of `queries`; empty when nothing does. A single draw has no precision to demand: `demands`
 * is then null, and only the form is checked.
 */
export function findLabelFaults(
  queries: readonly Query[],
  posterior: Posterior,
  demands: LabelDemands | null,
): LabelFault[] {
  const expected = queries.map(({ id }): string => id).sort();
  const received = Object.keys(posterior.queries).sort();
  if (expected.join() !== received.join())
    return [
      {
        check: 'queries',
        message: `expected answers to ${expected.join(', ')}, received ${received.join(', ') || 'none'}`,
      },
    ];
  const effective = posterior.ess ?? posterior.accepted;
  const faults: LabelFault[] = [];
  if (demands && effective !== undefined && effective < demands.minEffective)
    faults.push({
      check: 'accepted',
      message: `expected at least ${demands.minEffective} effective draws, received ${Math.floor(effective)} of ${posterior.executions} executions`,
    });
  for (const id of expected) {
    const fault = numberFault(id, posterior.queries[id], demands === null);
    if (fault) faults.push(fault);
    else if (demands) faults.push(...precisionFault(id, posterior.queries[id], demands));
  }
  return faults;
}
