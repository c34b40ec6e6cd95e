/** Every source's agreement with people, with intervals, beside the ceiling. */
import { useTranslation } from 'react-i18next';
import type { CompareSettings, PeopleComparison, SourceComparison } from '../../../shared/comparison.ts';
import type { Estimate } from '../../../shared/report.ts';
import { Measured } from '../../components/Measured.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';

type Column = { readonly name: 'r' | 'spearman' | 'mae' | 'rmse' | 'bias' | 'wasserstein'; readonly digits: number };

const COLUMNS: readonly Column[] = [
  { name: 'r', digits: 2 },
  { name: 'spearman', digits: 2 },
  { name: 'mae', digits: 1 },
  { name: 'rmse', digits: 1 },
  { name: 'bias', digits: 1 },
  { name: 'wasserstein', digits: 1 },
];

const estimateOf = (source: SourceComparison, name: Column['name']): Estimate | null =>
  name === 'wasserstein' ? source.divergence.wasserstein : source[name];

type AgreementTableProps = { readonly shown: PeopleComparison; readonly settings: CompareSettings };

export function AgreementTable({ shown, settings }: AgreementTableProps) {
  const { t } = useTranslation('comparisons');
  const { t: frame } = useTranslation('frame');
  const { decimal, estimate } = useWording();
  const unit = t(`resampled.${settings.unit}`);
  const method = t('method.interval', { ...settings, unit });
  const { people, sources, meanCellRSquared } = shown;
  const n = `${frame('count.queries', { count: people.queries })}, ${frame('count.participants', { count: people.participants })}`;
  return (
    <ScrollFrame label={t('agreement.title')}>
      <table>
        <caption>{t('agreement.caption', { ceiling: decimal(people.splitHalf.ceiling, 2) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('agreement.source')}</th>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col">
                {t(`column.${name}`)}
              </th>
            ))}
            <th scope="col">{t('column.concordance')}</th>
            <th scope="col">{t('column.cells')}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr
              key={`${source.source} ${source.sourceId} ${source.label}`}
              className={source.source === 'floor' || source.source === 'prior' ? 'is-floor' : undefined}
            >
              <th scope="row">{source.label}</th>
              {COLUMNS.map(({ name, digits }) => (
                <td key={name}>
                  <Measured method={`${t(`quantity.${name}`)}; n = ${n}; ${method}`}>
                    {estimate(estimateOf(source, name), digits)}
                  </Measured>
                </td>
              ))}
              <td>
                <Measured method={t('quantity.concordance', { n })}>{decimal(source.concordance, 2)}</Measured>
              </td>
              <td>
                <Measured method={t('quantity.cells')}>{decimal(meanCellRSquared?.[source.label] ?? null, 2)}</Measured>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
