/** Training runs: the table of runs, the form that starts one, and one run's curves as they grow. */

import { decimal } from '../../../engine/figures/numberText.ts';
import { EntryList } from '../../components/EntryList.tsx';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { RunView } from './RunView.tsx';
import { TrainForm } from './TrainForm.tsx';

function RunList() {
  const runs = useResearcher((state) => state.runs);
  return (
    <EntryList
      screen="training"
      of={runs}
      what="runs"
      facts={({ steps, best, config }) =>
        `${config.target} · ${steps.toLocaleString('en')} steps${best ? ` · best validation MAE ${decimal(best.mae)}` : ''}`
      }
    />
  );
}

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const runs = useResearcher((state) => state.runs);
  const run = runs.status === 'ready' ? runs.value.find(({ name }) => name === item) : undefined;
  if (item === 'new') return <TrainForm />;
  if (run) return <RunView key={run.name} run={run} />;
  return (
    <section className="panel empty">
      <h1>Training</h1>
      <p>
        Fine-tuning teaches a transformer the distributions that programs give. It runs on this machine, leaves an
        adapter of a few megabytes, and can be paused, or killed, and go on with the same numbers.
      </p>
    </section>
  );
}

export const TrainingScreen = () => (
  <div className="columns">
    <section className="library" aria-labelledby="runs-title">
      <h2 id="runs-title">Training</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'training', item: 'new' })}>
          Train…
        </a>
      </p>
      <RunList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
