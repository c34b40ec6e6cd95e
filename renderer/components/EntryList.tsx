/** The list at the side of a screen: named things, each a link to its own place, the one that is shown marked. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loadable } from '../state/loadable.ts';
import { routeHash, type ScreenName } from '../state/routeSlice.ts';
import { useResearcher } from '../state/store.ts';
import { Loaded } from './Loaded.tsx';

type EntryListProps<T extends { readonly name: string }> = {
  readonly screen: ScreenName;
  readonly of: Loadable<readonly T[]>;
  /** What is listed, in the plural: `datasets`. */
  readonly what: string;
  /** The line under a name. */
  readonly facts: (item: T) => ReactNode;
};

export function EntryList<T extends { readonly name: string }>({ screen, of, what, facts }: EntryListProps<T>) {
  const { t } = useTranslation('frame');
  const shown = useResearcher((state) => state.route.item);
  const load = useResearcher((state) => state.loadWorkbench);
  return (
    <Loaded of={of} what={what} onRetry={load}>
      {(list) =>
        list.length === 0 ? (
          <p className="state">{t('entries.none', { what })}</p>
        ) : (
          <ul className="entries">
            {list.map((item) => (
              <li key={item.name}>
                <a
                  className="entry"
                  href={routeHash({ screen, item: item.name })}
                  aria-current={shown === item.name ? 'true' : undefined}
                >
                  <span className="entry-title">{item.name}</span>
                  <span className="facts">{facts(item)}</span>
                </a>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}
