/** Benchmarks: published questions in the user's own files, asked of a transformer or an adapter, beside floors and ceilings. */
import { EntryList } from '../../components/EntryList.tsx';
import { Loaded } from '../../components/Loaded.tsx';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { BenchmarkForm } from './BenchmarkForm.tsx';
import { BenchmarkView } from './BenchmarkView.tsx';

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const benchmarks = useResearcher((state) => state.benchmarks);
  const load = useResearcher((state) => state.loadComparisons);
  if (item === 'new') return <BenchmarkForm />;
  if (item !== null)
    return (
      <Loaded of={benchmarks} what="the benchmark" onRetry={load}>
        {(list) => <BenchmarkView name={item} run={list.find(({ name }) => name === item)} />}
      </Loaded>
    );
  return (
    <section className="panel empty">
      <h1>Benchmarks</h1>
      <p>
        A benchmark asks a transformer questions that others published, reads its answer over the offered options alone,
        and sets accuracy or error, log loss and calibration beside what guessing gives. Credence ships no such files:
        put yours into the workspace’s folder benchmark-files.
      </p>
    </section>
  );
}

function BenchmarkList() {
  const benchmarks = useResearcher((state) => state.benchmarks);
  return (
    <EntryList
      screen="benchmarks"
      of={benchmarks}
      what="benchmark runs"
      facts={({ result }) => (result === null ? 'not finished' : `${result.name}, ${result.items} items`)}
    />
  );
}

export const BenchmarkScreen = () => (
  <div className="columns has-short-list">
    <section className="library" aria-labelledby="benchmarks-title">
      <h2 id="benchmarks-title">Benchmarks</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'benchmarks', item: 'new' })}>
          Run…
        </a>
      </p>
      <BenchmarkList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
