/** The evaluation table: error and divergence of each source of answers on the test queries, with intervals. */

import { useTranslation } from 'react-i18next';
import type { QueryKind } from '../../shared/queryKind.ts';
import { QUERY_KINDS } from '../../shared/queryKind.ts';
import type { EvaluationRow } from '../../shared/report.ts';
import { ScrollFrame } from '../components/ScrollFrame.tsx';
import { useWording } from '../components/wording.ts';

function Row({ row, kinds }: { readonly row: EvaluationRow; readonly kinds: readonly QueryKind[] }) {
  const { decimal, estimate } = useWording();
  return (
    <tr className={row.source === 'floor' || row.source === 'prior' ? 'is-floor' : undefined}>
      <th scope="row">{row.label}</th>
      <td>{row.n}</td>
      <td>{estimate(row.mae)}</td>
      <td>{estimate(row.divergence, 2)}</td>
      {kinds.map((kind) => (
        <td key={kind}>{decimal(row.byKind[kind]?.mae ?? null)}</td>
      ))}
    </tr>
  );
}

type EvaluationTableProps = { readonly evaluation: readonly EvaluationRow[]; readonly level: number };

export function EvaluationTable({ evaluation, level }: EvaluationTableProps) {
  const { t } = useTranslation('evaluations');
  const kinds = QUERY_KINDS.filter((kind) => evaluation.some((row) => row.byKind[kind]));
  return (
    <ScrollFrame label={t('table.title')}>
      <table>
        <caption>{t('table.caption', { level: Math.round(100 * level) })}</caption>
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t('table.source')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('table.queries')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('table.mae')}
            </th>
            <th scope="col" rowSpan={2}>
              {t('table.divergence')}
            </th>
            <th scope="colgroup" colSpan={kinds.length} className="group">
              {t('table.byKind')}
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
