/** Training: the runs, the form that starts one, one run as it goes, or several compared. */
import { useTranslation } from 'react-i18next';
import { Columns } from '../../components/Columns.tsx';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { CompareRuns } from './CompareRuns.tsx';
import { RunList } from './RunList.tsx';
import { RunView } from './RunView.tsx';
import { TrainForm } from './TrainForm.tsx';

function Detail() {
  const { t } = useTranslation('training');
  const item = useResearcher((state) => state.route.item);
  const runs = useResearcher((state) => state.runs);
  const wanted = item?.split(',') ?? [];
  const found =
    runs.status === 'ready' ? wanted.flatMap((name) => runs.value.find((run) => run.name === name) ?? []) : [];
  if (item === 'new') return <TrainForm />;
  if (found.length > 1) return <CompareRuns key={item} runs={found} />;
  if (found.length === 1) return <RunView key={found[0].name} run={found[0]} />;
  return (
    <section className="panel empty">
      <h1>{t('title')}</h1>
      <p>{wanted.length > 1 && runs.status === 'ready' ? t('compare.gone') : t('empty')}</p>
    </section>
  );
}

export function TrainingScreen() {
  const { t } = useTranslation('training');
  const list = (
    <section className="library" aria-labelledby="runs-title">
      <h2 id="runs-title">{t('title')}</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'training', item: 'new' })}>
          {t('start')}
        </a>
      </p>
      <RunList />
    </section>
  );
  return (
    <Columns list={list}>
      <Detail />
    </Columns>
  );
}
