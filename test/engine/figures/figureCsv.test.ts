/** The numbers behind the figures: every mark a row, undefined numbers empty, text that CSV would split kept whole. */
import { csvParse } from 'd3';
import { describe, expect, it } from 'vitest';
import {
  dispersionCsv,
  distanceCsv,
  evaluationCsv,
  overlayCsv,
  scatterCsv,
} from '../../../engine/figures/figureCsv.ts';
import { DISPERSIONS, DISTANCE_FLOOR, DISTANCES } from './sampleComparison.ts';
import { sampleReport } from './sampleReport.ts';

const report = sampleReport();

describe('figure CSV', () => {
  it('holds every point of the scatters', () => {
    const rows = csvParse(scatterCsv(report.scatters));
    expect(rows).toHaveLength(4 * 36);
    expect(Number(rows[0].answer_mean)).toBe(report.scatters[0].points[0].x);
    expect(rows[0]).toMatchObject({ source: 'posterior', item_id: 'regatta-1', query_type: 'rank' });
  });

  it('holds the evaluation table, empty where there is no divergence', () => {
    const rows = csvParse(evaluationCsv(report.evaluation));
    expect(rows.map(({ source_id }) => source_id)).toEqual(report.evaluation.map(({ sourceId }) => sourceId));
    expect(rows[0]).toMatchObject({ mae: '8.42', mae_low: '7.61', mae_high: '9.33', kl: '0.31' });
    expect(rows[5]).toMatchObject({ kl: '', kl_low: '' });
  });

  it('holds all 101 answers of the overlay', () => {
    const rows = csvParse(overlayCsv(report.overlay));
    expect(rows).toHaveLength(101);
    expect(Number(rows[72].posterior_program)).toBe(report.overlay.series[0].bins[72]);
  });

  it('holds distances with the floor last, and dispersions', () => {
    const rows = csvParse(distanceCsv(DISTANCES, DISTANCE_FLOOR));
    expect(rows.at(-1)).toMatchObject({ source: 'people', wasserstein: '9.1' });
    expect(rows.at(-2)).toMatchObject({ source_id: 'constant-50', wasserstein: '' });
    expect(csvParse(dispersionCsv(DISPERSIONS))).toHaveLength(3 * 36);
  });

  it('keeps commas, quotes and line ends inside a cell', () => {
    const odd = { ...report.scatters[0], sourceId: 'a,"b"\nc', points: report.scatters[0].points.slice(0, 1) };
    expect(csvParse(scatterCsv([odd]))[0].source_id).toBe('a,"b"\nc');
  });
});
