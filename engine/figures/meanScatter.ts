/** Scatter of people's mean against a source's mean, one square panel per source, with identity line, error bars, r and its interval. */
import { type ScaleLinear, scaleLinear } from 'd3';
import { QUERY_KINDS } from '../../shared/queryKind.ts';
import type { Scatter } from '../../shared/report.ts';
import { Z95 } from '../statistics/pearson.ts';
import { ANSWER_TICKS, AXIS_ROOM, horizontalAxis, verticalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { correlationText, decimal } from './numberText.ts';
import { kindMarkerPath, seriesClasses } from './seriesStyle.ts';
import { group, line, type SvgNode, svg, text, translate } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

type Scale = ScaleLinear<number, number>;

const HEADING = 44;
const KEY = 28;
const GAP = 26;
const ROW_GAP = 8;
/** Above and below the panels: title, footer and the gaps beside them. */
const FRAME = 72;
const MAX_SIDE = 340;
const MAX_COLUMNS = 4;

/** `r = .92 [.88, .95]`, or why there is none. */
export const correlationLine = (scatter: Scatter): string =>
  scatter.r === null
    ? 'r undefined: one side does not vary'
    : `r = ${correlationText(scatter.r.value)} [${correlationText(scatter.r.low)}, ${correlationText(scatter.r.high)}]`;

const clamp = (value: number): number => Math.max(0, Math.min(100, value));

function points(scatter: Scatter, name: string, x: Scale, y: Scale): SvgNode[] {
  return scatter.points.map((point) => {
    const half = Z95 * (point.yStandardError ?? 0);
    const label = `${point.scenarioId} · ${point.queryId}: ${scatter.label} ${decimal(point.x)}, people ${decimal(point.y)} ± ${point.yStandardError === null ? 'unknown' : decimal(half)}`;
    return group(
      'point',
      [
        svg('title', {}, [label]),
        line(x(point.x), y(clamp(point.y - half)), x(point.x), y(clamp(point.y + half)), 'error'),
        translate(x(point.x), y(point.y), [
          svg('path', { class: `${name} marker is-open`, d: kindMarkerPath(point.kind, 44) }),
        ]),
      ],
      { 'data-scenario': point.scenarioId, 'data-query': point.queryId },
    );
  });
}

/** One panel of side `side` with its top left corner at the origin of its heading. */
function panel(scatter: Scatter, name: string, side: number, hasNumbers: boolean): SvgNode[] {
  const x = scaleLinear([0, 100], [0, side]);
  const y = scaleLinear([0, 100], [HEADING + side, HEADING]);
  return [
    text(0, 14, shorten(scatter.label, side, FONT.body), 'body strong'),
    text(0, 33, correlationLine(scatter), 'body numeric'),
    verticalAxis(
      y,
      { left: 0, right: side },
      {
        ticks: ANSWER_TICKS,
        format: String,
        hasNumbers,
        ...(hasNumbers ? { label: 'people’s mean (0–100)' } : {}),
      },
    ),
    horizontalAxis(
      x,
      { top: HEADING, bottom: HEADING + side },
      {
        ticks: ANSWER_TICKS,
        format: String,
        label: 'mean answer (0–100)',
      },
    ),
    line(x(0), y(0), x(100), y(100), 'identity'),
    ...points(scatter, name, x, y),
  ];
}

/** The key: one marker per query kind that occurs, the error bar and the identity line. */
function key(scatters: readonly Scatter[], left: number, y: number): SvgNode {
  const kinds = QUERY_KINDS.filter((kind) =>
    scatters.some(({ points }) => points.some((point) => point.kind === kind)),
  );
  let x = left;
  const entry = (sample: SvgNode, label: string): SvgNode[] => {
    const at = x;
    x += 24 + textWidth(label, FONT.small) + 18;
    return [translate(at + 8, y, [sample]), text(at + 22, y + 4.5, label, 'small')];
  };
  return group('key', [
    ...kinds.flatMap((kind) => entry(svg('path', { class: 'marker is-open', d: kindMarkerPath(kind, 44) }), kind)),
    ...entry(line(0, -8, 0, 8, 'error'), '95 % interval of people’s mean'),
    ...entry(line(-8, 6, 8, -6, 'identity'), 'equal means'),
  ]);
}

/** The side of a panel when `columns` of them share `width` px. */
const sideAt = (columns: number, width: number): number =>
  Math.min(MAX_SIDE, (width - AXIS_ROOM.left - 8 - (columns - 1) * GAP) / columns);

/** The height, in px, at which `count` panels fill a figure of `width` px. */
export function scatterHeight(count: number, width: number): number {
  const columns = Math.min(count, MAX_COLUMNS);
  const rows = Math.ceil(count / columns);
  return Math.ceil(FRAME + KEY + rows * (HEADING + sideAt(columns, width) + AXIS_ROOM.below) + (rows - 1) * ROW_GAP);
}

/** How many panels a row holds and how large they are: the arrangement with the largest panels that fit. */
function layout(count: number, area: Area): { columns: number; side: number } {
  const height = area.bottom - area.top - KEY;
  let best = { columns: 1, side: 0 };
  for (let columns = 1; columns <= Math.min(count, MAX_COLUMNS); columns++) {
    const rows = Math.ceil(count / columns);
    const side = Math.min(
      sideAt(columns, area.right - area.left),
      (height - rows * (HEADING + AXIS_ROOM.below) - (rows - 1) * ROW_GAP) / rows,
    );
    if (side > best.side) best = { columns, side };
  }
  return best;
}

function draw(scatters: readonly Scatter[], area: Area): SvgNode[] {
  const names = seriesClasses(scatters);
  const { columns, side } = layout(scatters.length, area);
  const spare = area.right - area.left - AXIS_ROOM.left - 8 - columns * side;
  const gap = columns > 1 ? Math.min(spare / (columns - 1), 3 * GAP) : 0;
  return [
    key(scatters, area.left + AXIS_ROOM.left - 8, area.top + 8),
    ...scatters.map((scatter, i) => {
      const column = i % columns;
      const row = Math.floor(i / columns);
      return translate(
        area.left + AXIS_ROOM.left + column * (side + gap),
        area.top + KEY + row * (HEADING + side + AXIS_ROOM.below + ROW_GAP),
        panel(scatter, names[i], side, column === 0),
        'panel',
      );
    }),
  ];
}

/** Panels for `scatters`. Each point is one query; hovering or focusing it names the scenario. */
export const meanScatter = (scatters: readonly Scatter[], note: FigureNote, size: Size): SvgNode =>
  figureFrame(
    size,
    {
      title: 'People’s mean answer against each source’s mean answer',
      description: scatters
        .map((scatter) => `${scatter.label}: ${correlationLine(scatter)}, ${scatter.nQueries} queries`)
        .join('; '),
      note,
    },
    (area) => draw(scatters, area),
  );
