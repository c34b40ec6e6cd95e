/** What a program says about each query: mean, spread, precision, a histogram; and how it was computed. */

import { useTranslation } from 'react-i18next';
import type { Posterior, QueryPosterior } from '../../../shared/posterior.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';

const BAR = 5;
const BARS = 20;
const WIDTH = 200;
const HEIGHT = 40;

/** The probability of each bar of five answers; 100 counts with the last. */
function barsOf(bins: readonly number[]): number[] {
  const bars = new Array<number>(BARS).fill(0);
  bins.forEach((share, answer) => {
    bars[Math.min(BARS - 1, Math.floor(answer / BAR))] += share;
  });
  return bars;
}

/** A bar of `height` px standing on the ground at `x`. */
const barPath = (x: number, width: number, height: number): string => `M${x},${HEIGHT}v${-height}h${width}v${height}z`;

type HistogramProps = {
  readonly bins: readonly number[];
  /** Another distribution, drawn as a line over the bars. */
  readonly outline?: readonly number[];
  readonly label: string;
};

/** A histogram in a table's cell; the row's numbers say the same in words. */
export function Histogram({ bins, outline, label }: HistogramProps) {
  const bars = barsOf(bins);
  const line = outline && barsOf(outline);
  const tallest = Math.max(...bars, ...(line ?? []));
  const step = WIDTH / BARS;
  const heightOf = (share: number): number => (share / tallest) * (HEIGHT - 2);
  return (
    <svg
      className="histogram"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="img"
      aria-label={label}
    >
      <path d={bars.map((share, i) => barPath(i * step + 0.5, step - 1, heightOf(share))).join('')} />
      {line && (
        <path
          className="outline"
          d={`M0,${HEIGHT}${line.map((share) => `V${HEIGHT - heightOf(share)}h${step}`).join('')}`}
        />
      )}
    </svg>
  );
}

function Row({
  id,
  text,
  query,
}: {
  readonly id: string;
  readonly text: string;
  readonly query: QueryPosterior | undefined;
}) {
  const { t } = useTranslation('program');
  const { decimal } = useWording();
  const { mean = null, sd = null, mcse = null, bins = null } = query ?? {};
  return (
    <tr>
      <th scope="row">
        <code>{id}</code> {text}
      </th>
      <td>{decimal(mean)}</td>
      <td>{decimal(sd)}</td>
      <td>{decimal(mcse, 2)}</td>
      <td>{bins && <Histogram bins={bins} label={t('table.histogram', { mean: decimal(mean) })} />}</td>
    </tr>
  );
}

/** Gives the sentence on how the numbers came about. */
export function useMethodText(): (posterior: Posterior) => string {
  const { t } = useTranslation('program');
  const { decimal } = useWording();
  return ({ method, executions, accepted, ess, rHat, seed, seconds }) => {
    const parts = [
      t('method.executions', { method, executions }),
      accepted === undefined ? '' : t('method.accepted', { accepted }),
      ess === undefined ? '' : t('method.ess', { ess: Math.round(ess) }),
      rHat === undefined ? '' : `R̂ ${decimal(rHat, 3)}`,
      t('seed', { seed }),
      `${decimal(seconds, 2)} s`,
    ];
    return parts.filter(Boolean).join(', ');
  };
}

type PosteriorTableProps = { readonly scenario: Pick<Scenario, 'queries'>; readonly posterior: Posterior };

export function PosteriorTable({ scenario, posterior }: PosteriorTableProps) {
  const { t } = useTranslation('program');
  const methodText = useMethodText();
  return (
    <section aria-labelledby="posterior-title">
      <h2 id="posterior-title">{t('posterior.title')}</h2>
      <ScrollFrame label={t('posterior.table')}>
        <table>
          <caption>
            {methodText(posterior)}. {t('posterior.caption')}
          </caption>
          <thead>
            <tr>
              <th scope="col">{t('table.query')}</th>
              <th scope="col">{t('table.mean')}</th>
              <th scope="col">SD</th>
              <th scope="col">mcse</th>
              <th scope="col">0 – 100</th>
            </tr>
          </thead>
          <tbody>
            {scenario.queries.map(({ id, text }) => (
              <Row key={id} id={id} text={text} query={posterior.queries[id]} />
            ))}
          </tbody>
        </table>
      </ScrollFrame>
      {posterior.warnings.length > 0 && (
        <ul className="methods">
          {posterior.warnings.map((warning) => (
            <li key={warning}>{warning}</li>
          ))}
        </ul>
      )}
    </section>
  );
}
