/**
 * Frames: the sentences of a domain as templates. Slots: {activity} {entity} {entities} {anEntity} {group} {aGroup} {groups} {event} {events}
 * {span} {sides} (how they compete), {traits} {factors} {stays} {goes} {changes}, {first} {second} {won} (a side, a side, an outcome phrase),
 * {place} (an event, such as `the second match`), {who} {trait} {factor}. Every template is our own wording.
 */
import type { Scenario } from '../../shared/scenario.ts';

export type Frame = {
  readonly setting: readonly string[];
  readonly causes: readonly string[];
  readonly tendency: readonly string[];
  /** What decides between two groups, and between two single entities. */
  readonly luckOfGroups: readonly string[];
  readonly luckOfSingles: readonly string[];
  /** Why it matters who looks after whom; slots {siteOne} {siteTwo}. Healthcare only. */
  readonly sites?: readonly string[];
  readonly condition: readonly string[];
  readonly rank: readonly string[];
  readonly percentage: readonly string[];
  readonly contest: readonly string[];
  /** The same questions in the free-form style, which does not name the scale. */
  readonly openRank: readonly string[];
  readonly openPercentage: readonly string[];
  readonly openContest: readonly string[];
  /** What is going on, as `a day of judo`; the verb of being matched; who writes: head, aide and judge. */
  readonly occasion: string;
  readonly compete: string;
  readonly toCompete: string;
  readonly writers: readonly [string, string, string];
  /** How the sides of a contest are called: `Team` gives Team 1 and Team 2. */
  readonly side: string;
};

const CAUSES = [
  'How well {anEntity} does depends on {traits}, which {stays} the same all {span}, and on {factors}, which {changes} from {event} to {event}.',
  'Two kinds of things decide how well {anEntity} does: {traits}, which {stays} the same all {span}, and {factors}, which {changes} with every {event}.',
  'What {anEntity} achieves comes from {traits}, the same all {span}, and from {factors}, different in each {event}.',
];
const TENDENCY = [
  '{entities} with greater {traits} tend to have {tendency}.',
  'Greater {traits} usually {goes} with {tendency}.',
];
const CONDITION = ['In {place}, {first} {won} {second}.', '{first} {won} {second} in {place}.'];
const RANK = [
  'Out of 100 random {entities}, where does {who} rank in {trait}?',
  "Among 100 random {entities}, what is {who}'s rank in {trait}?",
];
const PERCENTAGE = [
  "From 0 to 100, how would you rate {who}'s {factor} in {place}?",
  "On a scale from 0 to 100, what was {who}'s level of {factor} in {place}?",
];

const OPEN_RANK = [
  'If 100 random {entities} were lined up by {trait}, where would {who} stand?',
  'How does {who} compare with 100 random {entities} in {trait}?',
];
const OPEN_PERCENTAGE = [
  "How high was {who}'s {factor} in {place}?",
  "What would you say about the level of {who}'s {factor} in {place}?",
];

const SPORTS: Frame = {
  setting: [
    'It is a day of {activity}, and the {entities} compete {sides}.',
    'Some {entities} meet for a day of {activity}. In every {event} they compete {sides}.',
    'On a day of {activity}, {entities} face each other {sides}.',
    'A club holds a day of {activity}, where {entities} compete {sides}.',
  ],
  causes: CAUSES,
  tendency: TENDENCY,
  luckOfGroups: [
    '{aGroup} is as good as its average member, and the better {group} usually wins, with a little luck involved.',
    'The {group} with the better average usually wins; luck plays a small part.',
    'What counts is the average over the {group}; the better one usually wins, though luck plays a small part.',
  ],
  luckOfSingles: [
    'The better {entity} on the day usually wins, with a little luck involved.',
    'Whoever does better usually wins; luck plays a small part.',
  ],
  condition: CONDITION,
  rank: RANK,
  percentage: PERCENTAGE,
  contest: [
    'In a new {event} later the same {span}, {first} ({side} 1) will face {second} ({side} 2). How likely is {side} 2 to win?',
    'Later that {span} {first} ({side} 1) will meet {second} ({side} 2) in a new {event}. How likely is it that {side} 2 wins?',
  ],
  openRank: OPEN_RANK,
  openPercentage: OPEN_PERCENTAGE,
  openContest: [
    'Suppose {first} ({side} 1) were to meet {second} ({side} 2) in one more {event} that {span}. How likely would {side} 2 be to win?',
    'If {first} ({side} 1) were matched with {second} ({side} 2) once more that {span}, how likely would a win for {side} 2 be?',
  ],
  side: 'Team',
  occasion: 'a {span} of {activity}',
  compete: 'compete',
  toCompete: 'compete',
  writers: ['Coach', 'Assistant', 'Referee'],
};

const HEALTHCARE: Frame = {
  setting: [
    'Patients treated for {activity} are observed {sides} over one day.',
    'Staff follow patients with {activity} through a day and compare them {sides}.',
    'On one day, patients under care for {activity} are compared {sides}.',
  ],
  causes: [
    'How well a patient does depends on {traits}, which {stays} the same all {span}, and on {factors}, which {changes} from {event} to {event}.',
    'Two kinds of things decide how well a patient does: {traits}, which {stays} the same all {span}, and {factors}, which {changes} with every {event}.',
  ],
  tendency: TENDENCY,
  luckOfGroups: [
    '{aGroup} is judged by its average patient, and the better {group} is usually seen to do better, with a little chance involved.',
    'What counts is the average over the {group}, and the better one usually comes out ahead, though chance plays a small part.',
  ],
  luckOfSingles: ['Whoever is better off is usually seen to do better; chance plays a small part.'],
  sites: [
    'The quality of care may differ between {siteOne} and {siteTwo}, and affects everyone in their care.',
    'Patients are looked after by {siteOne} or by {siteTwo}; care may be better with one of them, which all of their patients feel alike.',
  ],
  condition: CONDITION,
  rank: RANK,
  percentage: PERCENTAGE,
  contest: [
    'In a new {event} later the same {span}, {first} ({side} 1) will be compared with {second} ({side} 2). How likely is {side} 2 to have the better outcome?',
    'Later that {span} {first} ({side} 1) and {second} ({side} 2) will be compared in a new {event}. How likely is it that {side} 2 does better?',
  ],
  openRank: OPEN_RANK,
  openPercentage: OPEN_PERCENTAGE,
  openContest: [
    'If {first} ({side} 1) were compared with {second} ({side} 2) once more that {span}, how likely would {side} 2 be to do better?',
    'Suppose one more {event} that {span} compares {first} ({side} 1) with {second} ({side} 2). How likely is {side} 2 to come out ahead?',
  ],
  side: 'Group',
  occasion: 'a {span} of care for {activity}',
  compete: 'are compared',
  toCompete: 'be compared',
  writers: ['Doctor', 'Trainee', 'Observer'],
};

const GENERAL: Frame = {
  setting: [
    'In {activity}, {entities} are compared {sides} in several {events} of one {span}.',
    'A {span} in {activity} brings several {events}, in which {entities} are compared {sides}.',
    'Over one {span}, {entities} in {activity} are compared {sides}, once in each {event}.',
  ],
  causes: CAUSES,
  tendency: TENDENCY,
  luckOfGroups: [
    '{aGroup} is as good as its average member, and the better {group} usually comes out ahead, with a little chance involved.',
    'What counts is the average over the {group}, and the better one usually comes out ahead, though chance plays a small part.',
  ],
  luckOfSingles: ['The better one usually comes out ahead; chance plays a small part.'],
  condition: CONDITION,
  rank: RANK,
  percentage: PERCENTAGE,
  contest: [
    'In a new {event} later the same {span}, {first} ({side} 1) will be compared with {second} ({side} 2). How likely is {side} 2 to come out ahead?',
    'Later that {span} {first} ({side} 1) and {second} ({side} 2) will be compared in a new {event}. How likely is it that {side} 2 comes out ahead?',
  ],
  openRank: OPEN_RANK,
  openPercentage: OPEN_PERCENTAGE,
  openContest: [
    'If {first} ({side} 1) were compared with {second} ({side} 2) once more that {span}, how likely would {side} 2 be to do better?',
    'Suppose one more {event} that {span} compares {first} ({side} 1) with {second} ({side} 2). How likely is {side} 2 to come out ahead?',
  ],
  side: 'Group',
  occasion: 'a {span} in {activity}',
  compete: 'are compared',
  toCompete: 'be compared',
  writers: ['Manager', 'Assistant', 'Assessor'],
};

export const FRAMES: Readonly<Record<Scenario['domain'], Frame>> = {
  sports: SPORTS,
  healthcare: HEALTHCARE,
  general: GENERAL,
};
