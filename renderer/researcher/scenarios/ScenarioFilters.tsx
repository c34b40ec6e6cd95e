/** What the list of scenarios shows: words, domain, style, motif cell, origin, verdict. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioFilter } from '../../../shared/library.ts';
import { useResearcher } from '../../state/store.ts';

type Choice = { readonly value: string; readonly label: string };
const same = (...values: string[]): Choice[] => values.map((value) => ({ value, label: value }));

function Select(props: {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice[];
  readonly onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation('scenarios');
  const id = useId();
  const { label, value, choices, onChange } = props;
  return (
    <span className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{t('filter.any')}</option>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </span>
  );
}

/** The choices of each filter; `cell` has those that occur. */
const CHOICES = {
  domain: same('sports', 'healthcare', 'general'),
  style: same('structured', 'free-form'),
  source: same('built-in', 'llm', 'imported', 'human'),
} as const;
const VERDICTS = ['valid', 'refused', 'unchecked', 'none'] as const;
const KEYS = ['domain', 'style', 'source'] as const;

export function ScenarioFilters() {
  const { t } = useTranslation('scenarios');
  const id = useId();
  const filter = useResearcher((state) => state.filter);
  const cells = useResearcher((state) => state.cells);
  const setFilter = useResearcher((state) => state.setFilter);
  return (
    <search className="filters" aria-label={t('filter.title')}>
      <span className="field is-wide">
        <label htmlFor={id}>{t('filter.words')}</label>
        <input
          id={id}
          type="search"
          maxLength={200}
          value={filter.search}
          onChange={({ target }) => setFilter({ search: target.value })}
        />
      </span>
      {KEYS.map((key) => (
        <Select
          key={key}
          label={t(`filter.${key}`)}
          value={filter[key]}
          choices={CHOICES[key]}
          onChange={(value) => setFilter({ [key]: value } as Partial<ScenarioFilter>)}
        />
      ))}
      <Select
        label={t('filter.verdict')}
        value={filter.verdict}
        choices={VERDICTS.map((value) => ({ value, label: t(`verdict.${value}`) }))}
        onChange={(value) => setFilter({ verdict: VERDICTS.find((verdict) => verdict === value) ?? null })}
      />
      <Select
        label={t('filter.cell')}
        value={filter.cell}
        choices={same(...cells)}
        onChange={(cell) => setFilter({ cell })}
      />
    </search>
  );
}
