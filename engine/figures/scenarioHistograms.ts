/** Stacked histograms of one scenario: a row per source, a column per query; how far each source lies from people stands in its cell. */
import { max, type ScaleLinear, scaleLinear } from 'd3';
import type { HistogramCell, HistogramRow, ScenarioHistograms } from '../../shared/comparison.ts';
import { type Area, type FigureNote, FONT, figureFrame, type Size } from './frame.ts';
import { countText, decimal, peopleText } from './numberText.ts';
import { seriesClasses } from './seriesStyle.ts';
import { group, line, mark, type SvgNode, svg, text } from './svg.ts';
import { shorten, textWidth, wrapText } from './textWidth.ts';

const CELL_HEIGHT = 74;
const ROW_GAP = 16;
const COLUMN_GAP = 28;
const HEADING_LINES = 9;
const HEADING_LINE = 15;
const AXIS = 40;
/** Room for half of the last tick’s number. */
const END = 12;
const FRAME = 72;
const MOST_LABEL = 150;

/** Where the columns begin and how wide they are, when the figure's content runs from `left` to `right`. */
function columnsBetween({ queries, rows }: ScenarioHistograms, left: number, right: number) {
  const label = Math.min(MOST_LABEL, (max(rows, (row) => textWidth(row.label, FONT.body)) ?? 0) + 4);
  const start = left + label + 14;
  return { label, start, width: (right - END - start - (queries.length - 1) * COLUMN_GAP) / queries.length };
}

/** Lines the longest query takes in a column of `width` px. */
const headingLines = ({ queries }: ScenarioHistograms, width: number): number =>
  max(queries, (query) => wrapText(query.text, width, FONT.small, HEADING_LINES).length) ?? 1;

/** The height, in px, that `scenario` takes in a figure of `width` px. */
export function histogramsHeight(scenario: ScenarioHistograms, width: number): number {
  const lines = headingLines(scenario, columnsBetween(scenario, 4, width - 4).width);
  return FRAME + lines * HEADING_LINE + 12 + scenario.rows.length * (CELL_HEIGHT + ROW_GAP) + AXIS;
}

/** `, 95 % t interval of the mean [57.1, 64.9], n = 24 people`; a source's distribution is one. */
function peopleWords({ people }: HistogramCell): string {
  if (!people) return ', n = 1 distribution, no interval';
  const { n, mean } = people;
  const interval =
    mean === null ? 'no interval' : `95 % t interval of the mean [${decimal(mean.low)}, ${decimal(mean.high)}]`;
  return `, ${interval}, n = ${peopleText(n)}`;
}

const cellWords = ({ label }: HistogramRow, cell: HistogramCell): string =>
  `${label}: mean ${decimal(cell.mean)}, SD ${decimal(cell.sd)}${cell.distance === null ? '' : `, W ${decimal(cell.distance)} from people`}${peopleWords(cell)}`;

const peopleCount = ({ people }: HistogramCell): string => (people ? `n ${countText(people.n)}` : '');

function cellMarks(
  cell: HistogramCell,
  name: string,
  scales: { x: ScaleLinear<number, number>; y: ScaleLinear<number, number> },
): SvgNode[] {
  const { x, y } = scales;
  const width = 100 / cell.shares.length;
  const [ground, top] = y.range();
  const bars = cell.shares.flatMap((share, i) =>
    share === 0
      ? []
      : [
          svg('rect', {
            class: `${name} bar`,
            x: x(i * width) + 0.5,
            y: y(share),
            width: x(width) - x(0) - 1,
            height: ground - y(share),
          }),
        ],
  );
  const [low, high] = [Math.max(0, cell.mean - (cell.sd ?? 0)), Math.min(100, cell.mean + (cell.sd ?? 0))];
  const note = cell.distance === null ? peopleCount(cell) : `W ${decimal(cell.distance)}`;
  return [
    ...bars,
    line(x(low), ground + 5, x(high), ground + 5, 'interval'),
    line(x(cell.mean), ground + 1, x(cell.mean), ground + 9, 'interval'),
    ...(note ? [text(x(100), top + 9, note, 'small end numeric')] : []),
  ];
}

function rowMarks(
  row: HistogramRow,
  name: string,
  top: number,
  columns: readonly { x: ScaleLinear<number, number>; highest: number }[],
): SvgNode {
  const ground = top + CELL_HEIGHT;
  return group(name, [
    ...columns.flatMap(({ x, highest }, q) => {
      const cell = row.cells[q];
      const base = line(x(0), ground, x(100), ground, 'domain');
      if (!cell) return [base, text(x(50), ground - 8, 'no distribution', 'small middle muted')];
      return [
        base,
        mark(
          'cell',
          cellWords(row, cell),
          cellMarks(cell, name, { x, y: scaleLinear([0, highest], [ground, top + 12]) }),
        ),
      ];
    }),
  ]);
}

function draw(scenario: ScenarioHistograms, area: Area): SvgNode[] {
  const { queries, rows } = scenario;
  const names = seriesClasses(rows);
  const { label, start: left, width } = columnsBetween(scenario, area.left, area.right);
  const columns = queries.map((_, q) => ({
    x: scaleLinear([0, 100], [left + q * (width + COLUMN_GAP), left + q * (width + COLUMN_GAP) + width]),
    highest: max(rows, ({ cells }) => max(cells[q]?.shares ?? [])) || 1,
  }));
  const top = area.top + headingLines(scenario, width) * HEADING_LINE + 12;
  const yOf = (row: number): number => top + row * (CELL_HEIGHT + ROW_GAP);
  const bottom = yOf(rows.length) - ROW_GAP;
  return [
    ...queries.flatMap((query, q) =>
      wrapText(query.text, width, FONT.small, HEADING_LINES).map((words, i) =>
        text(columns[q].x(0), area.top + 12 + i * HEADING_LINE, shorten(words, width, FONT.small), 'small'),
      ),
    ),
    ...rows.flatMap((row, r) =>
      wrapText(row.label, label, FONT.body, 3).map((words, i) =>
        text(area.left, yOf(r) + CELL_HEIGHT / 2 + 17 * i, words, 'body strong'),
      ),
    ),
    ...rows.map((row, r) => rowMarks(row, names[r], yOf(r), columns)),
    ...columns.flatMap(({ x }) => [0, 50, 100].map((tick) => text(x(tick), bottom + 26, String(tick), 'small middle'))),
    text(
      (area.left + area.right) / 2,
      bottom + 44,
      'answer (0–100); below: mean ± SD; W: Wasserstein distance from people',
      'small middle muted',
    ),
  ];
}

/** The histograms of `scenario`. The height of the bars is shared within a column. */
export const scenarioHistograms = (scenario: ScenarioHistograms, note: FigureNote, size: Size): SvgNode =>
  figureFrame(
    size,
    {
      title: `Answers to scenario ${scenario.scenarioId}`,
      description: scenario.rows
        .map(({ label, cells }) => `${label}: means ${cells.map((cell) => decimal(cell?.mean ?? null)).join(', ')}`)
        .join('; '),
      note,
    },
    (area) => draw(scenario, area),
  );
