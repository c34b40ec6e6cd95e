/** The datasets of the workspace: build one, read its card, browse its records. */
import { EntryList } from '../../components/EntryList.tsx';
import { counted } from '../../components/wording.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { BuildForm } from './BuildForm.tsx';
import { DatasetCard } from './DatasetCard.tsx';

function DatasetList() {
  const datasets = useResearcher((state) => state.datasets);
  return (
    <EntryList
      screen="datasets"
      of={datasets}
      what="datasets"
      facts={({ manifest }) =>
        manifest ? `${counted(manifest.scenarios.labelled, 'scenario')}, seed ${manifest.settings.seed}` : 'unfinished'
      }
    />
  );
}

function Detail() {
  const item = useResearcher((state) => state.route.item);
  const datasets = useResearcher((state) => state.datasets);
  const found = datasets.status === 'ready' ? datasets.value.find(({ name }) => name === item) : undefined;
  if (item === 'new') return <BuildForm />;
  if (found?.manifest) return <DatasetCard key={found.name} name={found.name} manifest={found.manifest} />;
  return (
    <section className="panel empty">
      <h1>{found ? `${found.name} is not finished` : 'Datasets'}</h1>
      <p>
        {found
          ? 'Its build was stopped or is still at work: the job below goes on where it was.'
          : 'A dataset holds the queries of scenarios with the distributions their programs give: what a transformer is trained on, and what it is tested on.'}
      </p>
    </section>
  );
}

export const DatasetScreen = () => (
  <div className="columns">
    <section className="library" aria-labelledby="datasets-title">
      <h2 id="datasets-title">Datasets</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen: 'datasets', item: 'new' })}>
          Build…
        </a>
      </p>
      <DatasetList />
    </section>
    <div className="detail">
      <Detail />
    </div>
  </div>
);
