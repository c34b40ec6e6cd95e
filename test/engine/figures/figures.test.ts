/** All figures: readable text in its place, what each one must say, and a snapshot of each. */
import { describe, expect, it } from 'vitest';
import { dispersionScatter } from '../../../engine/figures/dispersionScatter.ts';
import { distributionOverlay } from '../../../engine/figures/distributionOverlay.ts';
import { maeBars } from '../../../engine/figures/evaluationBars.ts';
import { FIGURE_STYLE } from '../../../engine/figures/figureStyle.ts';
import { ladder } from '../../../engine/figures/ladder.ts';
import { lossCurves } from '../../../engine/figures/lossCurves.ts';
import { meanScatter, scatterGrid } from '../../../engine/figures/meanScatter.ts';
import { peopleDivergenceBars } from '../../../engine/figures/peopleDivergenceBars.ts';
import { panelsHeight } from '../../../engine/figures/pointPanels.ts';
import { reliabilityDiagram } from '../../../engine/figures/reliabilityDiagram.ts';
import { reportFigures } from '../../../engine/figures/reportFigures.ts';
import { answersNote, peopleNote } from '../../../engine/figures/reportNote.ts';
import { histogramsHeight, scenarioHistograms } from '../../../engine/figures/scenarioHistograms.ts';
import { seriesClasses } from '../../../engine/figures/seriesStyle.ts';
import { setErrorBars, setErrorsHeight } from '../../../engine/figures/setErrorBars.ts';
import { renderSvg, type SvgNode, wordsOfMark } from '../../../engine/figures/svg.ts';
import { ANSWER_SOURCES } from '../../../shared/modelAnswer.ts';
import {
  CELLS,
  DISPERSIONS,
  DISTANCE_FLOOR,
  DISTANCES,
  HISTOGRAMS,
  LADDER,
  RELIABILITIES,
  RUNGS,
  RUNS,
  SETS,
} from './sampleComparison.ts';
import { sampleReport } from './sampleReport.ts';
import { overlaps, textBoxes } from './textBoxes.ts';

const report = sampleReport();
const people = peopleNote(report, '36 queries');
const answers = answersNote(report, '96 test queries');

/** Every figure at `width` px. */
const everyFigure = (width: number): { id: string; width: number; node: SvgNode }[] => [
  ...reportFigures(report, width).map(({ id, node }) => ({ id, width, node })),
  { id: 'grid', width, node: scatterGrid(CELLS, people, { width, height: panelsHeight(9, width, 3) }) },
  { id: 'dispersion', width, node: dispersionScatter(DISPERSIONS, people, { width, height: panelsHeight(3, width) }) },
  {
    id: 'reliability',
    width,
    node: reliabilityDiagram(RELIABILITIES, answers, { width, height: panelsHeight(2, width) }),
  },
  { id: 'sets', width, node: setErrorBars(SETS, people, { width, height: setErrorsHeight(SETS) }) },
  { id: 'loss', width, node: lossCurves(RUNS, answers, { width, height: 380 }) },
  {
    id: 'ladder',
    width,
    node: ladder(
      RUNGS,
      LADDER,
      { title: 'One player’s strength as the evidence for it grows', yLabel: 'rank among 100', note: people },
      { width, height: 460 },
    ),
  },
  {
    id: 'scenario',
    width,
    node: scenarioHistograms(HISTOGRAMS, people, { width, height: histogramsHeight(HISTOGRAMS, width) }),
  },
  { id: 'distance', width, node: peopleDivergenceBars(DISTANCES, DISTANCE_FLOOR, people, { width, height: 300 }) },
];
const figures = [760, 1120].flatMap(everyFigure);

const find = (node: SvgNode, className: string): SvgNode[] => [
  ...(String(node.attributes.class ?? '')
    .split(' ')
    .includes(className)
    ? [node]
    : []),
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : find(child, className))),
];

/** The words of every mark inside, which the keyboard goes through on a screen. */
const marksOf = (node: SvgNode): string[] => [
  ...[wordsOfMark(node) ?? []].flat(),
  ...node.children.flatMap((child) => (typeof child === 'string' ? [] : marksOf(child))),
];

describe.each(figures)('$id at $width px', ({ node, width, id }) => {
  const boxes = textBoxes(node);

  it('sets no text below 12 px', () => {
    expect(boxes.length).toBeGreaterThan(8);
    expect(Math.min(...boxes.map((box) => box.size))).toBeGreaterThanOrEqual(12);
  });

  it('keeps every text inside the figure and off every other', () => {
    const outside = boxes.filter(
      (box) => box.left < 0 || box.right > width || box.top < 0 || box.bottom > Number(node.attributes.height),
    );
    expect(outside).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
  });

  it('names itself to a screen reader and says how its numbers were made', () => {
    expect(node.attributes.role).toBe('img');
    expect(String(node.attributes['aria-label'])).not.toMatch(/NaN|undefined|null/);
    expect(boxes.some((box) => box.words.includes('version 9f2c61d0'))).toBe(true);
    expect(boxes.some((box) => /seed 7/.test(box.words))).toBe(true);
  });

  it('has marks that say value, n and interval', () => {
    const words = marksOf(node);
    expect(words.length).toBeGreaterThan(0);
    for (const text of words) {
      expect(text).toMatch(/ n = [\d,]+ \w/);
      expect(text).toMatch(/\[[−\d.]+, [−\d.]+\]|no interval/);
    }
    expect(words.join()).not.toMatch(/NaN|undefined|null/);
  });

  it('looks as it did', async () => {
    // One element a line, so that a change shows where it is.
    await expect(`${renderSvg(node).replaceAll('><', '>\n<')}\n`).toMatchFileSnapshot(`snapshots/${id}-${width}.svg`);
  });
});

describe('figures', () => {
  it('marks simulated participants, and only them', () => {
    const marks = reportFigures(report, 1120).map((figure) => [figure.id, find(figure.node, 'simulated').length]);
    expect(marks).toEqual([
      ['overlay', 0],
      ['mae', 0],
      ['divergence', 0],
      ['scatter', 1],
    ]);
    const live = { ...report, study: { ...report.study, stage: 'live' as const } };
    expect(reportFigures(live, 1120).flatMap((figure) => find(figure.node, 'simulated'))).toEqual([]);
  });

  it('draws every bar from zero to its value on one scale', () => {
    const node = maeBars(report.evaluation, peopleNote(report, 'test'), { width: 900, height: 400 });
    const widths = find(node, 'bar').map((bar) => Number(bar.attributes.width));
    const perPoint = widths.map((width, i) => width / report.evaluation[i].mae.value);
    for (const ratio of perPoint) expect(ratio).toBeCloseTo(perPoint[0], 6);
  });

  it('leaves out of the divergences what has no distribution', () => {
    const node = reportFigures(report, 1120).find(({ id }) => id === 'divergence')?.node;
    expect(node && find(node, 'bar')).toHaveLength(5);
  });

  it('keeps the area under every density the same', () => {
    const wide = { ...report.overlay, series: report.overlay.series.slice(0, 1) };
    const flat = { ...wide, series: [{ ...wide.series[0], bins: new Array<number>(101).fill(1 / 101), mean: 50 }] };
    const node = distributionOverlay(flat, peopleNote(report, 'test'), { width: 800, height: 400 });
    const path = String(find(node, 'curve').find((one) => one.tag === 'path')?.attributes.d);
    const heights = new Set([...path.matchAll(/[ML][\d.]+,([\d.]+)/g)].map((match) => Number(match[1]).toFixed(3)));
    expect(heights.size).toBe(2);
  });

  it('draws one point per query and names it', () => {
    const node = meanScatter(report.scatters, peopleNote(report, 'test'), {
      width: 1000,
      height: panelsHeight(4, 1000),
    });
    const points = find(node, 'point');
    expect(points).toHaveLength(4 * 36);
    expect(renderSvg(points[0])).toContain('<title>regatta-1 · q1: Program ');
  });

  it('says so where r is undefined', () => {
    const flat = { ...report.scatters[3], r: null };
    const node = meanScatter([flat], peopleNote(report, 'test'), { width: 600, height: panelsHeight(1, 600) });
    expect(textBoxes(node).some((box) => box.words === 'no r: one side does not vary')).toBe(true);
  });
});

describe('the style sheet', () => {
  it('has a colour and a dash for every class a series can have', () => {
    for (const source of [...ANSWER_SOURCES, 'people'] as const) {
      const name = { source, sourceId: 'any' };
      for (const className of seriesClasses([name, name, name, name]))
        expect(FIGURE_STYLE, className).toContain(`.figure .${className} { --series: var(--figure-`);
    }
  });

  it('defines every variable it uses, in light and in dark', () => {
    const used = new Set(FIGURE_STYLE.match(/var\(--figure-[a-z0-9-]+/g)?.map((match) => match.slice(4)));
    for (const variable of used) expect(FIGURE_STYLE.split(`${variable}:`).length - 1, variable).toBe(3);
  });
});
