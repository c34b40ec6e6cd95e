/** Ladder: one question along a series of scenarios that change one step at a time, people's interval and each source's answer at every rung. */
import { scaleLinear, scalePoint } from 'd3';
import type { Estimate } from '../../shared/report.ts';
import { ANSWER_TICKS, AXIS_ROOM, verticalAxis } from './axes.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { decimal, estimateText, peopleText } from './numberText.ts';
import { markerPath, type SeriesName, seriesClasses } from './seriesStyle.ts';
import { line, mark, type SvgNode, svg, text, translate } from './svg.ts';
import { shorten, textWidth } from './textWidth.ts';

/** One source's answers, one per rung; a rung without an answer is null. */
export type LadderSeries = SeriesName & {
  readonly label: string;
  readonly answers: readonly (Estimate | number | null)[];
  /** People behind each answer; none for what is no mean over people. */
  readonly counts?: readonly number[];
};

const ROW = 20;
const COLUMN = 28;

const ratingOf = (answer: Estimate | number): number => (typeof answer === 'number' ? answer : answer.value);

const answerText = (answer: Estimate | number): string =>
  typeof answer === 'number' ? decimal(answer) : estimateText(answer, 1);

/** Sources stand a few px apart at a rung, so that equal answers stay visible. */
const offset = (i: number, count: number): number => (i - (count - 1) / 2) * 7;

function seriesMarks(
  series: LadderSeries,
  name: string,
  place: { rungs: readonly string[]; x: (rung: number) => number; y: (value: number) => number },
): SvgNode[] {
  const known = series.answers.flatMap((answer, rung) => (answer === null ? [] : [{ answer, rung }]));
  const path = known
    .map(({ answer, rung }, i) => `${i === 0 ? 'M' : 'L'}${place.x(rung)},${place.y(ratingOf(answer))}`)
    .join('');
  return [
    ...(path ? [svg('path', { class: `${name} curve`, d: path })] : []),
    ...known.map(({ answer, rung }) =>
      mark(
        'rung',
        `${series.label}, ${place.rungs[rung]}: ${answerText(answer)}${series.counts ? `, n = ${peopleText(series.counts[rung])}` : ', n = 1 answer, no interval'}`,
        [
          ...(typeof answer === 'number'
            ? []
            : [line(place.x(rung), place.y(answer.low), place.x(rung), place.y(answer.high), 'interval')]),
          translate(place.x(rung), place.y(ratingOf(answer)), [
            svg('path', { class: `${name} marker`, d: markerPath(name, 74) }),
          ]),
        ],
      ),
    ),
  ];
}

function draw(rungs: readonly string[], series: readonly LadderSeries[], yLabel: string, area: Area): SvgNode[] {
  const names = seriesClasses(series);
  const top = area.top + series.length * ROW + 12;
  const left = area.left + AXIS_ROOM.left;
  const bottom = area.bottom - AXIS_ROOM.below;
  const x = scalePoint(rungs.map(String), [left, area.right]).padding(0.5);
  const y = scaleLinear([0, 100], [bottom, top]);
  const step = x.step();
  return [
    ...series.flatMap((one, i) => {
      const at = area.top + ROW * (i + 0.5);
      return [
        line(area.left, at, area.left + COLUMN, at, `${names[i]} curve`),
        translate(area.left + COLUMN / 2, at, [
          svg('path', { class: `${names[i]} marker`, d: markerPath(names[i], 60) }),
        ]),
        text(area.left + COLUMN + 8, at + 4.5, one.label, 'body'),
      ];
    }),
    verticalAxis(y, { left, right: area.right }, { ticks: ANSWER_TICKS, format: String, label: yLabel }),
    line(left, bottom, area.right, bottom, 'domain'),
    ...rungs.map((rung) =>
      text(
        x(rung) ?? left,
        bottom + 18,
        shorten(rung, Math.max(step - 6, textWidth('…', FONT.small)), FONT.small),
        'small middle',
      ),
    ),
    text(
      (left + area.right) / 2,
      bottom + 24 + FONT.body,
      'scenario, each one step from the one before',
      'body middle',
    ),
    ...series.flatMap((one, i) =>
      seriesMarks(one, names[i], { rungs, x: (rung) => (x(rungs[rung]) ?? left) + offset(i, series.length), y }),
    ),
  ];
}

/** The ladder over `rungs`, whose names must differ; `yLabel` names the answer and its unit. */
export const ladder = (
  rungs: readonly string[],
  series: readonly LadderSeries[],
  words: { readonly title: string; readonly yLabel: string; readonly note: FigureNote },
  size: Size,
): SvgNode =>
  figureFrame(
    size,
    {
      title: words.title,
      description: series
        .map(
          ({ label, answers }) =>
            `${label}: ${answers.map((answer) => decimal(answer === null ? null : ratingOf(answer))).join(', ')}`,
        )
        .join('; '),
      note: words.note,
    },
    (area) => draw(rungs, series, words.yLabel, area),
  );
