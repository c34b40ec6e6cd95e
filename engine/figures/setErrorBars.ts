/** Bars of mean absolute error with intervals over several sets of queries, side by side per set: where training helped, and where it did not. */
import { csvFormat, max, scaleLinear } from 'd3';
import type { PeopleComparison } from '../../shared/comparison.ts';
import type { Estimate } from '../../shared/report.ts';
import { AXIS_ROOM, horizontalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { estimateText } from './numberText.ts';
import { type SeriesName, seriesClasses } from './seriesStyle.ts';
import { line, mark, type SvgNode, svg, text } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

/** One source's error on one set of queries. */
export type SetBar = SeriesName & { readonly label: string; readonly estimate: Estimate };
/** A set of `queries` queries and the bars of those sources that have an error there, always in the same order of sources. */
export type ErrorSet = { readonly name: string; readonly queries: number; readonly bars: readonly SetBar[] };

const ROW = 24;
const HEADING = 30;
/** Title of two lines, footer of three, and the gaps beside them. */
const FRAME = 130;
const DIGITS = 1;

const toSet = (name: string, { sources, people }: Pick<PeopleComparison, 'sources' | 'people'>): ErrorSet => ({
  name,
  queries: people.queries,
  bars: sources.flatMap(({ source, sourceId, label, mae }) =>
    mae === null ? [] : [{ source, sourceId, label, estimate: mae }],
  ),
});

/** All queries, then what training saw and did not see, then each domain; kinds where there is neither. */
export function setErrors(result: PeopleComparison): ErrorSet[] {
  const of = (facet: string): ErrorSet[] =>
    result.facets.filter((part) => part.facet === facet).map((part) => toSet(part.value, part));
  const seen = [...of('heldOut'), ...of('domain')];
  return [toSet('all queries', result), ...(seen.length > 0 ? seen : of('kind'))];
}

const rowsHeight = (sets: readonly ErrorSet[]): number =>
  sets.reduce((sum, { bars }) => sum + HEADING + ROW * bars.length, 0);

/** The height in px that suits `sets`. */
export const setErrorsHeight = (sets: readonly ErrorSet[]): number => FRAME + AXIS_ROOM.below + rowsHeight(sets);

function draw(sets: readonly ErrorSet[], area: Area): SvgNode[] {
  const bars = sets.flatMap((set) => set.bars);
  const highest = max(bars, ({ estimate }) => estimate.high) ?? 1;
  const label = Math.min(max(bars, (bar) => textWidth(bar.label, FONT.body)) ?? 0, (area.right - area.left) / 3);
  const values = max(bars, (bar) => textWidth(estimateText(bar.estimate, DIGITS), FONT.body)) ?? 0;
  const x = scaleLinear([0, highest], [area.left + label + 14, area.right - values - 14]).nice(6);
  const bottom = area.top + rowsHeight(sets);
  let y = area.top;
  const rows = sets.flatMap((set) => {
    const names = seriesClasses(set.bars);
    const heading = text(area.left, y + 18, `${set.name} (${set.queries} queries)`, 'body strong');
    y += HEADING;
    return [
      heading,
      ...set.bars.map((bar, i) => {
        const middle = y + ROW / 2;
        y += ROW;
        return barMark(bar, { name: names[i], set, y: middle, left: area.left, x });
      }),
    ];
  });
  return [
    horizontalAxis(
      x,
      { top: area.top, bottom },
      { ticks: x.ticks(6), format: x.tickFormat(6), label: 'mean absolute error (points of the 0–100 scale)' },
    ),
    ...rows,
  ];
}

function barMark(
  { label, estimate, source }: SetBar,
  place: {
    readonly name: string;
    readonly set: ErrorSet;
    readonly y: number;
    readonly left: number;
    readonly x: (value: number) => number;
  },
): SvgNode {
  const { name, set, y, left, x } = place;
  const isFloor = source === 'floor' || source === 'prior';
  return mark(
    isFloor ? `${name} is-floor` : name,
    `${set.name}: ${label} ${estimateText(estimate, DIGITS)} points, n = ${set.queries} queries`,
    [
      text(x(0) - 10, y + 4.5, shorten(label, x(0) - 10 - left, FONT.body), 'body end'),
      svg('rect', { class: `${name} bar`, x: x(0), y: y - 8, width: x(estimate.value) - x(0), height: 16 }),
      line(x(estimate.low), y, x(estimate.high), y, 'interval'),
      text(x(estimate.high) + 10, y + 4.5, estimateText(estimate, DIGITS), 'body numeric'),
    ],
  );
}

/** The figure; shorter bars are better. */
export const setErrorBars = (sets: readonly ErrorSet[], note: FigureNote, size: Size): SvgNode =>
  figureFrame(
    size,
    {
      title: 'Error of the mean answer against people’s mean: shorter is better',
      description: sets
        .map(
          ({ name, bars }) =>
            `${name}: ${bars.map((bar) => `${bar.label} ${estimateText(bar.estimate, DIGITS)}`).join(', ')}`,
        )
        .join('; '),
      note,
    },
    (area) => draw(sets, area),
  );

/** The numbers behind it. */
export const setBarsCsv = (sets: readonly ErrorSet[]): string =>
  `${csvFormat(
    sets.flatMap(({ name, queries, bars }) =>
      bars.map(({ source, sourceId, estimate }) => ({
        set: name,
        n: queries,
        source,
        source_id: sourceId,
        mae: estimate.value,
        mae_low: estimate.low,
        mae_high: estimate.high,
      })),
    ),
  )}\n`;
