/** Queries: which questions a plan asks, in the fixed order rank, percentage, contest, contest of the structured style. */
import { queryIdSchema } from '../../shared/identifiers.ts';
import type { Motif } from '../../shared/scenario.ts';
import { pick, type Random, shuffled } from '../random.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan, Sides } from './plan.ts';

/** Contests are between at most this many a side, so that a question stays short. */
const MAX_SIDE = 4;
const FOCAL_SHARE = 0.6;

/** What queries are drawn from: the plan without them, and the names no event mentions. */
export type QuerySource = Omit<ScenarioPlan, 'queries'> & { readonly newcomers: readonly string[] };

const namesOf = (events: readonly PlannedEvent[]): string[] => [
  ...new Set(events.flatMap((event) => event.sides.flat())),
];

/** The event whose result differs from the focal entity's others, if there is one. */
function exceptionOf({ events, focal, motif }: QuerySource): PlannedEvent | undefined {
  if (motif.P < 2) return undefined;
  const won = ({ sides, winner }: PlannedEvent): boolean => sides[winner].includes(focal);
  return events.find((event) => event.sides.flat().includes(focal) && won(event) === (motif.P === 3));
}

const idOf = (index: number) => queryIdSchema.parse(`q${index + 1}`);

function rankQuery(random: Random, source: QuerySource, index: number): PlannedQuery {
  const { focal, traits, events } = source;
  const entity = random.uniform() < FOCAL_SHARE ? focal : pick(random, namesOf(events));
  return { id: idOf(index), kind: 'rank', entity, trait: pick(random, traits) };
}

function percentageQuery(random: Random, source: QuerySource, index: number): PlannedQuery {
  const { focal, factors, events } = source;
  const exception = exceptionOf(source);
  const isAboutException = exception !== undefined && random.uniform() < 0.5;
  const event = isAboutException ? exception : pick(random, events);
  const present = event.sides.flat();
  const isFocal = present.includes(focal) && (isAboutException || random.uniform() < FOCAL_SHARE);
  return {
    id: idOf(index),
    kind: 'percentage',
    entity: isFocal ? focal : pick(random, present),
    factor: pick(random, factors),
    event: event.number,
  };
}

/** Sides for a new contest: the focal entity is in most of them, a newcomer now and then. */
function contestSides(random: Random, { focal, events, motif, newcomers }: QuerySource): Sides {
  const size = contestSize(random, motif);
  const known = shuffled(
    random,
    namesOf(events).filter((name) => name !== focal),
  );
  const isFocal = random.uniform() < 0.7;
  const pool = isFocal ? [focal, ...known] : known;
  const first = pool.slice(0, size);
  const second = pool.slice(size, 2 * size);
  if (random.uniform() < 0.25) second[size - 1] = pick(random, newcomers);
  const sides = [shuffled(random, first), shuffled(random, second)] as const;
  return random.uniform() < 0.5 ? sides : [sides[1], sides[0]];
}

const contestSize = (random: Random, { teamSize }: Motif): number =>
  teamSize <= MAX_SIDE ? teamSize : 2 + random.integer(MAX_SIDE - 1);

/** The four queries of the structured style; the two contests never have the same sides. */
export function planQueries(random: Random, source: QuerySource): PlannedQuery[] {
  const first = contestSides(random.split('contest', 0), source);
  const key = (sides: Sides): string =>
    sides
      .map((side) => [...side].sort().join())
      .sort()
      .join(' ');
  let second = contestSides(random.split('contest', 1), source);
  for (let i = 2; key(second) === key(first); i++) second = contestSides(random.split('contest', i), source);
  return [
    rankQuery(random.split('rank'), source, 0),
    percentageQuery(random.split('percentage'), source, 1),
    { id: idOf(2), kind: 'contest', sides: first },
    { id: idOf(3), kind: 'contest', sides: second },
  ];
}
