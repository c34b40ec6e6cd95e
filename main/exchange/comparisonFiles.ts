/** A comparison as files: the figures as SVG, the numbers behind each as CSV, everything as JSON. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { comparisonFigures, comparisonNote, fileName } from '../../engine/figures/comparisonFigures.ts';
import { comparisonLadder, type Rungs } from '../../engine/figures/comparisonLadder.ts';
import { distributionOverlay } from '../../engine/figures/distributionOverlay.ts';
import { overlayCsv } from '../../engine/figures/figureCsv.ts';
import type { FigureNote } from '../../engine/figures/frame.ts';
import { lossCurves, type TrainingRun } from '../../engine/figures/lossCurves.ts';
import { AGGREGATES_NOTE } from '../../engine/figures/reportNote.ts';
import { histogramsHeight, scenarioHistograms } from '../../engine/figures/scenarioHistograms.ts';
import { standaloneSvg } from '../../engine/figures/standaloneSvg.ts';
import type { DescribedQuery } from '../../shared/comparison.ts';
import type { Study } from '../../shared/study.ts';
import { trainLogSchema } from '../../shared/training.ts';
import { readTextFile } from '../jsonFile.ts';
import type { FilesComparison, FullScenario } from './compareFiles.ts';
import { lineValues } from './lineValues.ts';

const WIDTH = 1120;
const LOSS_HEIGHT = 380;
const OVERLAY_HEIGHT = 420;
const ROW = 20;
const LARGEST_LOG = 256 * 2 ** 20;

/** What a figure's footer says about where the numbers come from. */
export type ComparisonOrigin = {
  /** People's file, named in the footers by the first eight digits of its SHA-256. */
  readonly human: string;
  readonly interval: string;
  readonly study: Study | null;
  /** Scenarios that change one step at a time, for the ladder; null for none. */
  readonly rungs: Rungs | null;
  /** Run folders whose training is drawn. */
  readonly runs: readonly string[];
};

/** The curves of the runs; null without runs. Throws UserError where a folder has no log. */
function lossFile(runs: readonly string[]): string | null {
  if (runs.length === 0) return null;
  const drawn = runs.map((folder): TrainingRun => {
    const file = join(folder, 'log.jsonl');
    const log = lineValues(readTextFile(file, LARGEST_LOG), trainLogSchema, file).map(({ value }) => value);
    return { source: 'adapter', sourceId: basename(folder), label: basename(folder), log };
  });
  const note = { text: `Runs ${drawn.map(({ label }) => label).join(', ')} · every logged step`, isSimulated: false };
  return standaloneSvg(lossCurves(drawn, note, { width: WIDTH, height: LOSS_HEIGHT + ROW * runs.length }));
}

/** Every query of the study as figures name it. */
export const describeQueries = (study: Study | null): DescribedQuery[] =>
  (study?.scenarios ?? []).flatMap((scenario) =>
    scenario.queries.map(({ id, kind, text }) => ({
      scenarioId: scenario.id,
      queryId: id,
      kind,
      subdomain: scenario.subdomain,
      text,
    })),
  );

/** One scenario's histograms, and the overlay of each of its queries with the numbers behind it. */
function scenarioFiles(scenario: FullScenario, study: Study | null, note: FigureNote): [string, string][] {
  const size = { width: WIDTH, height: histogramsHeight(scenario, WIDTH) };
  const known = describeQueries(study).filter(({ scenarioId }) => scenarioId === scenario.scenarioId);
  return [
    [`scenario-${fileName(scenario.scenarioId)}.svg`, standaloneSvg(scenarioHistograms(scenario, note, size))],
    ...scenario.overlays
      .filter(({ series }) => series.length > 0)
      .flatMap((overlay): [string, string][] => {
        const kind = known.find(({ queryId }) => queryId === overlay.queryId)?.kind;
        const name = `overlay-${fileName(overlay.scenarioId)}-${fileName(overlay.queryId)}`;
        const height = OVERLAY_HEIGHT + ROW * overlay.series.length;
        const text = `scenario ${overlay.scenarioId}, query ${overlay.queryId} · bars of 5 answers, not smoothed · ${note.text}`;
        const node = distributionOverlay({ ...overlay, kind }, { ...note, text }, { width: WIDTH, height });
        return [
          [`${name}.svg`, standaloneSvg(node)],
          [`${name}.csv`, overlayCsv(overlay)],
        ];
      }),
  ];
}

/** File name → content. Figures that would be empty are left out. */
export function comparisonFiles(
  comparison: FilesComparison,
  { human, interval, study, rungs, runs }: ComparisonOrigin,
): ReadonlyMap<string, string> {
  const { scenarios, ...result } = comparison;
  const hash = createHash('sha256').update(readFileSync(human)).digest('hex').slice(0, 8);
  const note = comparisonNote(result, `People’s answers ${hash}`, interval);
  const figures = comparisonFigures({ result, queries: describeQueries(study), note, width: WIDTH });
  const ladderSize = { width: WIDTH, height: LOSS_HEIGHT + ROW * (result.sources.length + 1) };
  const loss = lossFile(runs);
  return new Map([
    ['comparison.json', `${JSON.stringify({ note: AGGREGATES_NOTE, ...comparison })}\n`],
    ...figures.flatMap(({ id, node, csv }): [string, string][] => [
      [`${id}.svg`, standaloneSvg(node)],
      [`${id}.csv`, csv],
    ]),
    ...scenarios.flatMap((scenario) => scenarioFiles(scenario, study, note)),
    ...(rungs === null
      ? []
      : [['ladder.svg', standaloneSvg(comparisonLadder(result, rungs, note, ladderSize))] as const]),
    ...(loss === null ? [] : [['loss.svg', loss] as const]),
  ]);
}
