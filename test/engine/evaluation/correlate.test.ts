/** People against sources: joined by ids, undefined r said to be undefined, bad ratings refused. */
import { describe, expect, it } from 'vitest';
import type { AnswerSet } from '../../../engine/evaluation/answerSet.ts';
import { correlate, type Rating } from '../../../engine/evaluation/correlate.ts';
import { createRandom } from '../../../engine/random.ts';
import { HUMANS, MODEL } from '../statistics/goldenVector.ts';

const queries = HUMANS.map((_, i) => ({ scenarioId: `s${i}`, queryId: 'q1', kind: 'rank' as const }));
const ratings: Rating[] = HUMANS.flatMap((raters, i) =>
  raters.map((rating, p) => ({ participantId: `p${p}`, scenarioId: `s${i}`, queryId: 'q1', rating })),
);
const source = (means: readonly number[], label = 'Program'): AnswerSet => ({
  source: 'posterior',
  sourceId: label,
  label,
  answers: queries
    .map(({ scenarioId, queryId }, i) => ({
      scenarioId,
      queryId,
      source: 'posterior' as const,
      sourceId: label,
      mean: means[i],
    }))
    .reverse(),
});
const people = { queries, unit: 'both', replicates: 200 } as const;

describe('correlate', () => {
  it('gives the signed r of the golden vector, whatever the order of the answers', () => {
    const [plain, flipped] = correlate(createRandom(1), ratings, people, [
      source(MODEL),
      source(
        MODEL.map((mean) => 100 - mean),
        'Flipped',
      ),
    ]);
    expect(plain.r?.value).toBeCloseTo(0.9666016846, 9);
    expect(flipped.r?.value).toBeCloseTo(-0.9666016846, 9);
    // Both saw the same resamples.
    expect(flipped.r?.low).toBeCloseTo(-(plain.r?.high ?? 0), 12);
    expect(plain).toMatchObject({ nQueries: 6, nParticipants: 4, label: 'Program' });
    expect(plain.points[1]).toMatchObject({ scenarioId: 's1', x: 45, y: 37.5 });
    expect(plain.points[1].yStandardError).toBeCloseTo(Math.sqrt(125 / 3 / 4), 12);
  });

  it('has no r where the source always answers the same', () => {
    const [scatter] = correlate(createRandom(1), ratings, people, [source(MODEL.map(() => 50))]);
    expect(scatter.r).toBeNull();
    expect(scatter.points).toHaveLength(6);
  });

  it('knows no standard error of one rater, and leaves out what nobody rated', () => {
    const one = ratings.filter(({ participantId }) => participantId === 'p0');
    const missing = one.map((r) => (r.scenarioId === 's2' ? { ...r, rating: null } : r));
    const [scatter] = correlate(createRandom(1), missing, people, [source(MODEL)]);
    expect(scatter.points).toHaveLength(5);
    expect(scatter.points.every((point) => point.yStandardError === null)).toBe(true);
  });

  it('refuses unknown queries, doubled ratings and no ratings', () => {
    const stray = { ...ratings[0], scenarioId: 'elsewhere' };
    expect(() => correlate(createRandom(1), [stray], people, [])).toThrow(
      expect.objectContaining({
        message: 'ratings: query q1 of scenario elsewhere is not in the study',
        location: { path: 'elsewhere/q1' },
      }),
    );
    expect(() => correlate(createRandom(1), [...ratings, ratings[0]], people, [])).toThrow(
      expect.objectContaining({ message: 'ratings: participant p0 answers query q1 of scenario s0 twice' }),
    );
    expect(() => correlate(createRandom(1), [], people, [])).toThrow(
      'correlation: expected ratings of people, received none',
    );
  });
});
