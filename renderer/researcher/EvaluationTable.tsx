/** The evaluation table: error and divergence of each source of answers on the test queries, with intervals. */

import { kindErrorText } from '../../engine/figures/evaluationBars.ts';
import { estimateText } from '../../engine/figures/numberText.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import { QUERY_KINDS } from '../../shared/queryKind.ts';
import type { EvaluationRow } from '../../shared/report.ts';
import { ScrollFrame } from '../components/ScrollFrame.tsx';

function Row({ row, kinds }: { readonly row: EvaluationRow; readonly kinds: readonly QueryKind[] }) {
  return (
    <tr className={row.source === 'floor' || row.source === 'prior' ? 'is-floor' : undefined}>
      <th scope="row">{row.label}</th>
      <td>{row.n}</td>
      <td>{estimateText(row.mae)}</td>
      <td>{estimateText(row.divergence, 2)}</td>
      {kinds.map((kind) => (
        <td key={kind}>{kindErrorText(row.byKind[kind])}</td>
      ))}
    </tr>
  );
}

type EvaluationTableProps = { readonly evaluation: readonly EvaluationRow[]; readonly level: number };

export function EvaluationTable({ evaluation, level }: EvaluationTableProps) {
  const kinds = QUERY_KINDS.filter((kind) => evaluation.some((row) => row.byKind[kind]));
  return (
    <ScrollFrame label="Evaluation">
      <table>
        <caption>
          Distance from the program’s answers on held-out test queries. MAE of the mean in points of the 0–100 scale, KL
          divergence in nats, each with its {Math.round(100 * level)} % interval (percentile bootstrap over scenarios);
          smaller is better.
        </caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              Source of answers
            </th>
            <th scope="col" rowSpan={2}>
              Queries
            </th>
            <th scope="col" rowSpan={2}>
              MAE (points)
            </th>
            <th scope="col" rowSpan={2}>
              KL (nats)
            </th>
            <th scope="colgroup" colSpan={kinds.length} className="group">
              MAE by kind of query (points)
            </th>
          </tr>
          <tr>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {kind}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {evaluation.map((row) => (
            <Row key={`${row.source} ${row.sourceId}`} row={row} kinds={kinds} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
