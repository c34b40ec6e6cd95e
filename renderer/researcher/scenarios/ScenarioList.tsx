/** The list of scenarios: only the rows in view are drawn, and only the pages looked at are asked for, so its length does not matter. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScenarioEntry } from '../../../shared/library.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { PAGE_ROWS } from '../../state/librarySlice.ts';
import { routeHash } from '../../state/routeSlice.ts';
import { useResearcher } from '../../state/store.ts';

const ROW_PX = 66;
const OVERSCAN = 8;

export function VerdictBadge({ verdict }: { readonly verdict: ScenarioEntry['verdict'] }) {
  const { t } = useTranslation('scenarios');
  return <span className={`badge is-${verdict}`}>{t(`verdict.${verdict}`)}</span>;
}

function Row({ index }: { readonly index: number }) {
  const { t } = useTranslation('scenarios');
  const page = Math.floor(index / PAGE_ROWS);
  const entry = useResearcher((state) => state.pages[page]?.[index % PAGE_ROWS]);
  const loadPage = useResearcher((state) => state.loadPage);
  const isOpen = useResearcher((state) => state.route.item === entry?.id);
  const isMissing = entry === undefined;
  // Also for a page that is here: what is in view is what is loaded anew after a change.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that was dropped is asked for again
  useEffect(() => {
    void loadPage(page);
  }, [isMissing, page, loadPage]);
  if (!entry) return <span className="entry is-waiting">…</span>;
  return (
    <a
      className="entry is-row"
      href={routeHash({ screen: 'scenarios', item: entry.id })}
      aria-current={isOpen ? 'true' : undefined}
    >
      <span className="entry-title">{entry.excerpt}</span>
      <span className="facts">
        {entry.subdomain}
        {entry.cell !== null && ` · ${entry.cell}`} · {t('queries', { count: entry.queries })}{' '}
        <VerdictBadge verdict={entry.verdict} />
      </span>
    </a>
  );
}

function Rows({ total }: { readonly total: number }) {
  const { t } = useTranslation('scenarios');
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  return (
    <div className="rows" ref={frame}>
      <ul style={{ height: rows.getTotalSize() }} aria-label={t('count', { count: total })}>
        {rows.getVirtualItems().map(({ index, key, start }) => (
          <li
            key={key}
            style={{ transform: `translateY(${start}px)`, height: ROW_PX }}
            aria-setsize={total}
            aria-posinset={index + 1}
          >
            <Row index={index} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function ScenarioList() {
  const { t } = useTranslation('scenarios');
  const total = useResearcher((state) => state.total);
  const load = useResearcher((state) => state.loadLibrary);
  const filter = useResearcher((state) => state.filter);
  return (
    <Loaded of={total} what={t('title')} onRetry={load}>
      {(count) =>
        count === 0 ? (
          <p className="state">{t('none')}</p>
        ) : (
          <>
            <p className="facts" role="status">
              {t('count', { count })}
            </p>
            <Rows key={JSON.stringify(filter)} total={count} />
          </>
        )
      }
    </Loaded>
  );
}
