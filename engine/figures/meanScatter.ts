/** Scatters of people's mean against a source's mean: one panel per source, or a grid kind × domain for one source. */
import type { QueryKind } from '../../shared/queryKind.ts';
import type { Scatter } from '../../shared/report.ts';
import { meanInterval } from '../statistics/meanInterval.ts';
import { ANSWER_TICKS } from './axes.ts';
import { type FigureNote, figureFrame, type Size } from './frame.ts';
import { correlationText, countText, decimal, estimateText, peopleText } from './numberText.ts';
import {
  drawPanels,
  errorKey,
  identityKey,
  kindKey,
  type PanelAxes,
  type PanelPoint,
  type PointPanel,
  panelWords,
} from './pointPanels.ts';
import { seriesClasses } from './seriesStyle.ts';
import type { SvgNode } from './svg.ts';

/** A scatter as drawn: the kind of a query may be unknown. */
export type DrawnScatter = Omit<Scatter, 'points'> & {
  readonly points: readonly (Omit<Scatter['points'][number], 'kind'> & { readonly kind?: QueryKind })[];
};

/** `r = .92 [.88, .95]`, or why there is none. */
export const correlationLine = ({ r }: Pick<Scatter, 'r'>): string =>
  r === null
    ? 'no r: one side does not vary'
    : `r = ${correlationText(r.value)} [${correlationText(r.low)}, ${correlationText(r.high)}]`;

const AXES: PanelAxes = {
  domain: [0, 100],
  ticks: ANSWER_TICKS,
  format: String,
  xLabel: 'mean answer (0–100)',
  yLabel: 'people’s mean (0–100)',
};

function toPoint(point: DrawnScatter['points'][number], label: string): PanelPoint {
  const people = meanInterval(point.y, point.yStandardError, point.participants);
  const n = point.participants === undefined ? '' : `, n = ${peopleText(point.participants)}`;
  return {
    x: point.x,
    y: point.y,
    ...(people === null ? {} : { yInterval: [people.low, people.high] }),
    kind: point.kind,
    title: `${point.scenarioId} · ${point.queryId}: ${label} ${decimal(point.x)}, people ${people === null ? `${decimal(point.y)}, no interval` : estimateText(people)}${n}`,
    data: { scenario: point.scenarioId, query: point.queryId },
  };
}

/** `n = 36 queries`. */
const countLine = (queries: number): string => `n = ${countText(queries)} ${queries === 1 ? 'query' : 'queries'}`;

const KEY = [errorKey('95 % t interval of people’s mean'), identityKey('equal means')];

/** One panel per scatter. Each point is one query. */
export function meanScatter(scatters: readonly DrawnScatter[], note: FigureNote, size: Size): SvgNode {
  const names = seriesClasses(scatters);
  const panels = scatters.map(
    (scatter, i): PointPanel => ({
      name: names[i],
      heading: scatter.label,
      details: [correlationLine(scatter), countLine(scatter.nQueries)],
      points: scatter.points.map((point) => toPoint(point, scatter.label)),
    }),
  );
  const title = 'People’s mean answer against each source’s mean answer';
  const description = panels.map(panelWords).join('; ');
  return figureFrame(size, { title, description, note }, (area) =>
    drawPanels(panels, AXES, { area, key: [...kindKey(panels), ...KEY] }),
  );
}

/** One cell of the grid: its row (a kind of query) and column (a domain), its own r and people's ceiling there. */
export type ScatterCell = {
  readonly row: string;
  readonly column: string;
  readonly scatter: DrawnScatter;
  readonly ceiling: number | null;
};

/** Two means always lie on a line, so their r says nothing. */
const FEWEST_QUERIES = 3;

/** A cell's r with its interval, or why there is none where there are too few queries. */
const cellLine = (scatter: DrawnScatter): string =>
  scatter.points.length < FEWEST_QUERIES ? 'no r: too few queries' : correlationLine(scatter);

/** The scatter of one source split into cells, listed row by row, with r and the ceiling √reliability in each. */
export function scatterGrid(cells: readonly ScatterCell[], note: FigureNote, size: Size): SvgNode {
  const columns = new Set(cells.map(({ column }) => column)).size;
  const name = seriesClasses(cells.slice(0, 1).map(({ scatter }) => scatter))[0];
  const panels = cells.map(
    ({ row, column, scatter, ceiling }): PointPanel => ({
      name,
      heading: `${row} · ${column}`,
      details: [
        cellLine(scatter),
        `${ceiling === null ? '' : `ceiling ${correlationText(ceiling)}, `}${countLine(scatter.points.length)}`,
      ],
      points: scatter.points.map((point) => toPoint(point, scatter.label)),
    }),
  );
  const title = `People’s mean answer against ${cells[0]?.scatter.label ?? 'a source'}, by kind and domain`;
  const description = panels.map(panelWords).join('; ');
  return figureFrame(size, { title, description, note }, (area) =>
    drawPanels(panels, AXES, { area, key: KEY, columns }),
  );
}
