/** The safety of the answers: backups, a check of everything, and the way back from damage. */
import type { RestoredSummary, Safety } from '../../../shared/safety.ts';
import { Loaded } from '../../components/Loaded.tsx';
import type { Loadable } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';

const moment = (iso: string): string => new Date(iso).toLocaleString();
const size = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const DATABASE: Readonly<Record<RestoredSummary['database'], string>> = {
  kept: 'The database passed its checks and was kept',
  backup: 'The database was taken from a backup and brought up to date from the response log',
  log: 'The database was rebuilt from the response log',
};

function Checked({ safety: { checkedAt, faults } }: { readonly safety: Safety }) {
  if (checkedAt === null) return <p>Not checked since Credence was started.</p>;
  if (faults.length === 0)
    return <p role="status">Checked {moment(checkedAt)}: every answer, seal and record holds.</p>;
  return (
    <div role="alert" className="is-failed">
      <p>
        Checked {moment(checkedAt)}: {faults.length} {faults.length === 1 ? 'fault' : 'faults'} found. Restoring brings
        the answers back.
      </p>
      <ul>
        {faults.map(({ place, problem }) => (
          <li key={`${place} ${problem}`}>
            {place}: {problem}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Backups({ safety: { backups } }: { readonly safety: Safety }) {
  if (backups.length === 0) return <p>No backup yet. One is made every ten minutes while answers come in.</p>;
  const [newest] = backups;
  return (
    <p>
      {backups.length} {backups.length === 1 ? 'backup' : 'backups'}; the newest, number {newest.number}, is of{' '}
      {moment(newest.madeAt)} ({size(newest.sizeBytes)}).
    </p>
  );
}

function RestoreOutcome({ restored }: { readonly restored: Loadable<RestoredSummary> }) {
  if (restored.status === 'loading') return null;
  if (restored.status === 'failed')
    return (
      <p role="alert" className="is-failed">
        Not restored: {restored.message}
      </p>
    );
  const { database, backup, responses, lostRecords, setAside } = restored.value;
  return (
    <p role="status">
      {DATABASE[database]}
      {backup === null ? '' : ` (number ${backup})`}. {responses} answers are here
      {lostRecords > 0 ? `; ${lostRecords} records of the log are lost` : ''}.
      {setAside.length > 0 && ` Set aside: ${setAside.join(', ')}.`}
    </p>
  );
}

function SafetyActs() {
  const act = useResearcher((state) => state.safetyAct);
  const backUp = useResearcher((state) => state.backUp);
  const checkAnswers = useResearcher((state) => state.checkAnswers);
  const restore = useResearcher((state) => state.restore);
  const confirmRestore = (): void => {
    if (window.confirm('Restore the workspace from its newest good backup and its log? Running jobs are interrupted.'))
      void restore();
  };
  return (
    <p className="acts">
      <button type="button" onClick={() => void backUp()} disabled={act !== null}>
        {act === 'backUp' ? 'Backing up…' : 'Back up now'}
      </button>
      <button type="button" onClick={() => void checkAnswers()} disabled={act !== null}>
        {act === 'check' ? 'Checking…' : 'Check everything'}
      </button>
      <button type="button" onClick={confirmRestore} disabled={act !== null}>
        {act === 'restore' ? 'Restoring…' : 'Restore…'}
      </button>
    </p>
  );
}

export function SafetySection() {
  const safety = useResearcher((state) => state.safety);
  const restored = useResearcher((state) => state.restored);
  const loadSettings = useResearcher((state) => state.loadSettings);
  return (
    <section aria-labelledby="safety-title">
      <h2 id="safety-title">Safety of the answers</h2>
      <Loaded of={safety} what="the backups" onRetry={loadSettings}>
        {(value) => (
          <>
            <Backups safety={value} />
            <Checked safety={value} />
          </>
        )}
      </Loaded>
      <SafetyActs />
      {restored !== null && <RestoreOutcome restored={restored} />}
    </section>
  );
}
