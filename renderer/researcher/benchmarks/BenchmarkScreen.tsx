/** Benchmarks: published questions in the user's own files, asked of a transformer or an adapter, beside floors and ceilings. */
import { useTranslation } from 'react-i18next';
import { EntryList } from '../../components/EntryList.tsx';
import { ListScreen } from '../../components/ListScreen.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useResearcher } from '../../state/store.ts';
import { BenchmarkForm } from './BenchmarkForm.tsx';
import { BenchmarkView } from './BenchmarkView.tsx';

function Detail() {
  const { t } = useTranslation('benchmarks');
  const item = useResearcher((state) => state.route.item);
  const benchmarks = useResearcher((state) => state.benchmarks);
  const load = useResearcher((state) => state.loadComparisons);
  if (item === 'new') return <BenchmarkForm />;
  if (item !== null)
    return (
      <Loaded of={benchmarks} what={t('whatOne')} onRetry={load}>
        {(list) => <BenchmarkView name={item} run={list.find(({ name }) => name === item)} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>{t('title')}</h1>
      <p>{t('empty')}</p>
    </section>
  );
}

function BenchmarkList() {
  const { t } = useTranslation('benchmarks');
  const benchmarks = useResearcher((state) => state.benchmarks);
  return (
    <EntryList
      screen="benchmarks"
      of={benchmarks}
      what={t('what')}
      facts={({ result }) =>
        result === null ? t('unfinished') : t('entry', { name: result.name, count: result.items })
      }
    />
  );
}

export function BenchmarkScreen() {
  const { t } = useTranslation('benchmarks');
  return (
    <ListScreen screen="benchmarks" title={t('title')} start={t('start')} list={<BenchmarkList />} isShort>
      <Detail />
    </ListScreen>
  );
}
