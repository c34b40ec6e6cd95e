/** The tab on scenarios: those of the study, their texts and queries, and adding more from the library. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scenario } from '../../../../../shared/scenario.ts';
import { useResearcher } from '../../../../state/store.ts';
import { ScenarioPicker } from '../../ScenarioPicker.tsx';
import { TextField } from '../DraftFields.tsx';
import { withoutScenario, withScenario, withScenariosAdded } from '../editStudy.ts';
import type { FaultPlace } from '../faultPlace.ts';
import { useDraft } from '../useDraft.ts';

function ScenarioForm({ index, scenario }: { readonly index: number; readonly scenario: Scenario }) {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const path = `scenarios[${index}]`;
  const set = (next: Scenario): void =>
    change(t('edit.scenario', { id: scenario.id }), withScenario(study, index, next));
  const { background, conditions, queries } = scenario;
  return (
    <>
      <TextField
        label={t('scenarios.background')}
        path={`${path}.background`}
        rows={5}
        value={background}
        onChange={(text) => set({ ...scenario, background: text })}
      />
      {conditions.map((condition, i) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no other name than their place
          key={i}
          label={t('scenarios.condition', { number: i + 1 })}
          path={`${path}.conditions[${i}].text`}
          rows={2}
          value={condition.text}
          onChange={(text) =>
            set({ ...scenario, conditions: conditions.map((one, j) => (j === i ? { ...one, text } : one)) })
          }
        />
      ))}
      {queries.map((query, i) => (
        <TextField
          key={query.id}
          label={t('scenarios.query', { id: query.id, kind: query.kind })}
          path={`${path}.queries[${i}].text`}
          rows={2}
          value={query.text}
          onChange={(text) =>
            set({ ...scenario, queries: queries.map((one, j) => (j === i ? { ...one, text } : one)) })
          }
        />
      ))}
      <p className="hint">{t('scenarios.programNote')}</p>
      <p className="actions">
        <button
          type="button"
          disabled={study.scenarios.length === 1}
          onClick={() => change(t('edit.removeScenario', { id: scenario.id }), withoutScenario(study, index))}
        >
          {t('scenarios.remove')}
        </button>
      </p>
    </>
  );
}

function AddScenarios() {
  const { t } = useTranslation('studies');
  const { study, change } = useDraft();
  const readScenarios = useResearcher((state) => state.readScenarios);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const add = async (): Promise<void> => {
    const scenarios = await readScenarios(chosen);
    change(t('edit.addScenarios', { count: chosen.length }), withScenariosAdded(study, scenarios));
    setChosen([]);
  };
  return (
    <details className="panel-part">
      <summary>{t('scenarios.add')}</summary>
      <ScenarioPicker chosen={chosen} onChange={setChosen} hidden={study.scenarios.map(({ id }) => id)} />
      <p className="actions">
        <button type="button" disabled={chosen.length === 0} onClick={() => void add()}>
          {t('scenarios.addChosen', { count: chosen.length })}
        </button>
      </p>
    </details>
  );
}

export function ScenariosTab({ place }: { readonly place: FaultPlace }) {
  const { t } = useTranslation('studies');
  const { study } = useDraft();
  const opened = place.scenario === undefined ? undefined : study.scenarios[place.scenario]?.id;
  return (
    <>
      <p className="facts">{t('scenarios.count', { count: study.scenarios.length })}</p>
      {study.scenarios.map((scenario, i) => (
        <details key={scenario.id} className="panel-part" open={opened === scenario.id || undefined}>
          <summary>
            <code>{scenario.id}</code>{' '}
            <span className="facts">{t('scenarios.facts', { count: scenario.queries.length })}</span>
          </summary>
          <ScenarioForm index={i} scenario={scenario} />
        </details>
      ))}
      <AddScenarios />
    </>
  );
}
