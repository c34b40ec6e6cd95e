/** The scenario library: what there is, and beside it the scenario that is open or the form that makes new ones. */
import { useTranslation } from 'react-i18next';
import { Columns } from '../../components/Columns.tsx';
import { useResearcher } from '../../state/store.ts';
import { BatchActs } from './BatchActs.tsx';
import { GenerateForm } from './GenerateForm.tsx';
import { ImportForm } from './ImportForm.tsx';
import { ScenarioFilters } from './ScenarioFilters.tsx';
import { ScenarioList } from './ScenarioList.tsx';
import { ScenarioView } from './ScenarioView.tsx';

function Detail() {
  const { t } = useTranslation('scenarios');
  const item = useResearcher((state) => state.route.item);
  if (item === 'new') return <GenerateForm />;
  if (item === 'import') return <ImportForm />;
  if (item !== null) return <ScenarioView key={item} id={item} />;
  return (
    <section className="panel empty">
      <h1>{t('title')}</h1>
      <p>{t('empty')}</p>
      <p>
        <kbd>Ctrl</kbd> <kbd>K</kbd> {t('keys')}
      </p>
    </section>
  );
}

export function ScenarioScreen() {
  const { t } = useTranslation('scenarios');
  const list = (
    <section className="library" aria-labelledby="scenarios-title">
      <h2 id="scenarios-title">{t('title')}</h2>
      <BatchActs />
      <ScenarioFilters />
      <ScenarioList />
    </section>
  );
  return (
    <Columns list={list} isWide>
      <Detail />
    </Columns>
  );
}
