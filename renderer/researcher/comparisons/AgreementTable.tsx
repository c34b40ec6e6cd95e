/** Every source's agreement with people, with intervals, beside the ceiling. */
import { decimal, estimateText } from '../../../engine/figures/numberText.ts';
import type { PeopleComparison, SourceComparison } from '../../../shared/comparison.ts';
import { Measured } from '../../components/Measured.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { counted } from '../../components/wording.ts';

/** Each column: its heading, its text, and what it is measured by. */
const COLUMNS: readonly {
  readonly heading: string;
  readonly textOf: (source: SourceComparison) => string;
  readonly quantity: string;
}[] = [
  { heading: 'r', textOf: ({ r }) => estimateText(r, 2), quantity: 'signed Pearson r of means' },
  { heading: 'Spearman', textOf: ({ spearman }) => estimateText(spearman, 2), quantity: 'rank correlation of means' },
  { heading: 'MAE', textOf: ({ mae }) => estimateText(mae, 1), quantity: 'mean absolute error of means, points' },
  { heading: 'RMSE', textOf: ({ rmse }) => estimateText(rmse, 1), quantity: 'root mean square error of means, points' },
  { heading: 'Bias', textOf: ({ bias }) => estimateText(bias, 1), quantity: 'source minus people, points' },
  {
    heading: 'Wasserstein',
    textOf: ({ divergence }) => estimateText(divergence.wasserstein, 1),
    quantity: 'distance from half the people, points, bootstrap over queries',
  },
];

type AgreementTableProps = { readonly shown: PeopleComparison; readonly method: string };

export function AgreementTable({ shown, method }: AgreementTableProps) {
  const { people, sources, meanCellRSquared } = shown;
  const n = `${counted(people.queries, 'query', 'queries')}, ${counted(people.participants, 'participant')}`;
  return (
    <ScrollFrame label="Agreement with people">
      <table>
        <caption>
          Agreement of each source with people, with 95 % intervals. No r can be expected above the ceiling of{' '}
          {decimal(people.splitHalf.ceiling, 2)}. A number in focus says how it was made.
        </caption>
        <thead>
          <tr>
            <th scope="col">Source of answers</th>
            {COLUMNS.map(({ heading }) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
            <th scope="col">Concordance</th>
            <th scope="col">Mean r² of cells</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr
              key={`${source.source} ${source.sourceId} ${source.label}`}
              className={source.source === 'floor' || source.source === 'prior' ? 'is-floor' : undefined}
            >
              <th scope="row">{source.label}</th>
              {COLUMNS.map(({ heading, textOf, quantity }) => (
                <td key={heading}>
                  <Measured method={`${quantity}; n = ${n}; ${method}`}>{textOf(source)}</Measured>
                </td>
              ))}
              <td>
                <Measured method={`Lin’s concordance; n = ${n}; no interval`}>
                  {decimal(source.concordance, 2)}
                </Measured>
              </td>
              <td>
                <Measured method="unweighted mean over kind × subdomain of r², whatever its sign; of all queries; no interval">
                  {decimal(meanCellRSquared?.[source.label] ?? null, 2)}
                </Measured>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
