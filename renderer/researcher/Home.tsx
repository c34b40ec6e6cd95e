/** Studies and reports of the workspace beside the report that is shown. */
import { useTranslation } from 'react-i18next';
import { Preview } from './Preview.tsx';
import { ReportList } from './ReportList.tsx';
import { ReportPane } from './ReportPane.tsx';
import { StudyList } from './StudyList.tsx';

export function Home() {
  const { t } = useTranslation('home');
  return (
    <div className="columns">
      <nav className="library" aria-label={t('library')}>
        <StudyList />
        <ReportList />
      </nav>
      <div>
        <ReportPane />
      </div>
      <Preview />
    </div>
  );
}
