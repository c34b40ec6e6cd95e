/**
 * Reading questions: plain questions whose answer stands in a scenario's text or is counted from it. No program is run and no
 * posterior is used. Answers are whole numbers 0–100 in brackets, or one name.
 */
import { pick, type Random } from '../../engine/random.ts';
import { listText, ordinalWord } from '../../engine/scenario/wording.ts';
import type { Condition, Scenario } from '../../shared/scenario.ts';

/** `kind` groups questions in evaluations. `answer` is a number, or a name as it follows the prompt. */
export type ReadingQuestion = {
  readonly kind: string;
  readonly question: string;
  readonly answer: number | string;
  /** The same in a few words, for the first stages. */
  readonly brief: string;
  /** The stated number, where the text says "about" and answers are spread around it. */
  readonly about?: number;
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
  /** Names and the numbers the text states about them. */
  readonly reports: readonly Report[];
};

/** A number stated in the text; `spread` is how far answers stray from it where the text says "about". */
export type Report = { readonly question: string; readonly value: number; readonly spread: number };

/** The source of a scenario cut down to `events`. */
export function readingSource(
  scenario: Scenario,
  events: readonly Event[],
  reports: readonly Report[] = [],
): ReadingSource {
  const one = scenario.conditions[0]?.event?.split(/ (?=\d+$)/)[0] ?? 'match';
  const many = one.endsWith('ch') ? `${one}es` : `${one}s`;
  const names = [...new Set(events.flatMap(({ sides }) => sides.flat()))];
  return { scenario, events, names, noun: [one, many], reports };
}

const isIn = ({ sides }: Event, name: string): boolean => sides.flat().includes(name);
const hasWon = ({ sides, winner }: Event, name: string): boolean => sides[winner].includes(name);
const sideOf = ({ sides }: Event, name: string): number =>
  sides[0].includes(name) ? 0 : sides[1].includes(name) ? 1 : -1;
const yesNo = (value: boolean): number => (value ? 100 : 0);

type Maker = (random: Random, source: ReadingSource) => Omit<ReadingQuestion, 'kind'> | undefined;

/** Two small sides of different names, as a contest would have. */
function drawSides(random: Random, { names }: ReadingSource): [string[], string[]] {
  const pool = [...names];
  const take = (): string => pool.splice(random.integer(pool.length), 1)[0];
  const size = 1 + random.integer(Math.min(3, Math.floor(names.length / 2)));
  return [Array.from({ length: size }, take), Array.from({ length: size }, take)];
}

const wins = (events: readonly Event[], names: readonly string[]): number =>
  names.reduce((sum, name) => sum + events.filter((event) => hasWon(event, name)).length, 0);

const MAKERS: Readonly<Record<string, Maker>> = {
  winner: (random, { events }) => {
    const event = pick(random, events);
    return {
      question: `Which side won in ${event.place}, 1 or 2?`,
      brief: `side in ${event.place}?`,
      answer: event.winner + 1,
    };
  },
  side: (random, { events }) => {
    const event = pick(random, events);
    const name = pick(random, event.sides.flat());
    return {
      question: `On which side was ${name} in ${event.place}, 1 or 2?`,
      brief: `side in ${event.place} of ${name}?`,
      answer: sideOf(event, name) + 1,
    };
  },
  won: (random, { events }) => {
    const event = pick(random, events);
    const name = pick(random, event.sides.flat());
    return {
      question: `Did ${name} win in ${event.place}?`,
      brief: `win in ${event.place} of ${name}?`,
      answer: yesNo(hasWon(event, name)),
    };
  },
  played: (random, { events, names }) => {
    const event = pick(random, events);
    const name = pick(random, names);
    return {
      question: `Was ${name} in ${event.place}?`,
      brief: `in ${event.place} was ${name}?`,
      answer: yesNo(isIn(event, name)),
    };
  },
  sameSide: (random, { events }) => {
    const event = pick(random, events);
    const first = pick(random, event.sides.flat());
    const others = event.sides.flat().filter((name) => name !== first);
    const second = pick(random, others);
    const question = `Were ${first} and ${second} on the same side in ${event.place}?`;
    return {
      question,
      brief: `with ${first} in ${event.place} was ${second}?`,
      answer: yesNo(sideOf(event, first) === sideOf(event, second)),
    };
  },
  wins: (random, { events, names, noun }) => {
    const name = pick(random, names);
    return { question: `How many ${noun[1]} did ${name} win?`, brief: `won ${name}?`, answer: wins(events, [name]) };
  },
  losses: (random, { events, names, noun }) => {
    const name = pick(random, names);
    const answer = events.filter((event) => isIn(event, name) && !hasWon(event, name)).length;
    return { question: `How many ${noun[1]} did ${name} lose?`, brief: `lost ${name}?`, answer };
  },
  share: (random, { events, names, noun }) => {
    const name = pick(random, names);
    const played = events.filter((event) => isIn(event, name)).length;
    const answer = Math.round((100 * wins(events, [name])) / played);
    return {
      question: `What percentage of the ${noun[1]} of ${name} were wins?`,
      brief: `percentage ${name}?`,
      answer,
    };
  },
  winShare: (random, source) => {
    const [first, second] = drawSides(random, source);
    const mine = wins(source.events, second);
    const all = mine + wins(source.events, first);
    if (all === 0) return undefined;
    const question = `Of all wins of ${listText(first)} (Team 1) and ${listText(second)} (Team 2), what percentage has Team 2?`;
    return {
      question,
      brief: `wins of ${listText(first)} (Team 1) and ${listText(second)}?`,
      answer: Math.round((100 * mine) / all),
    };
  },
  beaten: (random, { events, names }) => {
    const first = pick(random, names);
    const second = pick(
      random,
      names.filter((name) => name !== first),
    );
    const answer = events.filter(
      (event) => hasWon(event, first) && isIn(event, second) && !hasWon(event, second),
    ).length;
    return {
      question: `How many times was ${first} on the side that beat ${second}?`,
      brief: `beat ${first} ${second}?`,
      answer,
    };
  },
  firstWinner: (random, { events }) => {
    const event = pick(random, events);
    return {
      question: `Who is named first on the winning side of ${event.place}?`,
      brief: `first in ${event.place}?`,
      answer: event.sides[event.winner][0],
    };
  },
  follower: (random, { events }) => {
    const event = pick(random, events);
    const named = event.sides.flat();
    const index = random.integer(named.length - 1);
    return {
      question: `Who is named right after ${named[index]} in ${event.place}?`,
      brief: `in ${event.place} after ${named[index]}?`,
      answer: named[index + 1],
    };
  },
  count: (_, { events, noun }) => ({
    question: `How many ${noun[1]} were there?`,
    brief: `${noun[1]}?`,
    answer: events.length,
  }),
  size: (_, { events }) => ({
    question: 'How many are there on each side?',
    brief: 'each side?',
    answer: events[0].sides[0].length,
  }),
  report: (random, { reports }) => {
    if (reports.length === 0) return undefined;
    const { question, value, spread } = pick(random, reports);
    const answer = Math.round(value + (spread === 0 ? 0 : spread * random.gaussian()));
    return {
      question,
      brief: question,
      answer: Math.min(100, Math.max(0, answer)),
      ...(spread === 0 ? {} : { about: value }),
    };
  },
};

/** The kinds of questions. */
export const READING_KINDS = Object.keys(MAKERS);

/** How often each kind is asked, from 0 to 1, 1 where nothing is said. */
export type KindShares = Readonly<Record<string, number>>;

/** A kind drawn at random. */
export function drawKind(random: Random, shares: KindShares): string {
  for (;;) {
    const kind = pick(random, READING_KINDS);
    if (random.uniform() < (shares[kind] ?? 1)) return kind;
  }
}

/** One question of `kind`, or undefined where the source offers none. */
export function makeQuestion(random: Random, source: ReadingSource, kind: string): ReadingQuestion | undefined {
  const made = MAKERS[kind](random, source);
  return made && { kind, ...made };
}

/** Sentences that state numbers about people of the scenario, with the questions they answer; worded like the scenario's own queries. */
export function makeReports(
  random: Random,
  scenario: Scenario,
  names: readonly string[],
): { sentences: string[]; reports: Report[] } {
  const sentences: string[] = [];
  const reports: Report[] = [];
  for (const query of scenario.queries) {
    const { entity, factor } = query.target;
    if (!entity || !factor) continue;
    const name = pick(random, names);
    const value = random.integer(101);
    const isRough = random.uniform() < 0.5;
    const place = /( in (?:the \w+ )?\w+(?: \d+)?)\?$/.exec(query.text);
    const where = query.kind === 'percentage' && place ? place[1] : '';
    const what = query.kind === 'rank' ? `rank in ${factor}` : `level of ${factor}`;
    sentences.push(`${name}'s ${what}${where} was ${isRough ? 'about ' : ''}${value}.`);
    reports.push({ question: query.text.replaceAll(entity, name), value, spread: isRough ? 5 : 0 });
  }
  return { sentences, reports };
}
