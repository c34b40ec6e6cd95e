/** What the linter says of the draft: faults, each a way to its field, and advice. */
import { useTranslation } from 'react-i18next';
import type { DraftFault, OpenDraft } from '../../../../shared/draft.ts';
import { fieldPath } from './faultPlace.ts';

type FaultBarProps = { readonly draft: OpenDraft; readonly onGoTo: (fault: DraftFault) => void };

export function FaultBar({ draft, onGoTo }: FaultBarProps) {
  const { t } = useTranslation('studies');
  const { faults, advice, minutes } = draft;
  const length = minutes > 0 ? ` · ${t('checks.minutes', { count: minutes })}` : '';
  return (
    <section className="checks" aria-label={t('checks.title')}>
      <p role="status" className={faults.length > 0 ? 'is-failed' : 'facts'}>
        {faults.length === 0 ? t('checks.none') : t('checks.faults', { count: faults.length })}
        {length}
      </p>
      {faults.length > 0 && (
        <ul className="faults">
          {faults.map((fault) => (
            <li key={`${fieldPath(fault)} ${fault.problem}`}>
              <button type="button" className="is-link" onClick={() => onGoTo(fault)}>
                {fault.problem}
              </button>{' '}
              <code>{fieldPath(fault)}</code>
              {fault.hint !== undefined && <span className="facts"> {fault.hint}</span>}
            </li>
          ))}
        </ul>
      )}
      {advice.length > 0 && (
        <details>
          <summary>{t('checks.advice', { count: advice.length })}</summary>
          <ul className="faults">
            {advice.map((words) => (
              <li key={words} className="is-warning">
                {words}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
