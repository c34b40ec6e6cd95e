/** Chooses scenarios of the library: a search, and the first that it finds, each with a box. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioEntry } from '../../../shared/library.ts';
import { useResearcher } from '../../state/store.ts';

const SHOWN = 40;

type PickerProps = {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** Scenarios that are not offered. */
  readonly hidden?: readonly string[];
};

export function ScenarioPicker({ chosen, onChange, hidden = [] }: PickerProps) {
  const { t } = useTranslation('studies');
  const findScenarios = useResearcher((state) => state.findScenarios);
  const total = useResearcher((state) => state.total);
  const [search, setSearch] = useState('');
  const [found, setFound] = useState<{ total: number; entries: readonly ScenarioEntry[] }>({ total: 0, entries: [] });
  const libraryTotal = total.status === 'ready' ? total.value : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the library's size tells that there is something new to find
  useEffect(() => {
    let isShown = true;
    void findScenarios(search, SHOWN).then((answer) => {
      if (isShown) setFound(answer);
    });
    return () => {
      isShown = false;
    };
  }, [search, findScenarios, libraryTotal]);
  const entries = found.entries.filter(({ id }) => !hidden.includes(id));
  const toggle = (id: string, isChosen: boolean): void =>
    onChange(isChosen ? [...chosen, id] : chosen.filter((one) => one !== id));
  return (
    <fieldset className="picker">
      <legend>{t('picker.legend', { count: chosen.length })}</legend>
      <input
        type="search"
        aria-label={t('picker.search')}
        placeholder={t('picker.search')}
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      <ul>
        {entries.map(({ id, excerpt, subdomain, cell, queries }) => (
          <li key={id}>
            <label className="tick">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) => toggle(id, target.checked)}
              />
              <span>
                {excerpt}{' '}
                <span className="facts">
                  {subdomain}
                  {cell !== null && ` · ${cell}`} · {t('scenarios.facts', { count: queries })}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {found.total === 0 && <p className="state">{t('picker.none')}</p>}
      {found.total > SHOWN && <p className="facts">{t('picker.more', { count: found.total - SHOWN })}</p>}
    </fieldset>
  );
}
