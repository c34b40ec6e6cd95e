/** The evaluation table of a report as aligned text for a terminal. */
import type { Estimate, Report } from '../../shared/report.ts';

const estimateText = (estimate: Estimate | null, digits: number): string =>
  estimate === null
    ? '–'
    : `${estimate.value.toFixed(digits)} [${estimate.low.toFixed(digits)}, ${estimate.high.toFixed(digits)}]`;

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   '))
    .join('\n');
}

/** Errors on the test queries, then the correlation with the (simulated) people, each number with its 95 % interval. */
export function evaluationTable(report: Report): string {
  const r = new Map(report.scatters.map((scatter) => [scatter.sourceId, scatter.r]));
  const head = ['', 'MAE, points', 'mean KL, nats', 'r with simulated people'];
  const rows = report.evaluation.map((row) => [
    row.label,
    estimateText(row.mae, 2),
    estimateText(row.divergence, 3),
    r.has(row.sourceId) ? estimateText(r.get(row.sourceId) ?? null, 2) : '',
  ]);
  const others = report.scatters
    .filter((scatter) => !report.evaluation.some((row) => row.sourceId === scatter.sourceId))
    .map((scatter) => [scatter.label, '', '', estimateText(scatter.r, 2)]);
  return alignColumns([head, ...rows, ...others]);
}
