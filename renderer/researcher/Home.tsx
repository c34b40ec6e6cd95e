/** The researcher's home: the studies and reports of the workspace beside the report that is shown. */
import { Loaded } from '../components/Loaded.tsx';
import { useResearcher } from '../state/store.ts';
import { ReportList } from './ReportList.tsx';
import { ReportPane } from './ReportPane.tsx';
import { StudyList } from './StudyList.tsx';

function Header() {
  const info = useResearcher((state) => state.info);
  return (
    <header className="masthead">
      <p className="brand">Credence</p>
      {info.status === 'ready' && (
        <p className="workspace">
          Workspace <code>{info.value.workspace}</code>
          <span className="version">version {info.value.version}</span>
        </p>
      )}
    </header>
  );
}

export function Home() {
  const info = useResearcher((state) => state.info);
  const start = useResearcher((state) => state.start);
  return (
    <>
      <a className="skip" href="#report">
        Skip to the report
      </a>
      <Header />
      <Loaded of={info} what="the workspace" onRetry={start}>
        {() => (
          <div className="columns">
            <nav className="library" aria-label="Library">
              <StudyList />
              <ReportList />
            </nav>
            <main id="report" tabIndex={-1}>
              <ReportPane />
            </main>
          </div>
        )}
      </Loaded>
    </>
  );
}
