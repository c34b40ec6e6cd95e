/** A comparison as files: the figures as SVG, the numbers behind each as CSV, everything as JSON. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { queryKey } from '../../engine/evaluation/answerSet.ts';
import { type Dispersion, dispersionScatter } from '../../engine/figures/dispersionScatter.ts';
import { dispersionCsv, distanceCsv, scatterCsv } from '../../engine/figures/figureCsv.ts';
import type { FigureNote } from '../../engine/figures/frame.ts';
import { type DrawnScatter, meanScatter, type ScatterCell, scatterGrid } from '../../engine/figures/meanScatter.ts';
import { countText } from '../../engine/figures/numberText.ts';
import { peopleDivergenceBars } from '../../engine/figures/peopleDivergenceBars.ts';
import { panelsHeight } from '../../engine/figures/pointPanels.ts';
import {
  histogramsHeight,
  type ScenarioHistograms,
  scenarioHistograms,
} from '../../engine/figures/scenarioHistograms.ts';
import { standaloneSvg } from '../../engine/figures/standaloneSvg.ts';
import type { SvgNode } from '../../engine/figures/svg.ts';
import { QUERY_KINDS, type QueryKind } from '../../shared/queryKind.ts';
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

function footer(result: FilesComparison, { human, interval }: ComparisonOrigin): FigureNote {
  const hash = createHash('sha256').update(readFileSync(human)).digest('hex').slice(0, 8);
  const { participants, queries } = result.people;
  const isSimulated = result.stage === 'simulated';
  const who = `${countText(participants)} ${isSimulated ? 'SIMULATED ' : ''}${result.design === 'nested' ? 'records' : 'participants'}`;
  return { text: `People’s answers ${hash} · ${who} · ${queries} queries · ${interval}`, isSimulated };
}

function kindsOf(study: Study | null): ReadonlyMap<string, QueryKind> {
  const entries = study?.scenarios.flatMap((scenario) =>
    scenario.queries.map((query): [string, QueryKind] => [
      queryKey({ scenarioId: scenario.id, queryId: query.id }),
      query.kind,
    ]),
  );
  return new Map(entries);
}

function toScatters(result: FilesComparison, kinds: ReadonlyMap<string, QueryKind>): DrawnScatter[] {
  return result.sources.map(({ source, sourceId, label, r }, s) => ({
    source,
    sourceId,
    label,
    r,
    nQueries: result.people.queries,
    nParticipants: result.people.participants,
    points: result.items.map((item) => ({
      scenarioId: item.scenarioId,
      queryId: item.queryId,
      kind: kinds.get(queryKey(item)),
      x: item.answers[s].mean,
      y: item.mean,
      yStandardError: item.standardError,
    })),
  }));
}

/** Only sources whose every answer has a distribution, and queries with at least two values. */
function toDispersions(result: FilesComparison, kinds: ReadonlyMap<string, QueryKind>): Dispersion[] {
  return result.sources.flatMap(({ source, sourceId, label }, s) => {
    const points = result.items.flatMap(({ scenarioId, queryId, sd, answers }) => {
      const sourceSd = answers[s].sd;
      const kind = kinds.get(queryKey({ scenarioId, queryId }));
      return sd === null || sourceSd === null ? [] : [{ scenarioId, queryId, kind, sourceSd, peopleSd: sd }];
    });
    return points.length < result.items.length ? [] : [{ source, sourceId, label, points }];
  });
}

const drawScenario = (scenario: ScenarioHistograms, note: FigureNote): SvgNode =>
  scenarioHistograms(scenario, note, { width: WIDTH, height: histogramsHeight(scenario, WIDTH) });

/** The cells kind × subdomain of one source, each with its own r and people's ceiling there; empty without a study. */
function toCells(result: FilesComparison, scatter: DrawnScatter, s: number, study: Study | null): ScatterCell[] {
  const subdomainOf = new Map(study?.scenarios.map(({ id, subdomain }): [string, string] => [id, subdomain]));
  return result.facets.flatMap(({ facet, value, sources, people }) => {
    if (facet !== 'cell') return [];
    const points = scatter.points.filter(
      ({ kind, scenarioId }) => `${kind} × ${subdomainOf.get(scenarioId)}` === value,
    );
    const [row, column] = value.split(' × ');
    const counts = { nQueries: people.queries, nParticipants: people.participants };
    return [
      { row, column, scatter: { ...scatter, ...counts, r: sources[s].r, points }, ceiling: people.splitHalf.ceiling },
    ];
  });
}

/** One grid a source, in the figure's own order of rows. */
function gridFiles(result: FilesComparison, scatters: readonly DrawnScatter[], note: FigureNote, study: Study | null) {
  return scatters.flatMap((scatter, s) => {
    const cells = toCells(result, scatter, s, study);
    const rows = QUERY_KINDS.filter((kind) => cells.some(({ row }) => row === kind));
    const columns = [...new Set(cells.map(({ column }) => column))];
    // Rows of the grid are drawn in the order of the cells, so every row needs every column.
    const ordered = rows.flatMap((row) =>
      columns.flatMap((column) => cells.find((cell) => cell.row === row && cell.column === column) ?? []),
    );
    if (ordered.length < 2 || ordered.length < rows.length * columns.length || scatter.source === 'floor') return [];
    const size = { width: WIDTH, height: panelsHeight(ordered.length, WIDTH, columns.length) };
    return [[`grid-${fileName(scatter.sourceId)}.svg`, standaloneSvg(scatterGrid(ordered, note, size))] as const];
  });
}

/** Letters, digits and hyphens alone. */
const fileName = (id: string): string => id.replaceAll(/[^a-zA-Z0-9-]+/g, '-').slice(0, 60);

/** File name → content. Figures that would be empty are left out. */
export function comparisonFiles(result: FilesComparison, origin: ComparisonOrigin): ReadonlyMap<string, string> {
  const note = footer(result, origin);
  const kinds = kindsOf(origin.study);
  const scatters = toScatters(result, kinds);
  const dispersions = toDispersions(result, kinds);
  const distances = result.sources.map(({ source, sourceId, label, divergence }) => ({
    source,
    sourceId,
    label,
    distance: divergence.wasserstein,
  }));
  const floor = result.people.divergence.wasserstein;
  const known = distances.filter(({ distance }) => distance !== null).length;
  const panels = (count: number) => ({ width: WIDTH, height: panelsHeight(count, WIDTH) });
  return new Map([
    ['comparison.json', `${JSON.stringify(result)}\n`],
    ['scatter.svg', standaloneSvg(meanScatter(scatters, note, panels(scatters.length)))],
    ['scatter.csv', scatterCsv(scatters)],
    ...gridFiles(result, scatters, note, origin.study),
    ['distance.csv', distanceCsv(distances, floor)],
    ...(known === 0
      ? []
      : [
          [
            'distance.svg',
            standaloneSvg(peopleDivergenceBars(distances, floor, note, { width: WIDTH, height: 150 + 42 * known })),
          ] as const,
        ]),
    ...(result.scenario === null
      ? []
      : [['scenario.svg', standaloneSvg(drawScenario(result.scenario, note))] as const]),
    ...(dispersions.length === 0
      ? []
      : [
          ['dispersion.svg', standaloneSvg(dispersionScatter(dispersions, note, panels(dispersions.length)))] as const,
          ['dispersion.csv', dispersionCsv(dispersions)] as const,
        ]),
  ]);
}
