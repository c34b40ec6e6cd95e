/** The datasets of the workspace: build one, read its card, browse its records. */
import { useTranslation } from 'react-i18next';
import { EntryList } from '../../components/EntryList.tsx';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';
import { BuildForm } from './BuildForm.tsx';
import { DatasetCard } from './DatasetCard.tsx';

function DatasetList() {
  const { t } = useTranslation('datasets');
  const datasets = useResearcher((state) => state.datasets);
  return (
    <EntryList
      screen="datasets"
      of={datasets}
      what={t('what')}
      facts={({ manifest }) =>
        manifest ? t('entry', { count: manifest.scenarios.labelled, seed: manifest.settings.seed }) : t('unfinished')
      }
    />
  );
}

function Detail() {
  const { t } = useTranslation('datasets');
  const item = useResearcher((state) => state.route.item);
  const datasets = useResearcher((state) => state.datasets);
  const found = datasets.status === 'ready' ? datasets.value.find(({ name }) => name === item) : undefined;
  if (item === 'new') return <BuildForm />;
  if (found?.manifest) return <DatasetCard key={found.name} name={found.name} manifest={found.manifest} />;
  return (
    <section className="panel empty">
      <h1>{found ? t('unfinishedName', { name: found.name }) : t('title')}</h1>
      <p>{found ? t('unfinishedFacts') : t('empty')}</p>
    </section>
  );
}

export function DatasetScreen() {
  const { t } = useTranslation('datasets');
  return (
    <div className="columns">
      <section className="library" aria-labelledby="datasets-title">
        <h2 id="datasets-title">{t('title')}</h2>
        <p className="actions">
          <a className="button" href={routeHash({ screen: 'datasets', item: 'new' })}>
            {t('build')}
          </a>
        </p>
        <DatasetList />
      </section>
      <div className="detail">
        <Detail />
      </div>
    </div>
  );
}
