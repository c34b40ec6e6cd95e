/** Comparisons: people against programs, transformers and language models on the queries of one study. */
import { useEffect } from 'react';
import { EntryList } from '../../components/EntryList.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { useWording } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { CompareForm } from './CompareForm.tsx';
import { ComparisonView } from './ComparisonView.tsx';

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const comparison = useResearcher((state) => state.comparison);
  const load = useResearcher((state) => state.loadComparison);
  useEffect(() => {
    if (item !== null && item !== 'new') void load(item);
  }, [item, load]);
  if (item === 'new') return <CompareForm />;
  if (item !== null)
    return (
      <Loaded of={comparison} what="the comparison" onRetry={() => load(item)}>
        {(value) => <ComparisonView key={value.name} comparison={value} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>Comparisons</h1>
      <p>
        A comparison sets the people of a session beside programs, transformers, adapters and answers from elsewhere, on
        the same queries: agreement with intervals, the ceiling that people’s own reliability sets, and floors that
        nothing should fall below.
      </p>
    </section>
  );
}

function ComparisonList() {
  const { moment } = useWording();
  const comparisons = useResearcher((state) => state.comparisons);
  return (
    <EntryList
      screen="comparisons"
      of={comparisons}
      what="comparisons"
      facts={({ study, sources, createdAt }) => `${study.slug}, ${sources.length} sources · ${moment(createdAt)}`}
    />
  );
}

export const ComparisonScreen = () => (
  <div className="columns has-short-list">
    <section className="library" aria-labelledby="comparisons-title">
      <h2 id="comparisons-title">Comparisons</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'comparisons', item: 'new' })}>
          Compare…
        </a>
      </p>
      <ComparisonList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
