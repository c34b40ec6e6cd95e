/** What is wrong with the program in the editor, with the line and what to do. */
import { useTranslation } from 'react-i18next';
import type { ProgramFault } from '../../../shared/programCheck.ts';

export function FaultList({ faults }: { readonly faults: readonly ProgramFault[] }) {
  const { t } = useTranslation('program');
  if (faults.length === 0) return null;
  return (
    <ul className="faults" aria-label={t('faults')}>
      {faults.map(({ severity, message, hint, line, column }) => (
        <li key={`${line} ${column} ${message}`} className={severity === 'error' ? 'is-failed' : 'is-warning'}>
          {line !== null && <code>{column === null ? line : `${line}:${column}`}</code>} {message}
          {hint !== null && <span className="facts"> {hint}</span>}
        </li>
      ))}
    </ul>
  );
}
