/** Reliability diagram: in bins of stated probability, how often it came true; marker size shows how many items a bin holds. */
import { max } from 'd3';
import { curveCalibrationError, type ReliabilityBin } from '../statistics/calibrationError.ts';
import { wilsonInterval } from '../statistics/wilsonInterval.ts';
import { type FigureNote, figureFrame, type Size } from './frame.ts';
import { countText, decimal, estimateText } from './numberText.ts';
import {
  drawPanels,
  errorKey,
  identityKey,
  type PanelPoint,
  type PointPanel,
  panelWords,
  sizeKey,
} from './pointPanels.ts';
import { type SeriesName, seriesClasses } from './seriesStyle.ts';
import type { SvgNode } from './svg.ts';

export type Reliability = SeriesName & { readonly label: string; readonly bins: readonly ReliabilityBin[] };

const SMALLEST_AREA = 24;
const LARGEST_AREA = 320;

const AXES = {
  domain: [0, 1] as const,
  ticks: [0, 0.25, 0.5, 0.75, 1],
  format: String,
  xLabel: 'mean stated probability',
  yLabel: 'share that came true',
};

/** A bin as a point; `fullness` is its count over that of the fullest bin. */
function toPoint({ count, meanProb, shareTrue }: ReliabilityBin, fullness: number): PanelPoint {
  const yInterval = wilsonInterval(shareTrue, count);
  const came = estimateText({ value: shareTrue, low: yInterval[0], high: yInterval[1] }, 2);
  return {
    x: meanProb,
    y: shareTrue,
    yInterval,
    area: SMALLEST_AREA + (LARGEST_AREA - SMALLEST_AREA) * fullness,
    title: `stated ${decimal(meanProb, 2)}, came true ${came}, n = ${countText(count)} items`,
  };
}

/** One panel per source, with its expected calibration error over these bins; empty bins are not drawn. */
export function reliabilityDiagram(sources: readonly Reliability[], note: FigureNote, size: Size): SvgNode {
  const names = seriesClasses(sources);
  const fullest = max(sources, ({ bins }) => max(bins, ({ count }) => count)) ?? 1;
  const panels = sources.map(
    ({ label, bins }, i): PointPanel => ({
      name: names[i],
      heading: label,
      details: [
        `ECE = ${decimal(curveCalibrationError(bins), 3)}`,
        `n = ${countText(bins.reduce((sum, bin) => sum + bin.count, 0))} items`,
      ],
      points: bins.filter(({ count }) => count > 0).map((bin) => toPoint(bin, bin.count / fullest)),
    }),
  );
  const title = `Stated probability against what came true, in ${sources[0]?.bins.length ?? 0} equal bins`;
  const description = panels.map(panelWords).join('; ');
  return figureFrame(size, { title, description, note }, (area) =>
    drawPanels(panels, AXES, {
      area,
      key: [identityKey('perfect calibration'), sizeKey('larger: more items'), errorKey('95 % Wilson interval')],
    }),
  );
}
