/** Distribution overlay: what several sources answer to one query, as densities on one scale, with their means above. */
import { area as areaPath, curveStepAfter, line as linePath, max, type ScaleLinear, scaleLinear } from 'd3';
import type { AnswerOverlay } from '../../shared/comparison.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import { ANSWER_TICKS, AXIS_ROOM, horizontalAxis, verticalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { decimal, peopleText } from './numberText.ts';
import { markerPath, seriesClasses } from './seriesStyle.ts';
import { line, mark, type SvgNode, svg, text, translate } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

/** Answers in one bar: bars are centred on the multiples of it, so 0 and 100 are treated alike. */
const BAR = 5;
const ROW = 22;
const SAMPLE = 28;

/** What the scale counts, for the axis. */
const SCALE_LABELS: Readonly<Record<QueryKind, string>> = {
  rank: 'answer: rank among 100 peers (0 lowest, 100 highest)',
  percentage: 'answer (per cent, 0–100)',
  contest: 'answer: chance that the second side wins (per cent; 0 means the first side surely)',
  probability: 'answer: probability (per cent)',
  quantity: 'answer (0–100 of the declared range)',
};

/** What is drawn; without the kind the axis says what all scales have. */
export type DrawnOverlay = AnswerOverlay & { readonly kind?: QueryKind };

type Step = { readonly from: number; readonly to: number; readonly density: number };

/** Bars of `BAR` answers, density in % per answer. The bars at both ends hold only the answers that exist there. */
function steps(bins: readonly number[]): Step[] {
  const result: Step[] = [];
  for (let centre = 0; centre < bins.length; centre += BAR) {
    const first = Math.max(0, centre - (BAR - 1) / 2);
    const last = Math.min(bins.length - 1, centre + (BAR - 1) / 2);
    let mass = 0;
    for (let answer = first; answer <= last; answer++) mass += bins[answer];
    result.push({ from: first - 0.5, to: last + 0.5, density: (100 * mass) / (last - first + 1) });
  }
  return result;
}

/** The answers between which 95 % of the mass lies, 2.5 % at most on either side. */
function middleOf(bins: readonly number[]): [number, number] {
  const total = bins.reduce((sum, mass) => sum + mass, 0);
  const reach = (share: number): number => {
    let below = 0;
    return bins.findIndex((mass) => {
      below += mass;
      return below >= share * total;
    });
  };
  return [reach(0.025), reach(0.975)];
}

type Drawn = {
  readonly name: string;
  readonly label: string;
  readonly mean: number;
  /** The middle 95 % of the distribution. */
  readonly middle: readonly [number, number];
  readonly people?: number;
  readonly steps: readonly Step[];
};

/** The outline of the bars as corner points, from the ground and back to it. */
const outline = (drawn: Drawn): [number, number][] => [
  [drawn.steps[0].from, 0],
  ...drawn.steps.map((step): [number, number] => [step.from, step.density]),
  [drawn.steps[drawn.steps.length - 1].to, drawn.steps[drawn.steps.length - 1].density],
  [drawn.steps[drawn.steps.length - 1].to, 0],
];

function curve(drawn: Drawn, x: ScaleLinear<number, number>, y: ScaleLinear<number, number>): SvgNode[] {
  const points = outline(drawn);
  const path =
    linePath<[number, number]>(
      (d) => x(d[0]),
      (d) => y(d[1]),
    ).curve(curveStepAfter)(points) ?? '';
  const filled =
    areaPath<[number, number]>(
      (d) => x(d[0]),
      y(0),
      (d) => y(d[1]),
    ).curve(curveStepAfter)(points) ?? '';
  const shape = [svg('path', { class: `${drawn.name} curve`, d: path })];
  return drawn.name === 'series-posterior' || drawn.name === 'series-people'
    ? [svg('path', { class: `${drawn.name} filled`, d: filled }), ...shape]
    : shape;
}

/** One row above the plot: line sample and name on the left, the mean as a marker on the scale, its number on the right. */
function meanRow(
  drawn: Drawn,
  x: ScaleLinear<number, number>,
  place: { y: number; left: number; right: number },
): SvgNode {
  const { y, left, right } = place;
  const room = x.range()[0] - left - SAMPLE - 16;
  return mark(
    drawn.name,
    `${drawn.label}: mean ${decimal(drawn.mean)}, 95 % of the distribution in [${drawn.middle.join(', ')}], ${drawn.people === undefined ? 'n = 1 distribution' : `n = ${peopleText(drawn.people)}`}`,
    [
      line(left, y, left + SAMPLE, y, `${drawn.name} curve`),
      text(left + SAMPLE + 8, y + 4.5, shorten(drawn.label, room, FONT.body), 'body'),
      line(x(0), y, x(100), y, 'guide'),
      translate(x(drawn.mean), y, [svg('path', { class: `${drawn.name} marker`, d: markerPath(drawn.name, 74) })]),
      text(right, y + 4.5, decimal(drawn.mean), 'body end numeric'),
    ],
  );
}

function draw(overlay: DrawnOverlay, frame: Area): SvgNode[] {
  const names = seriesClasses(overlay.series);
  const drawn = overlay.series.map((series, i) => ({
    name: names[i],
    label: series.label,
    mean: series.mean,
    middle: middleOf(series.bins),
    people: series.people,
    steps: steps(series.bins),
  }));
  const labelRoom = Math.max(AXIS_ROOM.left, ...drawn.map((one) => textWidth(one.label, FONT.body) + SAMPLE + 18));
  const left = frame.left + Math.min(labelRoom, (frame.right - frame.left) / 3);
  const right = frame.right - 46;
  const x = scaleLinear([-0.5, 100.5], [left, right]);
  const rowTop = frame.top + 20;
  const plotTop = rowTop + drawn.length * ROW + 12;
  const highest = max(drawn, (one) => max(one.steps, (step) => step.density)) ?? 1;
  const y = scaleLinear([0, highest], [frame.bottom - AXIS_ROOM.below, plotTop]).nice(4);
  const ticks = y.ticks(4);
  return [
    text(left, frame.top + 12, 'mean answer', 'small muted'),
    ...drawn.map((one, i) => meanRow(one, x, { y: rowTop + ROW * (i + 0.5), left: frame.left, right: frame.right })),
    verticalAxis(y, { left, right }, { ticks, format: y.tickFormat(4), label: 'probability (% per answer)' }),
    horizontalAxis(
      x,
      { top: plotTop, bottom: frame.bottom - AXIS_ROOM.below },
      { ticks: ANSWER_TICKS, format: String, label: overlay.kind ? SCALE_LABELS[overlay.kind] : 'answer (0–100)' },
    ),
    ...drawn.flatMap((one) => curve(one, x, y)),
  ];
}

/** The overlay of `overlay`'s series. Densities are over bars of 5 answers; nothing is smoothed. */
export const distributionOverlay = (overlay: DrawnOverlay, note: FigureNote, size: Size): SvgNode =>
  figureFrame(
    size,
    {
      title: overlay.queryText,
      description: `Distributions of the answer. Means: ${overlay.series.map(({ label, mean }) => `${label} ${decimal(mean)}`).join(', ')}.`,
      note,
    },
    (area) => draw(overlay, area),
  );
