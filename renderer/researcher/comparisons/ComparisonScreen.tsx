/** Comparisons: people against programs, transformers and language models on the queries of one study. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryList } from '../../components/EntryList.tsx';
import { ListScreen } from '../../components/ListScreen.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import { useResearcher } from '../../state/store.ts';
import { CompareForm } from './CompareForm.tsx';
import { ComparisonView } from './ComparisonView.tsx';

function Detail() {
  const { t } = useTranslation('comparisons');
  const item = useResearcher((state) => state.route.item);
  const comparison = useResearcher((state) => state.comparison);
  const load = useResearcher((state) => state.loadComparison);
  useEffect(() => {
    if (item !== null && item !== 'new') void load(item);
  }, [item, load]);
  if (item === 'new') return <CompareForm />;
  if (item !== null)
    return (
      <Loaded of={comparison} what={t('whatOne')} onRetry={() => load(item)}>
        {(value) => <ComparisonView key={value.name} comparison={value} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>{t('title')}</h1>
      <p>{t('empty')}</p>
    </section>
  );
}

function ComparisonList() {
  const { moment } = useWording();
  const { t } = useTranslation('comparisons');
  const comparisons = useResearcher((state) => state.comparisons);
  return (
    <EntryList
      screen="comparisons"
      of={comparisons}
      what={t('what')}
      facts={({ study, sources, createdAt }) =>
        `${study.slug}, ${t('sources', { count: sources.length })} · ${moment(createdAt)}`
      }
    />
  );
}

export function ComparisonScreen() {
  const { t } = useTranslation('comparisons');
  return (
    <ListScreen screen="comparisons" title={t('title')} start={t('start')} list={<ComparisonList />} isShort>
      <Detail />
    </ListScreen>
  );
}
