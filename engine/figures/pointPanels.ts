/** Square panels of points on two like axes with the line of equality: the body of scatters, dispersion plots and reliability diagrams. */
import { type ScaleLinear, scaleLinear } from 'd3';
import { QUERY_KINDS, type QueryKind } from '../../shared/queryKind.ts';
import { AXIS_ROOM, horizontalAxis, verticalAxis } from './axes.ts';
import { type Area, FONT } from './frame.ts';
import { kindMarkerPath } from './seriesStyle.ts';
import { group, line, mark, type SvgNode, svg, text, translate } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

type Scale = ScaleLinear<number, number>;

/** One point: the interval of its y, what it stands for, and the words shown where the pointer rests on it. */
export type PanelPoint = {
  readonly x: number;
  readonly y: number;
  /** Both ends, within the domain of the axes; none where they are unknown. */
  readonly yInterval?: readonly [low: number, high: number];
  /** Fixes the marker; a circle where it is unknown. */
  readonly kind?: QueryKind;
  /** Area of the marker in px². */
  readonly area?: number;
  readonly title: string;
  /** `data-` attributes by which a screen finds what the point stands for. */
  readonly data?: Readonly<Record<string, string>>;
};

/** One panel: the class of its source, a heading and the two lines under it: a statistic, and what it is over. */
export type PointPanel = {
  readonly name: string;
  readonly heading: string;
  readonly details: readonly [string, string];
  readonly points: readonly PanelPoint[];
};

/** Both axes run over `domain`; each label names a quantity and its unit. */
export type PanelAxes = {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
  readonly xLabel: string;
  readonly yLabel: string;
};

const HEADING = 62;
const KEY = 28;
const GAP = 26;
const ROW_GAP = 8;
/** Above and below the panels: title, footer and the gaps beside them. */
const FRAME = 72;
const MAX_SIDE = 340;
const MAX_COLUMNS = 4;
const MARKER_AREA = 44;

function pointMark(point: PanelPoint, name: string, axes: { x: Scale; y: Scale }): SvgNode {
  const { x, y } = axes;
  const { yInterval } = point;
  return mark(
    'point',
    point.title,
    [
      ...(yInterval ? [line(x(point.x), y(yInterval[0]), x(point.x), y(yInterval[1]), 'error')] : []),
      translate(x(point.x), y(point.y), [
        svg('path', {
          class: `${name} marker is-open`,
          d: kindMarkerPath(point.kind ?? 'rank', point.area ?? MARKER_AREA),
        }),
      ]),
    ],
    Object.fromEntries(Object.entries(point.data ?? {}).map(([key, value]) => [`data-${key}`, value])),
  );
}

/** A panel in one line, to be read aloud. */
export const panelWords = ({ heading, details }: PointPanel): string => `${heading}: ${details.join(', ')}`;

/** One panel of side `side`, its heading's top left corner at the origin. */
function panelBody(panel: PointPanel, axes: PanelAxes, side: number, isFirst: boolean): SvgNode[] {
  const x = scaleLinear(axes.domain, [0, side]);
  const y = scaleLinear(axes.domain, [HEADING + side, HEADING]);
  const [low, high] = axes.domain;
  const { ticks, format } = axes;
  return [
    text(0, 14, shorten(panel.heading, side, FONT.body), 'body strong'),
    ...panel.details.map((detail, i) => text(0, 33 + 18 * i, shorten(detail, side, FONT.body), 'body numeric')),
    verticalAxis(
      y,
      { left: 0, right: side },
      { ticks, format, hasNumbers: isFirst, ...(isFirst ? { label: axes.yLabel } : {}) },
    ),
    horizontalAxis(
      x,
      { top: HEADING, bottom: HEADING + side },
      { ticks, format, label: shorten(axes.xLabel, side + GAP / 2, FONT.body) },
    ),
    line(x(low), y(low), x(high), y(high), 'identity'),
    ...panel.points.map((point) => pointMark(point, panel.name, { x, y })),
  ];
}

/** An entry of the key: a sample centred on the origin and its name. */
export type KeyEntry = { readonly sample: SvgNode; readonly label: string };

/** The marker of every query kind that occurs in `panels`. */
export const kindKey = (panels: readonly PointPanel[]): KeyEntry[] =>
  QUERY_KINDS.filter((kind) => panels.some(({ points }) => points.some((point) => point.kind === kind))).map(
    (kind) => ({
      sample: svg('path', { class: 'marker is-open', d: kindMarkerPath(kind, MARKER_AREA) }),
      label: kind,
    }),
  );

export const errorKey = (label: string): KeyEntry => ({ sample: line(0, -8, 0, 8, 'error'), label });
/** A marker whose area says how many items it holds. */
export const sizeKey = (label: string): KeyEntry => ({
  sample: svg('path', { class: 'marker is-open', d: kindMarkerPath('rank', 2 * MARKER_AREA) }),
  label,
});
export const identityKey = (label: string): KeyEntry => ({ sample: line(-8, 6, 8, -6, 'identity'), label });

function keyRow(entries: readonly KeyEntry[], left: number, y: number): SvgNode {
  let x = left;
  return group(
    'key',
    entries.flatMap(({ sample, label }) => {
      const at = x;
      x += 24 + textWidth(label, FONT.small) + 18;
      return [translate(at + 8, y, [sample]), text(at + 22, y + 4.5, label, 'small')];
    }),
  );
}

/** The side of a panel when `columns` of them share `width` px. */
const sideAt = (columns: number, width: number): number =>
  Math.min(MAX_SIDE, (width - AXIS_ROOM.left - 8 - (columns - 1) * GAP) / columns);

/** The height, in px, at which `count` panels fill a figure of `width` px, `columns` in a row (at most four side by side unless given). */
export function panelsHeight(count: number, width: number, columns = Math.min(count, MAX_COLUMNS)): number {
  const rows = Math.ceil(count / columns);
  return Math.ceil(FRAME + KEY + rows * (HEADING + sideAt(columns, width) + AXIS_ROOM.below) + (rows - 1) * ROW_GAP);
}

/** How many panels a row holds and how large they are: the arrangement with the largest panels that fit. */
function layout(count: number, area: Area, fixedColumns?: number): { columns: number; side: number } {
  const height = area.bottom - area.top - KEY;
  let best = { columns: fixedColumns ?? 1, side: 0 };
  const most = fixedColumns ?? Math.min(count, MAX_COLUMNS);
  for (let columns = fixedColumns ?? 1; columns <= most; columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(
      sideAt(columns, area.right - area.left),
      (height - rows * (HEADING + AXIS_ROOM.below) - (rows - 1) * ROW_GAP) / rows,
    );
    if (side > best.side) best = { columns, side };
  }
  return best;
}

/** The key and the panels in `area`; `columns` fixes the number side by side. */
export function drawPanels(
  panels: readonly PointPanel[],
  axes: PanelAxes,
  place: { readonly area: Area; readonly key: readonly KeyEntry[]; readonly columns?: number },
): SvgNode[] {
  const { area } = place;
  const { columns, side } = layout(panels.length, area, place.columns);
  const spare = area.right - area.left - AXIS_ROOM.left - 8 - columns * side;
  const gap = columns > 1 ? Math.min(spare / (columns - 1), 3 * GAP) : 0;
  return [
    keyRow(place.key, area.left + AXIS_ROOM.left - 8, area.top + 8),
    ...panels.map((panel, i) =>
      translate(
        area.left + AXIS_ROOM.left + (i % columns) * (side + gap),
        area.top + KEY + Math.floor(i / columns) * (HEADING + side + AXIS_ROOM.below + ROW_GAP),
        panelBody(panel, axes, side, i % columns === 0),
        'panel',
      ),
    ),
  ];
}
