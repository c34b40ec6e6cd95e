/** Bars with intervals: one row per source of answers, floors below and set apart, a dashed line where the best floor lies. */
import { max, type ScaleLinear, scaleLinear } from 'd3';
import type { Estimate, EvaluationRow } from '../../shared/report.ts';
import { AXIS_ROOM, horizontalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { estimateText } from './numberText.ts';
import { seriesClasses } from './seriesStyle.ts';
import { group, line, type SvgNode, svg, text } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

type Bar = { readonly name: string; readonly label: string; readonly estimate: Estimate; readonly isFloor: boolean };

/** Sources that know nothing of what was observed: what any answer has to beat. */
const isFloor = (row: EvaluationRow): boolean => row.source === 'floor' || row.source === 'prior';

function toBars(rows: readonly EvaluationRow[], estimateOf: (row: EvaluationRow) => Estimate | null): Bar[] {
  const names = seriesClasses(rows);
  return rows.flatMap((row, i) => {
    const estimate = estimateOf(row);
    return estimate === null ? [] : [{ name: names[i], label: row.label, estimate, isFloor: isFloor(row) }];
  });
}

const DIGITS = 2;
const GAP = 26;
const END = 5;

/** The numbers beside a bar, on ground of their own where the line of the best floor runs behind them. */
const valueLabel = (left: number, y: number, words: string): SvgNode =>
  group('value', [
    svg('rect', { class: 'surface', x: left - 3, y: y - 9, width: textWidth(words, FONT.body) + 4, height: 18 }),
    text(left, y + 4.5, words, 'body numeric'),
  ]);

function barRow(
  bar: Bar,
  x: ScaleLinear<number, number>,
  place: { y: number; thickness: number; left: number },
): SvgNode {
  const { y, thickness, left } = place;
  const { low, value, high } = bar.estimate;
  const labelRoom = x(0) - left - 12;
  return group(bar.isFloor ? `${bar.name} is-floor` : bar.name, [
    text(x(0) - 12, y + 4.5, shorten(bar.label, labelRoom, FONT.body), 'body end'),
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

/** Draws the rows of both groups from the top; the floors' group has a heading and the line of the best of them. */
function draw(bars: readonly Bar[], axisLabel: string, area: Area): SvgNode[] {
  const answers = bars.filter((bar) => !bar.isFloor);
  const floors = bars.filter((bar) => bar.isFloor);
  const bottom = area.bottom - AXIS_ROOM.below;
  const top = area.top + 18;
  const gaps = floors.length > 0 && answers.length > 0 ? GAP : 0;
  const rowHeight = Math.min(46, (bottom - top - gaps - 6) / Math.max(1, bars.length));
  const thickness = Math.min(24, rowHeight * 0.62);
  const widestLabel = max(bars, (bar) => textWidth(bar.label, FONT.body)) ?? 0;
  const left = area.left + Math.min(widestLabel + 16, (area.right - area.left) / 3);
  const valueRoom = (max(bars, (bar) => textWidth(estimateText(bar.estimate, DIGITS), FONT.body)) ?? 0) + 12;
  const highest = max(bars, (bar) => bar.estimate.high) ?? 1;
  const x = scaleLinear([0, highest || 1], [left, area.right - valueRoom]).nice(6);
  const ticks = x.ticks(6);
  const yOf = (i: number, isInFloors: boolean): number =>
    top + rowHeight * (i + 0.5 + (isInFloors ? answers.length : 0)) + (isInFloors ? gaps : 0);
  const ground = yOf(bars.length - 1 - answers.length, true) + rowHeight / 2;
  const end = floors.length > 0 ? ground : yOf(answers.length - 1, false) + rowHeight / 2;
  return [
    horizontalAxis(x, { top, bottom: end }, { ticks, format: x.tickFormat(6), label: axisLabel }),
    ...floorMarks(floors, x, { top, end, headingY: yOf(0, true) - rowHeight / 2 - 5, left: area.left }),
    ...answers.map((bar, i) => barRow(bar, x, { y: yOf(i, false), thickness, left: area.left })),
    ...floors.map((bar, i) => barRow(bar, x, { y: yOf(i, true), thickness, left: area.left })),
  ];
}

function floorMarks(
  floors: readonly Bar[],
  x: ScaleLinear<number, number>,
  place: { top: number; end: number; headingY: number; left: number },
): SvgNode[] {
  if (floors.length === 0) return [];
  const best = Math.min(...floors.map((floor) => floor.estimate.value));
  return [
    line(x(best), place.top - 4, x(best), place.end, 'best-floor'),
    text(x(best), place.top - 9, 'best floor', 'small middle muted'),
    text(x(0) - 12, place.headingY, 'Floors', 'small end muted'),
  ];
}

const summary = (bars: readonly Bar[]): string =>
  bars.map((bar) => `${bar.label} ${estimateText(bar.estimate, DIGITS)}${bar.isFloor ? ' (floor)' : ''}`).join('; ');

/** Mean absolute error of each source's mean answer, in points of the 0–100 scale; shorter is better. */
export function maeBars(rows: readonly EvaluationRow[], note: FigureNote, size: Size): SvgNode {
  const bars = toBars(rows, (row) => row.mae);
  return figureFrame(
    size,
    {
      title: 'Error of the mean answer on test queries: shorter is better',
      description: `Mean absolute error in points: ${summary(bars)}`,
      note,
    },
    (area) => draw(bars, 'mean absolute error (points of the 0–100 scale)', area),
  );
}

/** Mean KL divergence of each source's distribution from the program's, in nats; sources without a distribution are left out. */
export function divergenceBars(rows: readonly EvaluationRow[], note: FigureNote, size: Size): SvgNode {
  const bars = toBars(rows, (row) => row.divergence);
  return figureFrame(
    size,
    {
      title: 'Divergence from the program’s distribution on test queries: shorter is better',
      description: `Mean KL divergence in nats: ${summary(bars)}`,
      note,
    },
    (area) => draw(bars, 'mean KL(program ‖ answer) (nats)', area),
  );
}
