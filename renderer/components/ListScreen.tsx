/** A screen that lists things by name beside the one that is open, with the way to a new one. */
import type { ReactNode } from 'react';
import { routeHash, type ScreenName } from '../state/routeSlice.ts';

export type ListScreenProps = {
  readonly screen: ScreenName;
  readonly title: string;
  /** The words of the link to a new one. */
  readonly start: string;
  readonly list: ReactNode;
  /** Whether the list keeps short where there is little height. */
  readonly isShort?: boolean;
  readonly children: ReactNode;
};

export const ListScreen = ({ screen, title, start, list, isShort = false, children }: ListScreenProps) => (
  <div className={isShort ? 'columns has-short-list' : 'columns'}>
    <section className="library" aria-labelledby={`${screen}-title`}>
      <h2 id={`${screen}-title`}>{title}</h2>
      <p className="actions">
        <a className="button" href={routeHash({ screen, item: 'new' })}>
          {start}
        </a>
      </p>
      {list}
    </section>
    <div className="detail">{children}</div>
  </div>
);
