/**
 * Reading questions: plain questions whose answer stands in a scenario's text or is counted from it. No program is run and no
 * posterior is used. Answers are whole numbers 0–100 in brackets, or one name.
 */
import { pick, type Random, shuffled } from '../../engine/random.ts';
import { listText, ordinalWord } from '../../engine/scenario/wording.ts';
import type { Condition, Scenario } from '../../shared/scenario.ts';

/** `kind` groups questions in evaluations. `answer` is a number, or a name as it follows the prompt. */
export type ReadingQuestion = {
  readonly kind: string;
  readonly question: string;
  readonly answer: number | string;
};

/** A condition whose facts are known, with the words the text uses for its event. */
export type Event = {
  readonly place: string;
  readonly sides: readonly [readonly string[], readonly string[]];
  readonly winner: 0 | 1;
};

/** The events of a scenario's conditions as facts. */
export function readEvents(conditions: readonly Condition[]): Event[] {
  return conditions.flatMap(({ text, event, sides, winner }) => {
    if (!event || !sides || winner === undefined) return [];
    const [noun, number] = event.split(/ (?=\d+$)/);
    const ordinal = `the ${ordinalWord(Number(number))} ${noun}`;
    return [{ place: text.toLowerCase().includes(ordinal) ? ordinal : event, sides, winner }];
  });
}

/** What questions are drawn from. */
export type ReadingSource = {
  readonly scenario: Scenario;
  readonly events: readonly Event[];
  readonly names: readonly string[];
  /** What the events are called, one and many: `match`, `matches`. */
  readonly noun: readonly [string, string];
};

/** The source of a scenario cut down to `events`. */
export function readingSource(scenario: Scenario, events: readonly Event[]): ReadingSource {
  const one = scenario.conditions[0]?.event?.split(/ (?=\d+$)/)[0] ?? 'match';
  const many = one.endsWith('ch') ? `${one}es` : `${one}s`;
  const names = [...new Set(events.flatMap(({ sides }) => sides.flat()))];
  return { scenario, events, names, noun: [one, many] };
}

const isIn = ({ sides }: Event, name: string): boolean => sides.flat().includes(name);
const hasWon = ({ sides, winner }: Event, name: string): boolean => sides[winner].includes(name);
const sideOf = ({ sides }: Event, name: string): number =>
  sides[0].includes(name) ? 0 : sides[1].includes(name) ? 1 : -1;
const yesNo = (value: boolean): number => (value ? 100 : 0);

const sumWins = (events: readonly Event[], names: readonly string[]): number =>
  names.reduce((sum, name) => sum + countWins(events, name), 0);

/** Whether somebody won, for each event they took part in. */
const resultsOf = (events: readonly Event[], name: string): boolean[] =>
  events.filter((event) => isIn(event, name)).map((event) => hasWon(event, name));

/** Wins less losses of all of `names`. */
const sumBalances = (events: readonly Event[], names: readonly string[]): number =>
  names.flatMap((name) => resultsOf(events, name)).reduce((sum, won) => sum + (won ? 1 : -1), 0);

/** A difference as a number from 0 to 100: 50 where there is none, and no further than the ends. */
const onScale = (difference: number, points: number): number => Math.min(100, Math.max(0, 50 + points * difference));

/** Two sides of one or two different names, as a contest would have. */
function drawSides(random: Random, { names }: ReadingSource): [string[], string[]] {
  const pool = shuffled(random, names);
  const size = names.length < 4 ? 1 : 1 + random.integer(2);
  return [pool.slice(0, size), pool.slice(size, 2 * size)];
}

const NEAR = 25;
/** A whole number drawn evenly from those within `NEAR` of `value`, no further than the ends. */
const near = (random: Random, value: number): number =>
  Math.min(100, Math.max(0, value - NEAR + random.integer(2 * NEAR + 1)));

type Maker = (random: Random, source: ReadingSource) => Omit<ReadingQuestion, 'kind'>;

const countWins = (events: readonly Event[], name: string): number =>
  events.filter((event) => hasWon(event, name)).length;

const MAKERS: Readonly<Record<string, Maker>> = {
  winner: (random, { events }) => {
    const event = pick(random, events);
    return {
      question: `Which side won ${event.place}?`,
      answer: event.winner + 1,
    };
  },
  side: (random, { events }) => {
    const event = pick(random, events);
    const name = pick(random, event.sides.flat());
    return {
      question: `On which side of ${event.place} was ${name}?`,
      answer: sideOf(event, name) + 1,
    };
  },
  won: (random, { events }) => {
    const event = pick(random, events);
    const name = pick(random, event.sides.flat());
    return {
      question: pick(random, [`Was ${event.place} won by ${name}?`, `Did ${name} win ${event.place}?`]),
      answer: yesNo(hasWon(event, name)),
    };
  },
  sameSide: (random, { events }) => {
    const event = pick(random, events);
    const first = pick(random, event.sides.flat());
    const others = event.sides.flat().filter((name) => name !== first);
    const second = pick(random, others);
    const question = `In ${event.place}, was ${first} on the side of ${second}?`;
    return {
      question,
      answer: yesNo(sideOf(event, first) === sideOf(event, second)),
    };
  },
  wins: (random, { events, names, noun }) => {
    const name = pick(random, names);
    const wordings = [`How many ${noun[1]} were won by ${name}?`, `How many ${noun[1]} did ${name} win?`];
    return { question: pick(random, wordings), answer: countWins(events, name) };
  },
  losses: (random, { events, names, noun }) => {
    const name = pick(random, names);
    const wordings = [`How many ${noun[1]} were lost by ${name}?`, `How many ${noun[1]} did ${name} lose?`];
    return {
      question: pick(random, wordings),
      answer: events.filter((event) => isIn(event, name) && !hasWon(event, name)).length,
    };
  },
  share: (random, { events, names, noun }) => {
    const name = pick(random, names);
    const played = events.filter((event) => isIn(event, name)).length;
    const wordings = [
      `What percentage of ${noun[1]} was won by ${name}?`,
      `From 0 to 100, what was ${name}'s percentage of wins?`,
    ];
    return { question: pick(random, wordings), answer: Math.round((100 * countWins(events, name)) / played) };
  },
  moreWins: (random, source) => {
    const [first, second] = drawSides(random, source);
    const balance = sumWins(source.events, second) - sumWins(source.events, first);
    return {
      question: `Who won more ${source.noun[1]}, ${listText(first)} (Team 1) or ${listText(second)} (Team 2)?`,
      answer: 50 + 50 * Math.sign(balance),
    };
  },
  balance: (random, { events, names }) => {
    const name = pick(random, names);
    const wordings = [
      `Out of 100, what is the balance of wins of ${name}?`,
      `On a scale from 0 to 100, what was ${name}'s balance of wins?`,
    ];
    return { question: pick(random, wordings), answer: onScale(sumBalances(events, [name]), 10) };
  },
  sideBalance: (random, source) => {
    const [first, second] = drawSides(random, source);
    const lead = sumBalances(source.events, second) - sumBalances(source.events, first);
    return {
      question: `From 0 to 100, what is the balance of wins, ${listText(first)} (Team 1) to ${listText(second)} (Team 2)?`,
      answer: onScale(lead, 5),
    };
  },
  nearBalance: (random, { events, names }) => {
    const name = pick(random, names);
    const balance = onScale(sumBalances(events, [name]), 10);
    return { question: `Give a level near the balance of wins of ${name}?`, answer: near(random, balance) };
  },
  nearSideBalance: (random, source) => {
    const [first, second] = drawSides(random, source);
    const lead = onScale(sumBalances(source.events, second) - sumBalances(source.events, first), 5);
    const question = `Give a level near the balance of wins, ${listText(first)} (Team 1) to ${listText(second)} (Team 2)?`;
    return { question, answer: near(random, lead) };
  },
  drawnResult: (random, source) => {
    const [first, second] = drawSides(random, source);
    const lost = first.flatMap((name) => resultsOf(source.events, name)).map((won) => !won);
    const won = second.flatMap((name) => resultsOf(source.events, name));
    return {
      question: `A random result, lost by ${listText(first)} (Team 1) or won by ${listText(second)} (Team 2)?`,
      answer: yesNo(pick(random, [...lost, ...won])),
    };
  },
  firstWinner: (random, { events }) => {
    const event = pick(random, events);
    return {
      question: `Who is named first on the side that won ${event.place}?`,
      answer: event.sides[event.winner][0],
    };
  },
  follower: (random, { events }) => {
    const event = pick(random, events);
    const named = event.sides.flat();
    const index = random.integer(named.length - 1);
    return {
      question: `Who is named in ${event.place} right after ${named[index]}?`,
      answer: named[index + 1],
    };
  },
};

/** The kinds of questions. */
export const READING_KINDS = Object.keys(MAKERS);

/** Kinds that are more than plain reading: they add up or compare several counts. Trained beside the others, reported apart. */
export const COMPARING_KINDS: readonly string[] = ['moreWins', 'balance', 'sideBalance'];

/** Kinds whose answer is drawn around what is counted: they teach to spread an answer, and have no right one. */
export const SPREAD_KINDS: readonly string[] = ['nearBalance', 'nearSideBalance', 'drawnResult'];

/** Kinds whose answer stands in the text, or is one count of what does. */
export const PLAIN_KINDS: readonly string[] = READING_KINDS.filter(
  (kind) => !COMPARING_KINDS.includes(kind) && !SPREAD_KINDS.includes(kind),
);

/** How often each kind is asked relative to the others; 0 where nothing is said. */
export type KindShares = Readonly<Record<string, number>>;

/** One question of a kind drawn by its share. */
export function makeQuestion(random: Random, source: ReadingSource, shares: KindShares): ReadingQuestion {
  const kinds = READING_KINDS.filter((kind) => (shares[kind] ?? 0) > 0);
  const total = kinds.reduce((sum, kind) => sum + shares[kind], 0);
  let rest = random.uniform() * total;
  const kind = kinds.find((own) => {
    rest -= shares[own];
    return rest < 0;
  });
  const drawn = kind ?? kinds[kinds.length - 1];
  return { kind: drawn, ...MAKERS[drawn](random, source) };
}
