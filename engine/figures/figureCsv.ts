/** The numbers behind each figure as CSV: one row per mark, columns in snake_case, empty where a number is undefined. */
import { csvFormat } from 'd3';
import type { AnswerOverlay } from '../../shared/comparison.ts';
import type { Estimate, EvaluationRow } from '../../shared/report.ts';
import type { Dispersion } from './dispersionScatter.ts';
import type { DrawnScatter } from './meanScatter.ts';
import type { PeopleDistance } from './peopleDivergenceBars.ts';

type Cell = string | number | null | undefined;
type Row = Readonly<Record<string, Cell>>;

const toCsv = (rows: readonly Row[]): string =>
  `${csvFormat(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell ?? '']))))}\n`;

const bounds = (name: string, estimate: Estimate | null): Row => ({
  [name]: estimate?.value,
  [`${name}_low`]: estimate?.low,
  [`${name}_high`]: estimate?.high,
});

/** Points of the scatters. */
export const scatterCsv = (scatters: readonly DrawnScatter[]): string =>
  toCsv(
    scatters.flatMap(({ source, sourceId, points }) =>
      points.map((point) => ({
        source,
        source_id: sourceId,
        item_id: point.scenarioId,
        query_id: point.queryId,
        query_type: point.kind,
        answer_mean: point.x,
        people_mean: point.y,
        people_se: point.yStandardError,
      })),
    ),
  );

/** The evaluation table. */
export const evaluationCsv = (rows: readonly EvaluationRow[]): string =>
  toCsv(
    rows.map((row) => ({
      source: row.source,
      source_id: row.sourceId,
      n: row.n,
      ...bounds('mae', row.mae),
      ...bounds('kl', row.divergence),
    })),
  );

/** Probability of every answer, one row per answer, one column per series. */
export const overlayCsv = ({ series }: Pick<AnswerOverlay, 'series'>): string =>
  toCsv(
    (series[0]?.bins ?? []).map((_, answer) => ({
      answer,
      ...Object.fromEntries(series.map((one) => [`${one.source}_${one.sourceId}`, one.bins[answer]])),
    })),
  );

/** Distances of sources from people, the floor in the last row. */
export const distanceCsv = (sources: readonly PeopleDistance[], floor: Estimate | null): string =>
  toCsv([
    ...sources.map(({ source, sourceId, distance }) => ({
      source,
      source_id: sourceId,
      ...bounds('wasserstein', distance),
    })),
    { source: 'people', source_id: 'half against half', ...bounds('wasserstein', floor) },
  ]);

/** Standard deviations of people and sources. */
export const dispersionCsv = (sources: readonly Dispersion[]): string =>
  toCsv(
    sources.flatMap(({ source, sourceId, points }) =>
      points.map((point) => ({
        source,
        source_id: sourceId,
        item_id: point.scenarioId,
        query_id: point.queryId,
        query_type: point.kind,
        answer_sd: point.sourceSd,
        people_sd: point.peopleSd,
      })),
    ),
  );
