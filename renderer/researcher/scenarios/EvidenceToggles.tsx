/** The observations of a program: each stands, is left out, or is turned around, to see what it does to the answers. */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvidenceState } from '../../../shared/programCheck.ts';

// The schema's own list would bring the schema library into the page, which its content policy refuses.
const STATES = ['on', 'off', 'flipped'] as const satisfies readonly EvidenceState[];

type EvidenceTogglesProps = {
  /** The observations as the program writes them. */
  readonly evidence: readonly string[];
  readonly states: readonly EvidenceState[];
  readonly onChange: (states: readonly EvidenceState[]) => void;
};

export function EvidenceToggles({ evidence, states, onChange }: EvidenceTogglesProps) {
  const { t } = useTranslation('program');
  const id = useId();
  const change = (index: number, state: EvidenceState): void =>
    onChange(evidence.map((_, i) => (i === index ? state : states[i])));
  return (
    <fieldset className="evidence">
      <legend>{t('evidence.title')}</legend>
      {evidence.map((text, index) => (
        <div key={text} className="observation">
          <label htmlFor={`${id}-${index}`}>
            <code>{text}</code>
          </label>
          <select
            id={`${id}-${index}`}
            value={states[index]}
            onChange={({ target }) => change(index, STATES.find((state) => state === target.value) ?? 'on')}
          >
            {STATES.map((state) => (
              <option key={state} value={state}>
                {t(`evidence.${state}`)}
              </option>
            ))}
          </select>
        </div>
      ))}
      <p className="actions">
        <button type="button" onClick={() => onChange(evidence.map(() => 'off'))}>
          {t('evidence.nothing')}
        </button>
        <button type="button" onClick={() => onChange(evidence.map(() => 'on'))}>
          {t('evidence.everything')}
        </button>
      </p>
    </fieldset>
  );
}
