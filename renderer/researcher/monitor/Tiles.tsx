/** The tiles of a session in a grid. A large session's are drawn row by row, those in view alone, so that its size does not matter. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { MonitorTile as Tile } from '../../../shared/participation.ts';
import { useWidth } from '../../plots/useWidth.ts';
import { MonitorTile } from './MonitorTile.tsx';

/** A session up to this size is drawn whole. */
const WHOLE = 60;
const [TILE_PX, GAP_PX, ROW_PX] = [250, 12, 150];
const OVERSCAN = 3;

type TilesProps = { readonly tiles: readonly Tile[] };

const Grid = ({ tiles, label }: TilesProps & { readonly label?: string }) => (
  <ul className="tiles" aria-label={label}>
    {tiles.map((tile) => (
      <MonitorTile key={tile.participantId} tile={tile} />
    ))}
  </ul>
);

function Rows({ tiles }: TilesProps) {
  const { t } = useTranslation('frame');
  const { ref, width } = useWidth();
  const columns = Math.max(1, Math.floor((width + GAP_PX) / (TILE_PX + GAP_PX)));
  const rows = useVirtualizer({
    count: Math.ceil(tiles.length / columns),
    getScrollElement: () => document.getElementById('screen'),
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  return (
    <div ref={ref}>
      <section
        className="tile-rows"
        style={{ height: rows.getTotalSize() }}
        aria-label={t('count.participants', { count: tiles.length })}
      >
        {width > 0 &&
          rows.getVirtualItems().map(({ index, key, start }) => (
            <div
              key={key}
              ref={rows.measureElement}
              data-index={index}
              className="tile-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <Grid tiles={tiles.slice(index * columns, (index + 1) * columns)} />
            </div>
          ))}
      </section>
    </div>
  );
}

export function Tiles({ tiles }: TilesProps) {
  const { t } = useTranslation('monitor');
  return tiles.length > WHOLE ? <Rows tiles={tiles} /> : <Grid tiles={tiles} label={t('tiles')} />;
}
