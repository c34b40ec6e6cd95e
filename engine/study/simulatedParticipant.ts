/**
 * Simulated participants: answers to a study's screens, made from the programs' posteriors and a seed, to exercise a study before people do.
 * Every answer says `inputMode: 'simulated'`. Four profiles:
 * - `noisy-posterior` averages a few posterior samples, bends them by a personal offset and spread, and places the mark with a little error;
 * - `anchored` does the same but stays near the middle of the scale;
 * - `careless` answers from habit, without regard to the question, and now and then not at all;
 * - `speeder` answers faster than the text can be read, near the last answer.
 * **Source:** sampling a few hypotheses instead of integrating: E. Vul et al., One and done? (2014); response times are ex-Gaussian.
 */
import { UserError } from '../../shared/errors.ts';
import { chipsMean, meanRating } from '../../shared/impliedRating.ts';
import type { Posterior } from '../../shared/posterior.ts';
import type { SubmittedResponse } from '../../shared/response.ts';
import type { Screen, ScreenOf } from '../../shared/screen.ts';
import type { ShownQuery } from '../../shared/widget.ts';
import { WIDGET_DEFAULTS } from '../../shared/widgetDefaults.ts';
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

/** What simulated people go by: the programs' posteriors, and which options of checks are right, by node and query. */
export type Knowledge = {
  readonly posteriors: Posteriors;
  readonly rightOptions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

type Answer = Pick<SubmittedResponse, 'rating' | 'samples' | 'chips' | 'number' | 'choice' | 'text' | 'missingCode'>;

/** Standard deviation between the several values one person gives to one query, in points. **Source:** studies §0.5. */
const WITHIN_SD = 11;
/** How often somebody who reads a check answers it wrongly. */
const SLIP = 0.03;

function ratedAnswer(random: Random, rating: number, { widget }: ShownQuery): Answer {
  const around = (): number => toScale(rating + WITHIN_SD * random.gaussian());
  if (widget.kind === 'multi-click') {
    const samples = Array.from({ length: widget.count ?? WIDGET_DEFAULTS.clicks }, around);
    return { rating: meanRating(samples), samples };
  }
  if (widget.kind === 'roulette') {
    const bins = widget.bins ?? WIDGET_DEFAULTS.bins;
    const chips = Array.from({ length: bins }, () => 0);
    for (let i = 0; i < (widget.chips ?? WIDGET_DEFAULTS.chips); i++)
      chips[Math.min(bins - 1, Math.floor((around() / 100) * bins))]++;
    return { rating: chipsMean(chips), chips };
  }
  return { rating };
}

/** An answer to a question without a posterior: the right option where one is known, otherwise anything the widget offers. */
function otherAnswer(random: Random, profile: Profile, query: ShownQuery, right: string | undefined): Answer {
  const { widget } = query;
  switch (widget.kind) {
    case 'choice': {
      const isRight = right !== undefined && profile !== 'careless' && random.uniform() >= SLIP;
      return { rating: null, choice: [isRight ? right : pick(random, widget.options).id] };
    }
    case 'number': {
      const scale = 10 ** (widget.decimals ?? 0);
      const number = Math.round((widget.min + random.uniform() * (widget.max - widget.min)) * scale) / scale;
      return { rating: null, number: Math.max(widget.min, Math.min(widget.max, number)) };
    }
    case 'text':
      return { rating: null, text: 'simulated' };
    default:
      return ratedAnswer(random, random.integer(101), query);
  }
}

/** Whether a screen's queries are answered by its scenario's program. */
const hasPosterior = ({ phase }: ScreenOf<'questions'>): boolean =>
  phase === 'main' || phase === 'repeat' || phase === 'practice';

/** One person's way through screens: what stays the same, and the last rating. */
export type SimulatedPerson = {
  /** The answers to one screen; `firstClientSeq` is the number of the first. */
  answer(screen: ScreenOf<'questions'>, firstClientSeq: number): SubmittedResponse[];
};

/**
 * One participant of `profile`. Each query has its own stream, so that one more query changes no other answer. Answering throws UserError
 * where a query has no posterior with bins.
 */
export function createSimulatedPerson(random: Random, profile: Profile, knowledge: Knowledge): SimulatedPerson {
  const person = drawPerson(random.split('person', profile), profile);
  let last = 50;
  const answerOf = (stream: Random, screen: ScreenOf<'questions'>, query: ShownQuery): Answer => {
    const { scenarioId } = screen;
    if (!hasPosterior(screen))
      return otherAnswer(stream, profile, query, knowledge.rightOptions?.[scenarioId]?.[query.id]);
    const bins = binsOf(knowledge.posteriors, scenarioId, query.id);
    const rating = rate(stream, profile, person, { bins, last });
    if (rating === null) return { rating, missingCode: 'dont_know' };
    last = rating;
    return ratedAnswer(stream, rating, query);
  };
  return {
    answer(screen, firstClientSeq) {
      const { scenarioId, trialIndex, phase, attempt } = screen;
      const meanMs = profile === 'speeder' ? SCREEN_MS / 8 : SCREEN_MS;
      let clockMs = drawTimeMs(random.split('reading', scenarioId), meanMs);
      return screen.queries.map((query, i): SubmittedResponse => {
        const turn = phase === 'repeat' || (attempt?.number ?? 1) > 1 ? [trialIndex, attempt?.number ?? 1] : [];
        const stream = random.split('answer', scenarioId, query.id, ...turn);
        const answer = answerOf(stream, screen, query);
        const isMissing = answer.missingCode !== undefined;
        const firstInputMs = clockMs + drawTimeMs(stream, 1000 * person.secondsPerQuery);
        const adjustments = profile === 'speeder' ? 1 : 1 + stream.integer(3);
        const lastInputMs = firstInputMs + (adjustments - 1) * drawTimeMs(stream, MOVE_MS);
        clockMs = lastInputMs + drawTimeMs(stream, 300);
        return {
          clientSeq: firstClientSeq + i,
          trialIndex,
          scenarioId,
          queryId: query.id,
          ...answer,
          inputMode: 'simulated',
          ...(isMissing ? {} : { firstInputMs, lastInputMs }),
          commitMs: clockMs,
          adjustments: isMissing ? 0 : adjustments,
        };
      });
    },
  };
}

/** The answers of one participant to `screens`, in the order given; `clientSeq` counts from 0. */
export function simulateParticipant(
  random: Random,
  profile: Profile,
  screens: readonly Screen[],
  knowledge: Knowledge,
): SubmittedResponse[] {
  const person = createSimulatedPerson(random, profile, knowledge);
  const responses: SubmittedResponse[] = [];
  for (const screen of screens)
    if (screen.kind === 'questions') responses.push(...person.answer(screen, responses.length));
  return responses;
}
