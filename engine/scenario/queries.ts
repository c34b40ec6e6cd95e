/** Queries: which questions a plan asks. */
import { queryIdSchema } from '../../shared/identifiers.ts';
import type { Motif } from '../../shared/scenario.ts';
import { pick, type Random, shuffled } from '../random.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan, Sides } from './plan.ts';

/** Contests are between at most this many a side, so that a question stays short and its simulated contests quick. */
const MAX_SIDE = 3;
const FOCAL_SHARE = 0.6;
const MAX_REDRAWS = 100;

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
  // Without the focal entity two small teams are too few to fill both sides.
  const isFocal = random.uniform() < 0.7 || known.length < 2 * size;
  const pool = isFocal ? [focal, ...known] : known;
  const first = pool.slice(0, size);
  const second = pool.slice(size, 2 * size);
  if (random.uniform() < 0.25) second[size - 1] = pick(random, newcomers);
  const sides = [shuffled(random, first), shuffled(random, second)] as const;
  return random.uniform() < 0.5 ? sides : [sides[1], sides[0]];
}

const contestSize = (random: Random, { teamSize }: Motif): number =>
  teamSize <= MAX_SIDE ? teamSize : MAX_SIDE - random.integer(2);

const sidesKey = (sides: Sides): string =>
  sides
    .map((side) => [...side].sort().join())
    .sort()
    .join(' ');

/** What makes a question the same as another. */
function keyOf(query: PlannedQuery): string {
  if (query.kind === 'rank') return `rank ${query.entity} ${query.trait}`;
  if (query.kind === 'percentage') return `percentage ${query.entity} ${query.factor.name} ${query.event}`;
  return `contest ${sidesKey(query.sides)}`;
}

function drawQuery(random: Random, source: QuerySource, kind: PlannedQuery['kind'], index: number): PlannedQuery {
  if (kind === 'rank') return rankQuery(random, source, index);
  if (kind === 'percentage') return percentageQuery(random, source, index);
  return { id: idOf(index), kind, sides: contestSides(random, source) };
}

const KINDS = ['rank', 'percentage', 'contest'] as const;

/** Rank, percentage and two contests, or in the free-form style one of each and up to three more in any order. */
function drawKinds(random: Random, style: ScenarioPlan['style']): PlannedQuery['kind'][] {
  if (style === 'structured') return ['rank', 'percentage', 'contest', 'contest'];
  const more = Array.from({ length: random.integer(4) }, () => pick(random, KINDS));
  return shuffled(random, [...KINDS, ...more]);
}

/** The queries of a plan, no two alike. */
export function planQueries(random: Random, source: QuerySource): PlannedQuery[] {
  const queries: PlannedQuery[] = [];
  for (const [index, kind] of drawKinds(random.split('kinds'), source.style).entries()) {
    const stream = random.split('query', index);
    let query = drawQuery(stream, source, kind, index);
    for (let i = 0; i < MAX_REDRAWS && queries.some((other) => keyOf(other) === keyOf(query)); i++)
      query = drawQuery(stream, source, kind, index);
    queries.push(query);
  }
  return queries;
}
