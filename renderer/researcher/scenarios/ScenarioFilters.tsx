/** What the list of scenarios shows: words, domain, style, motif cell, origin, verdict. */
import { useId } from 'react';
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
        <option value="">any</option>
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
  verdict: [
    { value: 'valid', label: 'program valid' },
    { value: 'refused', label: 'program refused' },
    { value: 'unchecked', label: 'not run yet' },
    { value: 'none', label: 'no program' },
  ],
} as const;
const LABELS = { domain: 'Domain', style: 'Style', source: 'Origin', verdict: 'Verdict' } as const;
const KEYS = ['domain', 'style', 'source', 'verdict'] as const;

export function ScenarioFilters() {
  const id = useId();
  const filter = useResearcher((state) => state.filter);
  const cells = useResearcher((state) => state.cells);
  const setFilter = useResearcher((state) => state.setFilter);
  return (
    <search className="filters" aria-label="Filter scenarios">
      <span className="field is-wide">
        <label htmlFor={id}>Words</label>
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
          label={LABELS[key]}
          value={filter[key]}
          choices={CHOICES[key]}
          onChange={(value) => setFilter({ [key]: value } as Partial<ScenarioFilter>)}
        />
      ))}
      <Select
        label="Motif cell"
        value={filter.cell}
        choices={same(...cells)}
        onChange={(cell) => setFilter({ cell })}
      />
    </search>
  );
}
