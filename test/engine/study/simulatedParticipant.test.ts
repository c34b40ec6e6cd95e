/** Simulated participants: valid responses, the profile's mark on the answers, repeatable by seed. */
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { mean, standardDeviation } from '../../../engine/statistics/moments.ts';
import { pearson } from '../../../engine/statistics/pearson.ts';
import { cellsOf } from '../../../engine/study/design.ts';
import { resolveSequence } from '../../../engine/study/resolveSequence.ts';
import { showScreen } from '../../../engine/study/showScreen.ts';
import {
  type Posteriors,
  PROFILES,
  type Profile,
  simulateParticipant,
} from '../../../engine/study/simulatedParticipant.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import { type SubmittedResponse, submittedResponseSchema } from '../../../shared/response.ts';

const study = loadStudy(resource('studies', 'field-day'));
const [cell] = cellsOf(study);
const viewer = { study, locale: 'en', random: createRandom(1), attempts: {}, withdrawalCode: '', isRevisit: false };
const screens = resolveSequence(createRandom(1), study, cell).map((screen) => showScreen(viewer, screen));

/** Posteriors whose means run over the scale: query i of all has its mass on two answers around 5 + 90·i/35. */
const truths = new Map<string, number>();
const posteriors: Posteriors = Object.fromEntries(
  study.scenarios.map((scenario, s) => [
    scenario.id,
    {
      queries: Object.fromEntries(
        scenario.queries.map((query, q) => {
          const centre = Math.round(5 + (90 * (s * 6 + q)) / 35);
          truths.set(`${scenario.id}/${query.id}`, centre);
          const bins = Array.from({ length: 101 }, (_, i) => (Math.abs(i - centre) === 3 ? 0.5 : 0));
          return [query.id, { mean: centre, sd: 3, mcse: 0.1, bins }];
        }),
      ),
    },
  ]),
);

const simulate = (seed: number, profile: Profile): SubmittedResponse[] =>
  simulateParticipant(createRandom(seed), profile, screens, { posteriors });
const crowd = (profile: Profile): SubmittedResponse[][] =>
  Array.from({ length: 40 }, (_, seed) => simulate(seed, profile));

function agreement(responses: readonly SubmittedResponse[]): number {
  const rated = responses.filter(({ rating }) => rating !== null);
  return pearson(
    rated.map(({ rating }) => rating ?? Number.NaN),
    rated.map(({ scenarioId, queryId }) => truths.get(`${scenarioId}/${queryId}`) ?? Number.NaN),
  );
}

const ratings = (people: readonly SubmittedResponse[][]): number[] =>
  people.flat().flatMap(({ rating }) => (rating === null ? [] : [rating]));

describe('simulateParticipant', () => {
  it.each(PROFILES)('%s: answers every query once, validly, marked as simulated', (profile) => {
    const responses = simulate(3, profile);
    expect(responses).toHaveLength(36);
    expect(new Set(responses.map(({ scenarioId, queryId }) => `${scenarioId}/${queryId}`)).size).toBe(36);
    responses.forEach((response, i) => {
      expect(submittedResponseSchema.parse(response)).toEqual(response);
      expect(response).toMatchObject({ clientSeq: i, inputMode: 'simulated' });
      expect(response.commitMs).toBeGreaterThanOrEqual(response.lastInputMs ?? 0);
    });
  });

  it.each(PROFILES)('%s: repeats with its seed, differs with another', (profile) => {
    expect(simulate(3, profile)).toEqual(simulate(3, profile));
    expect(simulate(4, profile)).not.toEqual(simulate(3, profile));
  });

  it('noisy-posterior follows the posterior closely, careless and speeder do not', () => {
    expect(Math.min(...crowd('noisy-posterior').map(agreement))).toBeGreaterThan(0.95);
    expect(Math.abs(mean(crowd('careless').map(agreement)))).toBeLessThan(0.15);
    expect(Math.abs(mean(crowd('speeder').map(agreement)))).toBeLessThan(0.3);
  });

  it('anchored follows it too, but within half its spread', () => {
    const spread = standardDeviation(ratings(crowd('anchored'))) / standardDeviation(ratings(crowd('noisy-posterior')));
    expect(mean(crowd('anchored').map(agreement))).toBeGreaterThan(0.85);
    expect(spread).toBeLessThan(0.6);
  });

  it('careless leaves out a few per cent, and no other profile leaves out any', () => {
    const missing = (profile: Profile): number =>
      crowd(profile)
        .flat()
        .filter(({ rating }) => rating === null).length;
    expect(missing('careless') / (40 * 36)).toBeGreaterThan(0.01);
    expect(missing('careless') / (40 * 36)).toBeLessThan(0.06);
    expect([missing('anchored'), missing('noisy-posterior'), missing('speeder')]).toEqual([0, 0, 0]);
  });

  it('speeder takes less than a third of the time others take', () => {
    const total = (profile: Profile): number =>
      mean(crowd(profile).map((r) => Math.max(...r.map(({ commitMs }) => commitMs))));
    expect(total('speeder') / total('noisy-posterior')).toBeLessThan(1 / 3);
  });

  it('refuses a query without a posterior', () => {
    expect(() => simulateParticipant(createRandom(1), 'careless', screens, { posteriors: {} })).toThrow(
      expect.objectContaining({
        name: 'UserError',
        message: expect.stringMatching(/^simulate: no posterior for query q1 of scenario /),
        hint: 'run the scenario’s program first; it must return a number for every query id',
        location: { path: expect.stringMatching(/\/q1$/) },
      }),
    );
  });
});
