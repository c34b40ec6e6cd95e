/** Loss curves: training loss and validation error by step, one line per run, the kept checkpoint marked. */
import { extent, line as linePath, max, type ScaleLinear, scaleLinear } from 'd3';
import type { TrainLog } from '../../shared/training.ts';
import { AXIS_ROOM, horizontalAxis, verticalAxis } from './axes.ts';
import { type Area, type FigureNote, figureFrame, type Size } from './frame.ts';
import { countText, decimal } from './numberText.ts';
import { markerPath, type SeriesName, seriesClasses } from './seriesStyle.ts';
import { line, mark, type SvgNode, svg, text, translate } from './svg.ts';

/** One run's log, in the order it was written. */
export type TrainingRun = SeriesName & { readonly label: string; readonly log: readonly TrainLog[] };

type Point = { readonly step: number; readonly value: number };
type Curve = {
  readonly name: string;
  readonly label: string;
  readonly points: readonly Point[];
  readonly best?: Point;
};
type Panel = { readonly title: string; readonly label: string; readonly curves: readonly Curve[] };

const GAP = 84;
const ROW = 20;
/** Room for half of the last tick's number. */
const END = 20;
const HEADING = 26;

const steps = (log: readonly TrainLog[]): Point[] =>
  log.flatMap((entry) => (entry.event === 'step' ? [{ step: entry.step, value: entry.loss }] : []));

const validations = (log: readonly TrainLog[]): (Point & { best: boolean })[] =>
  log.flatMap((entry) =>
    entry.event === 'validation' ? [{ step: entry.step, value: entry.mae, best: entry.best }] : [],
  );

/** The number of points up to which a curve is drawn as logged; longer ones are drawn as means of equal blocks of steps. */
const MOST_POINTS = 120;

const blockSize = (runs: readonly TrainingRun[]): number =>
  Math.max(1, Math.ceil((max(runs, ({ log }) => steps(log).length) ?? 0) / MOST_POINTS));

/** Means of `size` steps each, placed at the last of them; an incomplete last block is left out. */
function blockMeans(points: readonly Point[], size: number): Point[] {
  return Array.from({ length: Math.floor(points.length / size) }, (_, block) => {
    const part = points.slice(block * size, (block + 1) * size);
    return { step: part[size - 1].step, value: part.reduce((sum, { value }) => sum + value, 0) / size };
  });
}

function toPanels(runs: readonly TrainingRun[], names: readonly string[]): Panel[] {
  const size = blockSize(runs);
  return [
    {
      title: size === 1 ? 'Training loss' : `Training loss, means of ${size} steps`,
      label: 'loss (nats per query)',
      curves: runs.map((run, i) => ({ name: names[i], label: run.label, points: blockMeans(steps(run.log), size) })),
    },
    {
      title: 'Validation error',
      label: 'mean absolute error (points)',
      curves: runs.map((run, i) => {
        const points = validations(run.log);
        return { name: names[i], label: run.label, points, best: points.findLast((point) => point.best) };
      }),
    },
  ];
}

function curveMarks(
  { name, label, points, best }: Curve,
  x: ScaleLinear<number, number>,
  y: ScaleLinear<number, number>,
): SvgNode[] {
  const path = linePath<Point>(
    (p) => x(p.step),
    (p) => y(p.value),
  )([...points]);
  return [
    ...(path ? [svg('path', { class: `${name} curve`, d: path })] : []),
    ...(best
      ? [
          mark(
            'kept',
            `${label}: checkpoint kept at step ${countText(best.step)}, error ${decimal(best.value, 2)} points, n = 1 run, no interval`,
            [
              translate(x(best.step), y(best.value), [
                svg('path', { class: `${name} marker`, d: markerPath(name, 90) }),
              ]),
            ],
          ),
        ]
      : []),
  ];
}

function drawPanel({ title, label, curves }: Panel, lastStep: number, area: Area): SvgNode[] {
  const [low = 0, high = 1] = extent(curves.flatMap(({ points }) => points.map((point) => point.value)));
  const x = scaleLinear([0, lastStep], [area.left, area.right]);
  const y = scaleLinear([Math.min(0, low), high || 1], [area.bottom - AXIS_ROOM.below, area.top + HEADING]).nice(4);
  return [
    text(area.left, area.top + 14, title, 'body strong'),
    verticalAxis(y, { left: area.left, right: area.right }, { ticks: y.ticks(4), format: y.tickFormat(4), label }),
    horizontalAxis(
      x,
      { top: area.top + HEADING, bottom: area.bottom - AXIS_ROOM.below },
      { ticks: x.ticks(4).filter(Number.isInteger), format: countText, label: 'optimizer step' },
    ),
    ...curves.flatMap((curve) => curveMarks(curve, x, y)),
  ];
}

function draw(runs: readonly TrainingRun[], area: Area): SvgNode[] {
  const names = seriesClasses(runs);
  const lastStep = max(runs, ({ log }) => max(log, (entry) => entry.step)) ?? 1;
  const width = (area.right - END - area.left - AXIS_ROOM.left - GAP) / 2;
  const top = area.top + runs.length * ROW + 10;
  const key = runs.flatMap(({ label }, i) => {
    const y = area.top + ROW * (i + 0.5);
    const hasBest = validations(runs[i].log).some(({ best }) => best);
    const words = `${label}${hasBest ? ' (marker: the checkpoint kept)' : ''}`;
    return [
      line(area.left, y, area.left + 28, y, `${names[i]} curve`),
      ...(hasBest
        ? [translate(area.left + 14, y, [svg('path', { class: `${names[i]} marker`, d: markerPath(names[i], 60) })])]
        : []),
      text(area.left + 36, y + 4.5, words, 'body'),
    ];
  });
  return [
    ...key,
    ...toPanels(runs, names).flatMap((panel, i) => {
      const left = area.left + AXIS_ROOM.left + i * (width + GAP);
      return drawPanel(panel, lastStep, { left, top, right: left + width, bottom: area.bottom });
    }),
  ];
}

/** Both panels for `runs`. Long runs show means of blocks of steps, as the panel says. */
export const lossCurves = (runs: readonly TrainingRun[], note: FigureNote, size: Size): SvgNode =>
  figureFrame(
    size,
    {
      title: 'Training by step',
      description: runs
        .map(({ label, log }) => {
          const kept = validations(log).findLast(({ best }) => best);
          return `${label}: ${kept ? `best validation error ${decimal(kept.value, 2)} points at step ${countText(kept.step)}` : 'no validation'}`;
        })
        .join('; '),
      note,
    },
    (area) => draw(runs, area),
  );
