/** Bars with intervals: one row per estimate, floors below and set apart; a line at the best floor, or a band where people's own floor lies. */
import { max, type ScaleLinear, scaleLinear } from 'd3';
import type { Estimate } from '../../shared/report.ts';
import { AXIS_ROOM, horizontalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { countText, estimateText } from './numberText.ts';
import { group, line, mark, type SvgNode, svg, text } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

/** One row; `name` is the class of its source. */
export type EstimateBar = {
  readonly name: string;
  readonly label: string;
  readonly estimate: Estimate;
  /** Queries the estimate is over. */
  readonly queries: number;
  /** Whether it is what others have to beat. */
  readonly isFloor: boolean;
};

type BarsText = {
  readonly title: string;
  /** What the numbers are, for the axis and for the reading aloud: quantity and unit. */
  readonly quantity: string;
  readonly note: FigureNote;
};

/** A range of values with a name, drawn behind the bars. */
export type Band = { readonly label: string; readonly estimate: Estimate };

const DIGITS = 2;
const GAP = 26;
const END = 5;

type Layout = {
  readonly x: ScaleLinear<number, number>;
  readonly left: number;
  readonly top: number;
  readonly end: number;
  readonly thickness: number;
  /** The middle of each row: answers first, then floors. */
  readonly yOf: (row: number) => number;
  readonly headingY: number;
};

function layoutBars(answers: number, rows: readonly EstimateBar[], band: Band | undefined, area: Area): Layout {
  const top = area.top + 18;
  const gap = answers > 0 && answers < rows.length ? GAP : 0;
  const height = Math.min(46, (area.bottom - AXIS_ROOM.below - top - gap - 6) / Math.max(1, rows.length));
  const widestLabel = max(rows, (bar) => textWidth(bar.label, FONT.body)) ?? 0;
  const left = area.left + Math.min(widestLabel + 16, (area.right - area.left) / 3);
  const valueRoom = (max(rows, (bar) => textWidth(estimateText(bar.estimate, DIGITS), FONT.body)) ?? 0) + 12;
  const highest = Math.max(max(rows, (bar) => bar.estimate.high) ?? 0, band?.estimate.high ?? 0);
  const yOf = (row: number): number => top + height * (row + 0.5) + (row >= answers ? gap : 0);
  return {
    x: scaleLinear([0, highest || 1], [left, area.right - valueRoom]).nice(6),
    left: area.left,
    top,
    end: yOf(rows.length - 1) + height / 2,
    thickness: Math.min(24, height * 0.62),
    yOf,
    headingY: yOf(answers) - height / 2 - 5,
  };
}

/** The numbers beside a bar, on ground of their own where a line runs behind them. */
const valueLabel = (left: number, y: number, words: string): SvgNode =>
  group('value', [
    svg('rect', { class: 'surface', x: left - 3, y: y - 9, width: textWidth(words, FONT.body) + 4, height: 18 }),
    text(left, y + 4.5, words, 'body numeric'),
  ]);

const barWords = ({ label, estimate, isFloor }: EstimateBar): string =>
  `${label} ${estimateText(estimate, DIGITS)}${isFloor ? ' (floor)' : ''}`;

function barRow(bar: EstimateBar, row: number, layout: Layout): SvgNode {
  const { x, thickness } = layout;
  const { low, value, high } = bar.estimate;
  const y = layout.yOf(row);
  const spoken = `${barWords(bar)}, n = ${countText(bar.queries)} queries`;
  return mark(bar.isFloor ? `${bar.name} is-floor` : bar.name, spoken, [
    text(x(0) - 12, y + 4.5, shorten(bar.label, x(0) - layout.left - 12, FONT.body), 'body end'),
    svg('rect', {
      class: `${bar.name} bar`,
      x: x(0),
      y: y - thickness / 2,
      width: Math.max(0, x(value) - x(0)),
      height: thickness,
    }),
    line(x(low), y, x(high), y, 'interval'),
    line(x(low), y - END, x(low), y + END, 'interval'),
    line(x(high), y - END, x(high), y + END, 'interval'),
    valueLabel(x(Math.max(high, value)) + 12, y, estimateText(bar.estimate, DIGITS)),
  ]);
}

function floorMarks(floors: readonly EstimateBar[], { x, top, end, headingY }: Layout): SvgNode[] {
  if (floors.length === 0) return [];
  const best = Math.min(...floors.map((floor) => floor.estimate.value));
  return [
    line(x(best), top - 4, x(best), end, 'best-floor'),
    text(x(best), top - 9, 'best floor', 'small middle muted'),
    text(x(0) - 12, headingY, 'Floors', 'small end muted'),
  ];
}

function bandMarks({ label, estimate }: Band, { x, top, end }: Layout): SvgNode[] {
  const { low, value, high } = estimate;
  return [
    svg('rect', { class: 'band', x: x(low), y: top - 4, width: x(high) - x(low), height: end - top + 4 }),
    line(x(value), top - 4, x(value), end, 'best-floor'),
    text(x(value), top - 9, `${label} ${estimateText(estimate, DIGITS)}`, 'small middle muted'),
  ];
}

/** The figure of `bars`, answers before floors; shorter bars are better. Without bars only the frame is drawn. */
export function estimateBars(bars: readonly EstimateBar[], words: BarsText, size: Size, band?: Band): SvgNode {
  const answers = bars.filter((bar) => !bar.isFloor);
  const floors = bars.filter((bar) => bar.isFloor);
  const rows = [...answers, ...floors];
  const spoken = rows.map(barWords);
  if (band) spoken.push(`${band.label} ${estimateText(band.estimate, DIGITS)}`);
  const description = `${words.quantity}: ${spoken.join('; ')}`;
  return figureFrame(size, { title: words.title, description, note: words.note }, (area) => {
    if (rows.length === 0) return [];
    const layout = layoutBars(answers.length, rows, band, area);
    const { x, top, end } = layout;
    return [
      horizontalAxis(x, { top, bottom: end }, { ticks: x.ticks(6), format: x.tickFormat(6), label: words.quantity }),
      ...(band ? bandMarks(band, layout) : []),
      ...floorMarks(floors, layout),
      ...rows.map((bar, row) => barRow(bar, row, layout)),
    ];
  });
}
