/** The reports of the workspace, newest first; choosing one shows it. */
import { useTranslation } from 'react-i18next';
import { Loaded } from '../components/Loaded.tsx';
import { StageBadge } from '../components/StageBadge.tsx';
import { useWording } from '../components/wording.ts';
import type { ReportEntry } from '../state/reportsSlice.ts';
import { useResearcher } from '../state/store.ts';

function ReportButton({ entry }: { readonly entry: ReportEntry }) {
  const { t } = useTranslation('home');
  const { moment } = useWording();
  const isShown = useResearcher((state) => state.shownReportId === entry.id);
  const showReport = useResearcher((state) => state.showReport);
  return (
    <button type="button" className="entry" aria-current={isShown} onClick={() => showReport(entry.id)}>
      <span className="entry-title">{entry.title}</span>
      <span className="facts">
        {moment(entry.createdAt)} · {t('seed', { seed: entry.seed })} <StageBadge stage={entry.study.stage} />
      </span>
    </button>
  );
}

export function ReportList() {
  const { t } = useTranslation('home');
  const reports = useResearcher((state) => state.reports);
  const loadReports = useResearcher((state) => state.loadReports);
  return (
    <section aria-labelledby="reports-title">
      <h2 id="reports-title">{t('reports')}</h2>
      <Loaded of={reports} what={t('reports.what')} onRetry={loadReports}>
        {(list) =>
          list.length === 0 ? (
            <p className="state">{t('reports.none')}</p>
          ) : (
            <ul className="entries">
              {list.map((entry) => (
                <li key={entry.id}>
                  <ReportButton entry={entry} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
