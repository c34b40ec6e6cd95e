/** Which look each source of answers has: one class per series, fixing colour, dash and marker, so that a source looks the same in every figure. */
import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolStar,
  symbolTriangle,
  symbolWye,
} from 'd3';
import type { Scatter } from '../../shared/report.ts';

type Source = Scatter['source'];
/** What names a series: where its answers come from, and which one of that source. */
export type SeriesName = { readonly source: Source; readonly sourceId: string };

/** Class names of `series`, in order: the source, with -2, -3 for its second and third. Later ones share -3. */
export function seriesClasses(series: readonly SeriesName[]): string[] {
  const seen = new Map<Source, number>();
  return series.map(({ source }) => {
    const count = Math.min(3, (seen.get(source) ?? 0) + 1);
    seen.set(source, count);
    return count === 1 ? `series-${source}` : `series-${source}-${count}`;
  });
}

const MARKERS = {
  people: symbolStar,
  posterior: symbolDiamond,
  prior: symbolWye,
  base: symbolTriangle,
  adapter: symbolCircle,
  external: symbolCross,
  floor: symbolSquare,
} as const satisfies Record<Source, SymbolType>;

/** The outline of the marker of the series of class `name`, centred on the origin; `area` in px². The second and third of a source are squares. */
export function markerPath(name: string, area: number): string {
  const [, source, count] = /^series-([a-z]+)(?:-(\d))?$/.exec(name) ?? [];
  const first = Object.entries(MARKERS).find(([known]) => known === source)?.[1] ?? symbolCircle;
  return symbol(count === undefined ? first : symbolSquare, area)() ?? '';
}

const KIND_MARKERS = {
  rank: symbolCircle,
  percentage: symbolSquare,
  contest: symbolTriangle,
  probability: symbolDiamond,
  quantity: symbolCross,
};

/** The outline of the marker of a query kind, centred on the origin; `area` in px². */
export const kindMarkerPath = (kind: keyof typeof KIND_MARKERS, area: number): string =>
  symbol(KIND_MARKERS[kind], area)() ?? '';
