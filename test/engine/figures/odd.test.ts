/** Figures from odd data: long and empty names, one series or many, answers on the ends of the scale, nothing at all. */
import { describe, expect, it } from 'vitest';
import { distributionOverlay } from '../../../engine/figures/distributionOverlay.ts';
import { maeBars } from '../../../engine/figures/evaluationBars.ts';
import { meanScatter } from '../../../engine/figures/meanScatter.ts';
import { panelsHeight } from '../../../engine/figures/pointPanels.ts';
import { reportFigures } from '../../../engine/figures/reportFigures.ts';
import { peopleNote } from '../../../engine/figures/reportNote.ts';
import { renderSvg, type SvgNode } from '../../../engine/figures/svg.ts';
import { sampleReport } from './sampleReport.ts';
import { overlaps, textBoxes } from './textBoxes.ts';

const report = sampleReport();
const note = peopleNote(report, '36 queries');
const LONG =
  'A transformer of eight thousand million weights fine-tuned on distributions with LoRA of rank 8, third seed';
const WIDTH = 1000;

/** Throws on a coordinate that is no number; then no text may overlap another or leave the figure. */
function expectReadable(node: SvgNode): void {
  expect(renderSvg(node)).not.toMatch(/NaN|undefined/);
  const boxes = textBoxes(node);
  expect(overlaps(boxes)).toEqual([]);
  const [width, height] = [Number(node.attributes.width), Number(node.attributes.height)];
  expect(boxes.filter((box) => box.left < 0 || box.right > width || box.top < 0 || box.bottom > height)).toEqual([]);
}

const oneHot = (answer: number): number[] => Array.from({ length: 101 }, (_, i) => (i === answer ? 1 : 0));

describe('odd data', () => {
  it('long labels are cut, never drawn over anything', () => {
    const rows = report.evaluation.map((row) => ({ ...row, label: `${row.label} ${LONG}` }));
    expectReadable(maeBars(rows, note, { width: WIDTH, height: 420 }));
    const series = report.overlay.series.map((one) => ({ ...one, label: LONG }));
    expectReadable(
      distributionOverlay({ ...report.overlay, series, queryText: `${LONG}? ${LONG}? ${LONG}?` }, note, {
        width: WIDTH,
        height: 480,
      }),
    );
    const scatters = report.scatters.map((scatter) => ({ ...scatter, label: LONG }));
    expectReadable(meanScatter(scatters, note, { width: WIDTH, height: panelsHeight(4, WIDTH) }));
  });

  it('one panel, or seven, fit the height computed for them', () => {
    for (const count of [1, 2, 3, 5, 7]) {
      const scatters = Array.from({ length: count }, (_, i) => report.scatters[i % 4]);
      expectReadable(meanScatter(scatters, note, { width: WIDTH, height: panelsHeight(count, WIDTH) }));
    }
  });

  it('all mass on the ends of the scale stays inside the plot', () => {
    const series = [0, 100].map((answer, i) => ({ ...report.overlay.series[i], bins: oneHot(answer), mean: answer }));
    expectReadable(distributionOverlay({ ...report.overlay, series }, note, { width: WIDTH, height: 440 }));
  });

  it('points on the corners and empty scatters are drawn', () => {
    const corner = (x: number, y: number) => ({ ...report.scatters[0].points[0], x, y, yStandardError: 30 });
    const points = [corner(0, 0), corner(100, 100), corner(0, 100), corner(100, 0)];
    const empty = { ...report.scatters[0], points: [], r: null, nQueries: 0 };
    expectReadable(
      meanScatter([{ ...report.scatters[0], points }, empty], note, { width: WIDTH, height: panelsHeight(2, WIDTH) }),
    );
  });

  it('errors of exactly zero, intervals of no width and no rows at all are drawn', () => {
    const none = report.evaluation.map((row) => ({ ...row, mae: { value: 0, low: 0, high: 0 } }));
    expectReadable(maeBars(none, note, { width: WIDTH, height: 420 }));
    expectReadable(maeBars([], note, { width: WIDTH, height: 200 }));
    expectReadable(maeBars(report.evaluation.slice(0, 1), note, { width: WIDTH, height: 200 }));
    expectReadable(maeBars(report.evaluation.slice(3), note, { width: WIDTH, height: 260 }));
  });

  it('a report without rows or people still has its overlay', () => {
    const figures = reportFigures({ ...report, evaluation: [], scatters: [] }, WIDTH);
    expect(figures.map(({ id }) => id)).toContain('overlay');
    for (const { node } of figures) expectReadable(node);
  });

  it('other scripts and emoji keep their characters', () => {
    const queryText = '第一回戦で勝つ確率は？ Wie groß ist σ? 🏅';
    const node = distributionOverlay({ ...report.overlay, queryText }, note, { width: WIDTH, height: 440 });
    expect(renderSvg(node)).toContain(queryText);
    expectReadable(node);
  });
});
