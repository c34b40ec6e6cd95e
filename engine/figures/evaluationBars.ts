/** Bars of the evaluation table: error of the mean and divergence of the distribution, with the floors. */
import type { Estimate, EvaluationRow } from '../../shared/report.ts';
import { type EstimateBar, estimateBars } from './estimateBars.ts';
import type { FigureNote, Size } from './frame.ts';
import { seriesClasses } from './seriesStyle.ts';
import type { SvgNode } from './svg.ts';

/** Whether a row is a floor: it knows nothing of what was observed, and any answer has to beat it. */
export const isFloor = ({ source }: EvaluationRow): boolean => source === 'floor' || source === 'prior';

function toBars(rows: readonly EvaluationRow[], estimateOf: (row: EvaluationRow) => Estimate | null): EstimateBar[] {
  const names = seriesClasses(rows);
  return rows.flatMap((row, i) => {
    const estimate = estimateOf(row);
    return estimate === null
      ? []
      : [{ name: names[i], label: row.label, estimate, queries: row.n, isFloor: isFloor(row) }];
  });
}

/** Mean absolute error of each source's mean answer. */
export const maeBars = (rows: readonly EvaluationRow[], note: FigureNote, size: Size): SvgNode =>
  estimateBars(
    toBars(rows, (row) => row.mae),
    {
      title: 'Error of the mean answer on test queries: shorter is better',
      quantity: 'mean absolute error (points of the 0–100 scale)',
      note,
    },
    size,
  );

/** Mean KL divergence of each source's distribution from the program's; sources without a distribution are left out. */
export const divergenceBars = (rows: readonly EvaluationRow[], note: FigureNote, size: Size): SvgNode =>
  estimateBars(
    toBars(rows, (row) => row.divergence),
    {
      title: 'Divergence from the program’s distribution on test queries: shorter is better',
      quantity: 'mean KL(program ‖ answer) (nats)',
      note,
    },
    size,
  );
