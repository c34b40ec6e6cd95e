/** Shows a value that comes from the host: while it is on its way, when it failed (with what to do), and when it is here. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loadable } from '../state/loadable.ts';

type LoadedProps<T> = {
  readonly of: Loadable<T>;
  /** What is being loaded, in the plural or with its article: `studies`, `the report`. */
  readonly what: string;
  readonly onRetry: () => void;
  readonly children: (value: T) => ReactNode;
};

export function Loaded<T>({ of, what, onRetry, children }: LoadedProps<T>) {
  const { t } = useTranslation('frame');
  switch (of.status) {
    case 'loading':
      return (
        <p className="state" role="status">
          {t('load.loading', { what })}
        </p>
      );
    case 'failed': {
      const problem = of.isUnreachable ? t('load.unreachable') : of.message;
      const hint = of.isUnreachable ? t('load.unreachableHint') : of.hint;
      return (
        <div className="state is-failed" role="alert">
          <p>{t('load.failed', { what, problem })}</p>
          {hint && <p className="hint">{hint}</p>}
          <button type="button" onClick={onRetry}>
            {t('load.again')}
          </button>
        </div>
      );
    }
    case 'ready':
      return children(of.value);
    default:
      return of satisfies never;
  }
}
