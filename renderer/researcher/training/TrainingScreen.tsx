/** Training runs: the table of runs, the form that starts one, and one run's curves as they grow. */
import { decimal } from '../../../engine/figures/numberText.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { RunView } from './RunView.tsx';
import { TrainForm } from './TrainForm.tsx';

function RunList() {
  const runs = useResearcher((state) => state.runs);
  const load = useResearcher((state) => state.loadWorkbench);
  const shown = useResearcher((state) => state.route.item);
  return (
    <Loaded of={runs} what="runs" onRetry={load}>
      {(list) =>
        list.length === 0 ? (
          <p className="state">No runs yet.</p>
        ) : (
          <ul className="entries">
            {list.map(({ name, steps, best, config }) => (
              <li key={name}>
                <a
                  className="entry"
                  href={routeHash({ screen: 'training', item: name })}
                  aria-current={shown === name ? 'true' : undefined}
                >
                  <span className="entry-title">{name}</span>
                  <span className="facts">
                    {config.target} · {steps.toLocaleString('en')} steps
                    {best && ` · best validation MAE ${decimal(best.mae)}`}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
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
