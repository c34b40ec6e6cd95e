/** The figures of a comparison, drawn alike on the researcher's screen and in files, each with the numbers behind it as CSV. */
import type { DescribedQuery, PeopleComparison } from '../../shared/comparison.ts';
import { QUERY_KINDS } from '../../shared/queryKind.ts';
import { type Dispersion, dispersionScatter } from './dispersionScatter.ts';
import { dispersionCsv, distanceCsv, scatterCsv } from './figureCsv.ts';
import type { FigureNote, Size } from './frame.ts';
import { type DrawnScatter, meanScatter, type ScatterCell, scatterGrid } from './meanScatter.ts';
import { countText } from './numberText.ts';
import { peopleDivergenceBars } from './peopleDivergenceBars.ts';
import { panelsHeight } from './pointPanels.ts';
import { setBarsCsv, setErrorBars, setErrors, setErrorsHeight } from './setErrorBars.ts';
import type { SvgNode } from './svg.ts';

/** What is drawn: a comparison, the queries as a study knows them (none without a study), the footer, and the width in px. */
export type ComparisonPicture = {
  readonly result: PeopleComparison;
  readonly queries: readonly DescribedQuery[];
  readonly note: FigureNote;
  readonly width: number;
};

/** One figure: `id` names its files; `heading` says what it answers. */
export type ComparisonFigure = {
  readonly id: string;
  readonly heading: string;
  readonly node: SvgNode;
  readonly csv: string;
};

const MOST_COLUMNS = 4;
const NARROWEST_PANEL = 230;

const keyOf = ({ scenarioId, queryId }: { readonly scenarioId: string; readonly queryId: string }): string =>
  `${scenarioId}/${queryId}`;

/** Who answered and how the intervals were made; `data` says whose answers they are. */
export function comparisonNote(result: PeopleComparison, data: string, interval: string): FigureNote {
  const { participants, queries } = result.people;
  const isSimulated = result.stage === 'simulated';
  const who = `${countText(participants)} ${isSimulated ? 'SIMULATED ' : ''}${result.design === 'nested' ? 'records' : 'participants'}`;
  return {
    text: `${data} · ${who} · ${queries} queries · ${result.missing} missing, ${result.repeated} repeated left out · ${interval}`,
    isSimulated,
  };
}

type Known = ReadonlyMap<string, DescribedQuery>;

/** Room for `count` panels, none narrower than can be read. */
function panelsSize(count: number, width: number): Size {
  const columns = Math.max(1, Math.min(count, MOST_COLUMNS, Math.floor(width / NARROWEST_PANEL)));
  return { width, height: panelsHeight(count, width, columns) };
}

function toScatters({ result }: ComparisonPicture, known: Known): DrawnScatter[] {
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
      kind: known.get(keyOf(item))?.kind,
      x: item.answers[s].mean,
      y: item.mean,
      yStandardError: item.standardError,
      participants: item.participants,
    })),
  }));
}

/** Only sources whose every answer has a distribution, and queries with at least two values. */
function toDispersions({ result }: ComparisonPicture, known: Known): Dispersion[] {
  return result.sources.flatMap(({ source, sourceId, label }, s) => {
    const points = result.items.flatMap(({ scenarioId, queryId, sd, participants, answers }) => {
      const sourceSd = answers[s].sd;
      const kind = known.get(keyOf({ scenarioId, queryId }))?.kind;
      return sd === null || sourceSd === null
        ? []
        : [{ scenarioId, queryId, kind, sourceSd, peopleSd: sd, participants }];
    });
    return points.length < result.items.length ? [] : [{ source, sourceId, label, points }];
  });
}

/** The cells kind × subdomain of one source, each with its own r and people's ceiling there; empty without a study. */
function toCells({ result }: ComparisonPicture, scatter: DrawnScatter, s: number, known: Known): ScatterCell[] {
  return result.facets.flatMap(({ facet, value, sources, people }) => {
    if (facet !== 'cell') return [];
    const points = scatter.points.filter((point) => {
      const query = known.get(keyOf(point));
      return `${query?.kind} × ${query?.subdomain}` === value;
    });
    const [row, column] = value.split(' × ');
    const counts = { nQueries: people.queries, nParticipants: people.participants };
    return [
      { row, column, scatter: { ...scatter, ...counts, r: sources[s].r, points }, ceiling: people.splitHalf.ceiling },
    ];
  });
}

/** Sources that use nothing of the scenario have no grid of their own. */
const isBelow = ({ source }: DrawnScatter): boolean => source === 'floor' || source === 'prior';

/** Letters, digits and hyphens alone. */
export const fileName = (id: string): string => id.replaceAll(/[^a-zA-Z0-9-]+/g, '-').slice(0, 60);

/** One grid a source, in the figure's own order of rows. */
function gridFigures(picture: ComparisonPicture, scatters: readonly DrawnScatter[], known: Known): ComparisonFigure[] {
  const { note, width } = picture;
  return scatters.flatMap((scatter, s) => {
    const cells = toCells(picture, scatter, s, known);
    const rows = QUERY_KINDS.filter((kind) => cells.some(({ row }) => row === kind));
    const columns = [...new Set(cells.map(({ column }) => column))];
    // Rows of the grid are drawn in the order of the cells, so every row needs every column.
    const ordered = rows.flatMap((row) =>
      columns.flatMap((column) => cells.find((cell) => cell.row === row && cell.column === column) ?? []),
    );
    if (ordered.length < 2 || ordered.length < rows.length * columns.length || isBelow(scatter)) return [];
    const size = { width, height: panelsHeight(ordered.length, width, columns.length) };
    return [
      {
        id: `grid-${fileName(scatter.sourceId)}`,
        heading: `${scatter.label} by kind and subdomain`,
        node: scatterGrid(ordered, note, size),
        csv: scatterCsv([scatter]),
      },
    ];
  });
}

function distanceFigure({ result, note, width }: ComparisonPicture): ComparisonFigure[] {
  const distances = result.sources.map(({ source, sourceId, label, divergence }) => ({
    source,
    sourceId,
    label,
    distance: divergence.wasserstein,
    queries: result.people.queries,
  }));
  const floor = result.people.divergence.wasserstein;
  const drawn = distances.filter(({ distance }) => distance !== null).length;
  if (drawn === 0) return [];
  const node = peopleDivergenceBars(distances, floor, note, { width, height: 150 + 42 * drawn });
  return [{ id: 'distance', heading: 'Whole distributions', node, csv: distanceCsv(distances, floor) }];
}

function dispersionFigure(picture: ComparisonPicture, known: Known): ComparisonFigure[] {
  const dispersions = toDispersions(picture, known);
  if (dispersions.length === 0) return [];
  const size = panelsSize(dispersions.length, picture.width);
  return [
    {
      id: 'dispersion',
      heading: 'Spread',
      node: dispersionScatter(dispersions, picture.note, size),
      csv: dispersionCsv(dispersions),
    },
  ];
}

function errorFigure({ result, note, width }: ComparisonPicture): ComparisonFigure[] {
  const sets = setErrors(result);
  if (sets.every(({ bars }) => bars.length === 0)) return [];
  const node = setErrorBars(sets, note, { width, height: setErrorsHeight(sets) });
  return [{ id: 'error', heading: 'Error of the mean by set of queries', node, csv: setBarsCsv(sets) }];
}

/** Every figure the comparison has the numbers for, in reading order. */
export function comparisonFigures(picture: ComparisonPicture): ComparisonFigure[] {
  const known = new Map(picture.queries.map((query): [string, DescribedQuery] => [keyOf(query), query]));
  const scatters = toScatters(picture, known);
  const size = panelsSize(scatters.length, picture.width);
  return [
    {
      id: 'scatter',
      heading: 'Means of people and sources',
      node: meanScatter(scatters, picture.note, size),
      csv: scatterCsv(scatters),
    },
    ...errorFigure(picture),
    ...distanceFigure(picture),
    ...dispersionFigure(picture, known),
    ...gridFigures(picture, scatters, known),
  ];
}
