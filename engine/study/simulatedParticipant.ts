/**
 * Simulated participants: answers to a study's screens, made from the programs' posteriors and a seed, to exercise a study before people do.
 * Every answer says `inputMode: 'simulated'`. Four profiles:
 * - `noisy-posterior` averages a few posterior samples, bends them by a personal offset and spread, and places the mark with a little error;
 * - `anchored` does the same but stays near the middle of the scale;
 * - `careless` answers from habit, without regard to the question, and now and then not at all;
 * - `speeder` answers faster than the text can be read, near the last answer.
 * **Source:** sampling a few hypotheses instead of integrating: E. Vul et al., One and done? (2014); response times are ex-Gaussian.
 */
import type { Screen } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import { pick, type Random } from '../random.ts';

export const PROFILES = ['noisy-posterior', 'anchored', 'careless', 'speeder'] as const;
export type Profile = (typeof PROFILES)[number];

/** The posterior of every scenario, by id. */
export type Posteriors = Readonly<Record<string, Pick<Posterior, 'queries'>>>;

/** What stays the same about one participant through all answers; offsets in points of the scale. */
type Person = {
  readonly offset: number;
  /** How far from the middle this person spreads answers; 1 keeps the posterior's. */
  readonly spread: number;
  /** Posterior samples looked at per query. */
  readonly samples: number;
  /** Standard deviation of placing the mark, in points. */
  readonly motorSd: number;
  /** Where a careless person's hand rests. */
  readonly habit: number;
  readonly secondsPerQuery: number;
};

const SCREEN_MS = 4_000;
const MOVE_MS = 900;

function drawPerson(random: Random, profile: Profile): Person {
  return {
    offset: 4 * random.gaussian(),
    spread: profile === 'anchored' ? 0.2 + 0.3 * random.uniform() : Math.exp(0.12 * random.gaussian()),
    samples: 2 + random.integer(4),
    motorSd: 2 + 2 * random.uniform(),
    habit: pick(random, [15, 50, 50, 75]),
    secondsPerQuery: profile === 'speeder' ? 0.7 : profile === 'careless' ? 2.5 : 6 + 3 * random.uniform(),
  };
}

/** One integer answer drawn from the bins. */
function drawAnswer(random: Random, bins: readonly number[]): number {
  let left = random.uniform() * bins.reduce((sum, mass) => sum + mass, 0);
  for (let answer = 0; answer < bins.length; answer++) {
    left -= bins[answer];
    if (left < 0) return answer;
  }
  return bins.length - 1;
}

const toScale = (value: number): number => Math.round(Math.max(0, Math.min(100, value)));

function considered(random: Random, person: Person, bins: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < person.samples; i++) sum += drawAnswer(random, bins);
  const believed = sum / person.samples;
  return 50 + person.spread * (believed - 50) + person.offset + person.motorSd * random.gaussian();
}

/** The rating, or null for none. */
function rate(
  random: Random,
  profile: Profile,
  person: Person,
  at: { bins: readonly number[]; last: number },
): number | null {
  switch (profile) {
    case 'noisy-posterior':
    case 'anchored':
      return toScale(considered(random, person, at.bins));
    case 'careless':
      if (random.uniform() < 0.03) return null;
      return toScale(random.uniform() < 0.6 ? person.habit + 3 * random.gaussian() : 100 * random.uniform());
    case 'speeder':
      return toScale(at.last + 8 * random.gaussian());
    default:
      return profile satisfies never;
  }
}

/** Milliseconds: a normal part and an exponential tail of a third of it, never under 150. */
function drawTimeMs(random: Random, meanMs: number): number {
  const normal = (2 / 3) * meanMs + 0.15 * meanMs * random.gaussian();
  const tail = -(meanMs / 3) * Math.log(1 - random.uniform());
  return Math.max(150, Math.round(normal + tail));
}

function binsOf(posteriors: Posteriors, scenarioId: string, queryId: string): readonly number[] {
  const bins = Object.hasOwn(posteriors, scenarioId) ? posteriors[scenarioId].queries[queryId]?.bins : undefined;
  if (!bins)
    throw new UserError(`simulate: no posterior for query ${queryId} of scenario ${scenarioId}`, {
      hint: 'run the scenario’s program first; it must return a number for every query id',
      location: { path: `${scenarioId}/${queryId}` },
    });
  return bins;
}

/**
 * The answers of one participant of `profile` to `screens`, in the order given; `clientSeq` counts from 0. Each query has its own stream,
 * so that one more query changes no other answer. Throws UserError where a query has no posterior with bins.
 */
export function simulateParticipant(
  random: Random,
  profile: Profile,
  screens: readonly Screen[],
  posteriors: Posteriors,
): SubmittedResponse[] {
  const person = drawPerson(random.split('person', profile), profile);
  const responses: SubmittedResponse[] = [];
  let last = 50;
  for (const screen of screens) {
    if (screen.kind !== 'scenario') continue;
    let clockMs = drawTimeMs(
      random.split('reading', screen.scenario.id),
      profile === 'speeder' ? SCREEN_MS / 8 : SCREEN_MS,
    );
    for (const query of screen.scenario.queries) {
      const stream = random.split('answer', screen.scenario.id, query.id);
      const bins = binsOf(posteriors, screen.scenario.id, query.id);
      const rating = rate(stream, profile, person, { bins, last });
      const firstInputMs = clockMs + drawTimeMs(stream, 1000 * person.secondsPerQuery);
      const adjustments = profile === 'speeder' ? 1 : 1 + stream.integer(3);
      const lastInputMs = firstInputMs + (adjustments - 1) * drawTimeMs(stream, MOVE_MS);
      clockMs = lastInputMs + drawTimeMs(stream, 300);
      if (rating !== null) last = rating;
      responses.push({
        clientSeq: responses.length,
        trialIndex: screen.trialIndex,
        scenarioId: screen.scenario.id,
        queryId: query.id,
        rating,
        ...(rating === null ? { missingCode: 'dont_know' as const } : { firstInputMs, lastInputMs }),
        inputMode: 'simulated',
        commitMs: clockMs,
        adjustments: rating === null ? 0 : adjustments,
      });
    }
  }
  return responses;
}
