/** The figures of a report, drawn alike on the researcher's screen and in report.html. */
import type { Report } from '../../shared/report.ts';
import { distributionOverlay } from './distributionOverlay.ts';
import { divergenceBars, maeBars } from './evaluationBars.ts';
import type { Size } from './frame.ts';
import { meanScatter } from './meanScatter.ts';
import { countText } from './numberText.ts';
import { panelsHeight } from './pointPanels.ts';
import { answersNote, peopleNote } from './reportNote.ts';
import type { SvgNode } from './svg.ts';

/** Each figure with the question it answers; `height` px suits a column of `width` px. */
export type ReportFigure = {
  readonly id: 'overlay' | 'mae' | 'divergence' | 'scatter';
  readonly heading: string;
  readonly node: SvgNode;
};

const FLOOR_INTERVAL = '95 % percentile bootstrap over scenarios';

/** The figures of `report` for a column of `width` px, in reading order. */
export function reportFigures(report: Report, width: number): ReportFigure[] {
  const rows = report.evaluation;
  const tested = `${rows[0]?.n ?? 0} test queries`;
  const bars = (count: number): Size => ({ width, height: 170 + 40 * count });
  const evaluationNote = answersNote(
    report,
    tested,
    `${FLOOR_INTERVAL}, ${countText(report.interval.replicates)} replicates`,
  );
  const withDistribution = rows.filter((row) => row.divergence !== null);
  const nScatters = report.scatters.length;
  return [
    {
      id: 'overlay',
      heading: 'One held-out scenario',
      node: distributionOverlay(
        report.overlay,
        answersNote(
          report,
          `scenario ${report.overlay.scenarioId}, query ${report.overlay.queryId}`,
          'bars of 5 answers, not smoothed',
        ),
        { width, height: 400 + 22 * report.overlay.series.length },
      ),
    },
    { id: 'mae', heading: 'Accuracy against floors', node: maeBars(rows, evaluationNote, bars(rows.length)) },
    ...(withDistribution.length === 0
      ? []
      : [
          {
            id: 'divergence' as const,
            heading: 'Whole distributions against floors',
            node: divergenceBars(rows, evaluationNote, bars(withDistribution.length)),
          },
        ]),
    ...(nScatters === 0
      ? []
      : [
          {
            id: 'scatter' as const,
            heading: 'People, program and transformers',
            node: meanScatter(report.scatters, peopleNote(report, `${report.scatters[0].nQueries} queries`), {
              width,
              height: panelsHeight(nScatters, width),
            }),
          },
        ]),
  ];
}
