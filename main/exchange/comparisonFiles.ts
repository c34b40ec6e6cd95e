/** A comparison as files: the figures as SVG, the numbers behind each as CSV, everything as JSON. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { comparisonFigures, comparisonNote } from '../../engine/figures/comparisonFigures.ts';
import { histogramsHeight, scenarioHistograms } from '../../engine/figures/scenarioHistograms.ts';
import { standaloneSvg } from '../../engine/figures/standaloneSvg.ts';
import type { DescribedQuery } from '../../shared/comparison.ts';
import type { Study } from '../../shared/study.ts';
import type { FilesComparison } from './compareFiles.ts';

const WIDTH = 1120;

/** What a figure's footer says about where the numbers come from. */
export type ComparisonOrigin = {
  /** People's file, named in the footers by the first eight digits of its SHA-256. */
  readonly human: string;
  readonly interval: string;
  readonly study: Study | null;
};

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

/** File name → content. Figures that would be empty are left out. */
export function comparisonFiles(
  { scenario, ...result }: FilesComparison,
  { human, interval, study }: ComparisonOrigin,
): ReadonlyMap<string, string> {
  const hash = createHash('sha256').update(readFileSync(human)).digest('hex').slice(0, 8);
  const note = comparisonNote(result, `People’s answers ${hash}`, interval);
  const figures = comparisonFigures({ result, queries: describeQueries(study), note, width: WIDTH });
  const drawScenario = (shown: NonNullable<FilesComparison['scenario']>): string =>
    standaloneSvg(scenarioHistograms(shown, note, { width: WIDTH, height: histogramsHeight(shown, WIDTH) }));
  return new Map([
    ['comparison.json', `${JSON.stringify({ ...result, scenario })}\n`],
    ...figures.flatMap(({ id, node, csv }): [string, string][] => [
      [`${id}.svg`, standaloneSvg(node)],
      [`${id}.csv`, csv],
    ]),
    ...(scenario === null ? [] : [['scenario.svg', drawScenario(scenario)] as const]),
  ]);
}
