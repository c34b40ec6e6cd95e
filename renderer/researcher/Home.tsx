/** Studies and reports of the workspace beside the report that is shown. */
import { Preview } from './Preview.tsx';
import { ReportList } from './ReportList.tsx';
import { ReportPane } from './ReportPane.tsx';
import { StudyList } from './StudyList.tsx';

export const Home = () => (
  <div className="columns">
    <nav className="library" aria-label="Library">
      <StudyList />
      <ReportList />
    </nav>
    <div>
      <ReportPane />
    </div>
    <Preview />
  </div>
);
