/** What can be done with all scenarios that the filter shows: run, build a dataset, export, delete. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';

const [PRECISION, SEED] = [0.5, 1];

/** `scenarios-2026-03-14-09-05-12`: a name for a folder. */
const folderName = (): string => `scenarios-${new Date().toISOString().slice(0, 19).replace(/[T:]/g, '-')}`;

export function BatchActs() {
  const { t } = useTranslation('scenarios');
  const filter = useResearcher((state) => state.filter);
  const total = useResearcher((state) => state.total);
  const startJob = useResearcher((state) => state.startJob);
  const remove = useResearcher((state) => state.removeScenarios);
  const [note, setNote] = useState('');
  const count = total.status === 'ready' ? total.value : 0;
  const run = (): void =>
    void startJob({ kind: 'run', input: { scenarios: { filter }, precision: PRECISION, seed: SEED } });
  const exportAll = async (): Promise<void> => {
    const name = folderName();
    const job = await startJob({ kind: 'scenarios', input: { name, scenarios: { filter } } });
    setNote(job ? t('exportStarted', { name }) : '');
  };
  const removeAll = (): void => {
    if (window.confirm(t('deleteSure', { count }))) void remove({ filter });
  };
  return (
    <>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'scenarios', item: 'new' })}>
          {t('generate')}
        </a>
        <a className="button" href={routeHash({ screen: 'scenarios', item: 'import' })}>
          {t('import')}
        </a>
        <button type="button" disabled={count === 0} onClick={run}>
          {t('run', { count })}
        </button>
      </p>
      <details className="batch">
        <summary>{t('more')}</summary>
        <p className="actions">
          <a className="button" href={routeHash({ screen: 'datasets', item: 'new' })}>
            {t('build')}
          </a>
          <button type="button" disabled={count === 0} onClick={() => void exportAll()}>
            {t('export')}
          </button>
          <button type="button" disabled={count === 0} onClick={removeAll}>
            {t('delete')}
          </button>
        </p>
        <p role="status">{note}</p>
      </details>
    </>
  );
}
