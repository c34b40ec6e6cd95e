/** The safety of the answers: backups, a check of everything, and the way back from damage. */
import { useTranslation } from 'react-i18next';
import type { RestoredSummary, Safety } from '../../../shared/safety.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import type { Loadable } from '../../state/loadable.ts';
import { useResearcher } from '../../state/store.ts';

function Checked({ safety: { checkedAt, faults } }: { readonly safety: Safety }) {
  const { t } = useTranslation('settings');
  const { moment } = useWording();
  if (checkedAt === null) return <p>{t('safety.unchecked')}</p>;
  if (faults.length === 0) return <p role="status">{t('safety.holds', { moment: moment(checkedAt) })}</p>;
  return (
    <div role="alert" className="is-failed">
      <p>{t('safety.faults', { moment: moment(checkedAt), count: faults.length })}</p>
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
  const { t } = useTranslation('settings');
  const { moment, decimal } = useWording();
  if (backups.length === 0) return <p>{t('safety.noBackup')}</p>;
  const [newest] = backups;
  return (
    <p>
      {t('safety.backups', {
        count: backups.length,
        number: newest.number,
        moment: moment(newest.madeAt),
        size: decimal(newest.sizeBytes / 2 ** 20),
      })}
    </p>
  );
}

function RestoreOutcome({ restored }: { readonly restored: Loadable<RestoredSummary> }) {
  const { t } = useTranslation('settings');
  if (restored.status === 'loading') return null;
  if (restored.status === 'failed')
    return (
      <p role="alert" className="is-failed">
        {t('restore.failed', { problem: restored.message })}
      </p>
    );
  const { database, backup, responses, lostRecords, setAside } = restored.value;
  return (
    <p role="status">
      {t(`restore.${database}`)}
      {backup !== null && ` ${t('restore.number', { backup })}`}. {t('restore.answers', { count: responses })}
      {lostRecords > 0 && `; ${t('restore.lost', { count: lostRecords })}`}.
      {setAside.length > 0 && ` ${t('restore.setAside', { files: setAside.join(', ') })}`}
    </p>
  );
}

function SafetyActs() {
  const { t } = useTranslation('settings');
  const act = useResearcher((state) => state.safetyAct);
  const backUp = useResearcher((state) => state.backUp);
  const checkAnswers = useResearcher((state) => state.checkAnswers);
  const restore = useResearcher((state) => state.restore);
  const confirmRestore = (): void => {
    if (window.confirm(t('restore.sure'))) void restore();
  };
  return (
    <p className="acts">
      <button type="button" onClick={() => void backUp()} disabled={act !== null}>
        {act === 'backUp' ? t('act.backingUp') : t('act.backUp')}
      </button>
      <button type="button" onClick={() => void checkAnswers()} disabled={act !== null}>
        {act === 'check' ? t('act.checking') : t('act.check')}
      </button>
      <button type="button" onClick={confirmRestore} disabled={act !== null}>
        {act === 'restore' ? t('act.restoring') : t('act.restore')}
      </button>
    </p>
  );
}

export function SafetySection() {
  const { t } = useTranslation('settings');
  const safety = useResearcher((state) => state.safety);
  const restored = useResearcher((state) => state.restored);
  const loadSettings = useResearcher((state) => state.loadSettings);
  return (
    <section aria-labelledby="safety-title">
      <h2 id="safety-title">{t('safety.title')}</h2>
      <Loaded of={safety} what={t('safety.what')} onRetry={loadSettings}>
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
