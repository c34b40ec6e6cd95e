/** The report that is shown: table, figures and how each number was made; or what to run while there is none. */
import { useTranslation } from 'react-i18next';
import { reportFigures } from '../../engine/figures/reportFigures.ts';
import type { Overlay, Report } from '../../shared/report.ts';
import { Loaded } from '../components/Loaded.tsx';
import { StageBadge } from '../components/StageBadge.tsx';
import { useWording } from '../components/wording.ts';
import { Figure } from '../plots/Figure.tsx';
import { useWidth } from '../plots/useWidth.ts';
import { useResearcher } from '../state/store.ts';
import { EvaluationTable } from './EvaluationTable.tsx';

function EmptyReport() {
  const { t } = useTranslation('home');
  return (
    <section className="panel empty">
      <h1>{t('report.none')}</h1>
      <p>{t('report.teach')}</p>
      <pre>
        <code>npm run demo</code>
      </pre>
      <p>{t('report.demo')}</p>
    </section>
  );
}

function ScenarioText({ overlay }: { readonly overlay: Overlay }) {
  return (
    <div className="scenario">
      <p>{overlay.background}</p>
      <ol>
        {overlay.conditions.map((condition) => (
          <li key={condition}>{condition}</li>
        ))}
      </ol>
    </div>
  );
}

function ReportFigures({ report }: { readonly report: Report }) {
  const { ref, width } = useWidth();
  const figures = width === 0 ? [] : reportFigures(report, width);
  return (
    <div ref={ref}>
      {figures.map(({ id, heading, node }) => (
        <section key={id} className="plot" aria-labelledby={`figure-${id}`}>
          <h2 id={`figure-${id}`}>{heading}</h2>
          {id === 'overlay' && <ScenarioText overlay={report.overlay} />}
          <Figure node={node} />
        </section>
      ))}
    </div>
  );
}

function ReportView({ report }: { readonly report: Report }) {
  const { t } = useTranslation('home');
  const { t: frame } = useTranslation('frame');
  const { moment } = useWording();
  const { study } = report;
  return (
    <article className="panel">
      <h1>{report.title}</h1>
      <p className="facts">
        {moment(report.createdAt)} · {t('seed', { seed: report.seed })} ·{' '}
        {frame('version', { version: report.version })}
      </p>
      <p className="facts">
        {study.title} · <StageBadge stage={study.stage} /> {frame('count.participants', { count: study.nParticipants })}
      </p>
      <EvaluationTable evaluation={report.evaluation} level={report.interval.level} />
      <ReportFigures report={report} />
      <section aria-labelledby="methods-title">
        <h2 id="methods-title">{t('report.methods')}</h2>
        <ul className="methods">
          {report.methods.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </article>
  );
}

export function ReportPane() {
  const { t } = useTranslation('home');
  const reports = useResearcher((state) => state.reports);
  const report = useResearcher((state) => state.report);
  const shownId = useResearcher((state) => state.shownReportId);
  const loadReports = useResearcher((state) => state.loadReports);
  if (reports.status === 'failed') return null;
  if (reports.status === 'ready' && shownId === null) return <EmptyReport />;
  return (
    <Loaded of={report} what={t('report.what')} onRetry={loadReports}>
      {(value) => <ReportView key={value.id} report={value} />}
    </Loaded>
  );
}
