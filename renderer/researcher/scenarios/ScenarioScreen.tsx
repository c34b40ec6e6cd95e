/** The scenario library: what there is, and beside it the scenario that is open or the form that makes new ones. */
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { GenerateForm } from './GenerateForm.tsx';
import { ImportForm } from './ImportForm.tsx';
import { ScenarioFilters } from './ScenarioFilters.tsx';
import { ScenarioList } from './ScenarioList.tsx';
import { ScenarioView } from './ScenarioView.tsx';

function Actions() {
  const filter = useResearcher((state) => state.filter);
  const total = useResearcher((state) => state.total);
  const startJob = useResearcher((state) => state.startJob);
  const shown = total.status === 'ready' ? total.value : 0;
  const runAll = (): void => void startJob({ kind: 'run', input: { scenarios: { filter }, precision: 0.5, seed: 1 } });
  return (
    <p className="actions">
      <a className="button" href={routeHash({ screen: 'scenarios', item: 'new' })}>
        Generate…
      </a>
      <a className="button" href={routeHash({ screen: 'scenarios', item: 'import' })}>
        Import…
      </a>
      <button type="button" disabled={shown === 0} onClick={runAll}>
        Run {shown.toLocaleString('en')} programs
      </button>
    </p>
  );
}

function Detail() {
  const item = useResearcher((state) => state.route.item);
  if (item === 'new') return <GenerateForm />;
  if (item === 'import') return <ImportForm />;
  if (item !== null) return <ScenarioView key={item} id={item} />;
  return (
    <section className="panel empty">
      <h1>Scenarios</h1>
      <p>
        A scenario is a short text with results and queries on 0–100, and a program that computes the right answers.
        Generate some, or import your own; choose one in the list to read it and to run its program.
      </p>
      <p>
        <kbd>Ctrl</kbd> <kbd>K</kbd> opens every command.
      </p>
    </section>
  );
}

export const ScenarioScreen = () => (
  <div className="columns is-wide">
    <section className="library" aria-labelledby="scenarios-title">
      <h2 id="scenarios-title">Scenarios</h2>
      <Actions />
      <ScenarioFilters />
      <ScenarioList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
