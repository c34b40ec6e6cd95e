/** Dispersion plot: how much people differ on a query against how wide a source's distribution is; below the line the source is too wide. */
import { max, ticks } from 'd3';
import type { QueryKind } from '../../shared/queryKind.ts';
import { meanHalfWidth } from '../statistics/meanInterval.ts';
import { mean, standardError } from '../statistics/moments.ts';
import { type FigureNote, figureFrame, type Size } from './frame.ts';
import { decimal, peopleText } from './numberText.ts';
import { drawPanels, identityKey, kindKey, type PointPanel, panelWords } from './pointPanels.ts';
import { type SeriesName, seriesClasses } from './seriesStyle.ts';
import { type SvgNode, text } from './svg.ts';

/** Standard deviations in points, of the source's distribution and over people. */
export type DispersionPoint = {
  readonly scenarioId: string;
  readonly queryId: string;
  readonly kind?: QueryKind;
  readonly sourceSd: number;
  readonly peopleSd: number;
  /** People behind `peopleSd`. */
  readonly participants: number;
};

export type Dispersion = SeriesName & { readonly label: string; readonly points: readonly DispersionPoint[] };

/** `13.4 ± 1.2`: the mean over queries and half its 95 % t interval; the mean alone below two queries. */
const meanWords = (sds: readonly number[]): string =>
  sds.length < 2
    ? decimal(mean(sds))
    : `${decimal(mean(sds))} ± ${decimal(meanHalfWidth(standardError(sds), sds.length))}`;

/** One panel per source; the mean widths stand above each. */
export function dispersionScatter(sources: readonly Dispersion[], note: FigureNote, size: Size): SvgNode {
  const names = seriesClasses(sources);
  const highest = max(sources, ({ points }) => max(points, (point) => Math.max(point.sourceSd, point.peopleSd))) ?? 1;
  const at = ticks(0, highest * 1.05, 4);
  const end = at[at.length - 1] < highest ? at[at.length - 1] + (at[1] - at[0]) : at[at.length - 1];
  const panels = sources.map(
    ({ label, points }, i): PointPanel => ({
      name: names[i],
      heading: label,
      details: [
        `mean SD ${meanWords(points.map(({ sourceSd }) => sourceSd))}`,
        `people ${meanWords(points.map(({ peopleSd }) => peopleSd))}, n ${points.length}`,
      ],
      points: points.map((point) => ({
        x: point.sourceSd,
        y: point.peopleSd,
        kind: point.kind,
        title: `${point.scenarioId} · ${point.queryId}: ${label} SD ${decimal(point.sourceSd)}, people SD ${decimal(point.peopleSd)}, n = ${peopleText(point.participants)}, no interval of a single SD`,
        data: { scenario: point.scenarioId, query: point.queryId },
      })),
    }),
  );
  const axes = {
    domain: [0, end] as const,
    ticks: at[at.length - 1] < end ? [...at, end] : at,
    format: String,
    xLabel: 'SD of the distribution (points)',
    yLabel: 'SD over people (points)',
  };
  const title = 'How much people differ against how wide each distribution is';
  const description = panels.map(panelWords).join('; ');
  return figureFrame(size, { title, description, note }, (area) =>
    drawPanels(panels, axes, {
      area,
      key: [
        ...kindKey(panels),
        identityKey('equal width'),
        { sample: text(0, 4.5, '±', 'small middle'), label: '95 % t interval over n queries' },
      ],
    }),
  );
}
