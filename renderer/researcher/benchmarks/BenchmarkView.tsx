/** One benchmark run: its table, the transformer's rows above what guessing gives. */
import { useTranslation } from 'react-i18next';
import type { BenchmarkResult } from '../../../shared/benchmark.ts';
import type { BenchmarkRun } from '../../../shared/comparisonProcedures.ts';
import { Measured } from '../../components/Measured.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { useWording } from '../../components/wording.ts';

function Rows({ result }: { readonly result: BenchmarkResult }) {
  const { t } = useTranslation('benchmarks');
  const { count, decimal, estimate } = useWording();
  const isEstimate = result.name === 'openestimate';
  const { level, replicates } = result.interval;
  const interval = t('scores.interval', { level: Math.round(100 * level), replicates, seed: result.seed });
  return (
    <ScrollFrame label={t('scores.title')}>
      <table>
        <caption>{isEstimate ? t('scores.captionEstimate') : t('scores.captionChoice')}</caption>
        <thead>
          <tr>
            {[t('scores.who'), t('scores.items'), isEstimate ? 'MAE' : t('scores.accuracy'), 'NLL', 'ECE'].map(
              (heading) => (
                <th key={heading} scope="col">
                  {heading}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {result.rows.map(({ label, role, n, score, nll, ece, note }) => (
            <tr key={label} className={role === 'answers' ? undefined : 'is-floor'}>
              <th scope="row">
                {label}
                {note !== null && <span className="facts"> {note}</span>}
              </th>
              <td>{count(n)}</td>
              <td>
                <Measured method={`${t('scores.n', { n })}; ${interval}`}>
                  {estimate(score, isEstimate ? 2 : 3)}
                </Measured>
              </td>
              <td>
                <Measured method={`${t('scores.n', { n })}; ${interval}`}>{estimate(nll, 3)}</Measured>
              </td>
              <td>
                <Measured method={t('scores.calibration', { n })}>{decimal(ece, 3)}</Measured>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Result({ name, result }: { readonly name: string; readonly result: BenchmarkResult }) {
  const { t } = useTranslation('benchmarks');
  const { t: frame } = useTranslation('frame');
  const { decimal } = useWording();
  const { items, tooLong, temperature, leakedMass, isGuided, seed, appVersion } = result;
  return (
    <>
      <p className="facts">
        {result.name}
        {isGuided && `, ${t('view.guided')}`} · {t('view.items', { count: items })}
        {tooLong > 0 && `, ${t('view.tooLong', { count: tooLong })}`} · {t('view.seed', { seed })} ·{' '}
        {frame('version', { version: appVersion })}
      </p>
      <Rows result={result} />
      <p className="facts">
        {t('view.leaked', { mass: decimal(leakedMass, 4) })}
        {temperature?.temperature != null &&
          ` ${t('view.temperature', { temperature: decimal(temperature.temperature, 3), count: temperature.items })}`}{' '}
        {t('view.file', { name })}
      </p>
    </>
  );
}

export function BenchmarkView({ name, run }: { readonly name: string; readonly run: BenchmarkRun | undefined }) {
  const { t } = useTranslation('benchmarks');
  return (
    <article className="panel">
      <h1>{name}</h1>
      {run === undefined && <p className="state">{t('view.unknown')}</p>}
      {run?.result === null && <p className="state">{t('view.unfinished')}</p>}
      {run?.result && <Result name={name} result={run.result} />}
    </article>
  );
}
