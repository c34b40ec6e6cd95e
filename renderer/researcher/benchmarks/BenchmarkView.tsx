/** One benchmark run: its table, the transformer's rows above what guessing gives. */
import { decimal, estimateText } from '../../../engine/figures/numberText.ts';
import type { BenchmarkResult } from '../../../shared/benchmark.ts';
import type { BenchmarkRun } from '../../../shared/comparisonProcedures.ts';
import { Measured } from '../../components/Measured.tsx';
import { ScrollFrame } from '../../components/ScrollFrame.tsx';
import { counted } from '../../components/wording.ts';

function Rows({ result }: { readonly result: BenchmarkResult }) {
  const isEstimate = result.name === 'openestimate';
  const { level, replicates } = result.interval;
  const interval = `${Math.round(100 * level)} % percentile bootstrap over items, ${replicates.toLocaleString('en')} replicates, seed ${result.seed}`;
  return (
    <ScrollFrame label="Scores">
      <table>
        <caption>
          {isEstimate ? 'Mean absolute error in points (smaller is better)' : 'Accuracy'}, negative log-likelihood in
          nats, and expected calibration error over pooled items. Floors use nothing of the transformer.
        </caption>
        <thead>
          <tr>
            {['', 'Items', isEstimate ? 'MAE' : 'Accuracy', 'NLL', 'ECE'].map((heading) => (
              <th key={heading} scope="col">
                {heading || 'Who answers'}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.map(({ label, role, n, score, nll, ece, note }) => (
            <tr key={label} className={role === 'answers' ? undefined : 'is-floor'}>
              <th scope="row">
                {label}
                {note !== null && <span className="facts"> {note}</span>}
              </th>
              <td>{n.toLocaleString('en')}</td>
              <td>
                <Measured method={`n = ${n} items; ${interval}`}>{estimateText(score, isEstimate ? 2 : 3)}</Measured>
              </td>
              <td>
                <Measured method={`n = ${n} items; ${interval}`}>{estimateText(nll, 3)}</Measured>
              </td>
              <td>
                <Measured method={`n = ${n} items, 15 equal bins of pooled items; no interval`}>
                  {decimal(ece, 3)}
                </Measured>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Result({ name, result }: { readonly name: string; readonly result: BenchmarkResult }) {
  const { items, tooLong, temperature, leakedMass, isGuided, seed, appVersion } = result;
  return (
    <>
      <p className="facts">
        {result.name}
        {isGuided && ', guided'} · {counted(items, 'item')}
        {tooLong > 0 && `, ${tooLong} of them too long and not asked`} · seed {seed} · version {appVersion}
      </p>
      <Rows result={result} />
      <p className="facts">
        Mean mass outside the offered answers {decimal(leakedMass, 4)}.
        {temperature?.temperature != null &&
          ` Temperature ${decimal(temperature.temperature, 3)} fitted on ${counted(temperature.items, 'other item')}.`}{' '}
        Every item: benchmarks/{name}/items.csv
      </p>
    </>
  );
}

export function BenchmarkView({ name, run }: { readonly name: string; readonly run: BenchmarkRun | undefined }) {
  return (
    <article className="panel">
      <h1>{name}</h1>
      {run === undefined && <p className="state">There is no such run in this workspace.</p>}
      {run?.result === null && (
        <p className="state">Not finished. Its job goes on where it stopped, also after a restart.</p>
      )}
      {run?.result && <Result name={name} result={run.result} />}
    </article>
  );
}
