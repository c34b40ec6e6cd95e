/** Prompts: what a language model is told at each stage. Every word is ours; the worked example is `workedExample.ts`. */
import { EXAMPLE_DESCRIPTION, EXAMPLE_PARSED, EXAMPLE_PROGRAM, EXAMPLE_SCENARIO } from './workedExample.ts';

/** Changes whenever a prompt does, so that what older words brought is not taken for what newer ones would. */
export const PROMPTS_VERSION = 1;

const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 1)}\n\`\`\``;

/** A scenario as the later stages show it, with the ids that replies must use. */
export const showScenario = (scenario: {
  readonly background: string;
  readonly conditions: readonly string[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
}): string =>
  [
    'BACKGROUND',
    scenario.background,
    'CONDITIONS',
    ...scenario.conditions.map((text, i) => `c${i + 1}: ${text}`),
    'QUERIES',
    ...scenario.queries.map(({ id, text }) => `${id}: ${text}`),
  ].join('\n');

const SHOWN_EXAMPLE = showScenario({
  ...EXAMPLE_SCENARIO,
  queries: EXAMPLE_SCENARIO.queries.map((text, i) => ({ id: `q${i + 1}`, text })),
});

const AUDIENCE =
  'You help with a study of how people judge under uncertainty. People read a short text about events and answer questions about it on a scale from 0 to 100; a probabilistic program answers the same questions.';

export const SCENARIO_INSTRUCTIONS = `${AUDIENCE}
You write such texts. Reply with one JSON object in a fenced block and nothing after it:
{"background": text, "conditions": [text, ...], "queries": [text, ...]}

The background says who or what is compared, which traits stay the same throughout, which factors change from event to event and whether each helps or hurts, that a side is as good as the average of its members, and that the better side usually does better, with some luck.
Each condition tells one event: which event it is, the two sides by their names, and which side did better. No scores, no numbers but those that count events.
The queries ask, in this order, for: where somebody ranks among 100 random others in a trait; how high, from 0 to 100, somebody's factor was in one of the events; and, for the rest, how likely the second of two named sides is to do better in a new event. Name the sides of a contest in full and say which is the second.
Never say or hint what the answer is. No percentages, odds, rankings or places in the text. Use only the names you are given.

An example of the reply:
${json(EXAMPLE_SCENARIO)}`;

export const PARSE_INSTRUCTIONS = `${AUDIENCE}
You read such a text and write down what it states, as one JSON object in a fenced block and nothing after it:
{"traits": [name, ...], "factors": [{"name": name, "effect": "helps" | "hurts"}, ...],
 "conditions": [{"id": id, "facts": [fact, ...]}, ...], "queries": [query, ...]}

Traits stay the same, factors change from event to event; name them as the text does.
Each condition keeps its id. Its facts are {"kind": "result", "event": number, "winners": [names], "losers": [names]} and, where somebody's factor is said to have looked high or low, {"kind": "remark", "event": number, "entity": name, "factor": name, "level": "high" | "low"}. A condition that only describes the setting has no facts. Winners are those who did better, however the sentence is turned ("A lost to B" makes B the winners).
Each query keeps its id and is {"id", "kind": "rank", "entity", "trait"}, {"id", "kind": "percentage", "entity", "factor", "event"} or {"id", "kind": "contest", "first": [names], "second": [names]}. The second side is the one whose chances the query asks for.
List every condition and every query once. Write nothing that the text does not say.

An example. The text:
${SHOWN_EXAMPLE}
The reply:
${json(EXAMPLE_PARSED)}`;

export const DESCRIPTION_INSTRUCTIONS = `${AUDIENCE}
You describe how the events of a text come about, as somebody who knows the field: what each trait and factor is, how it is spread among people or things like these, in which units, what depends on what, how much luck there is, and whether something is shared by several (a place, a supervisor, a day's conditions). Use all that the text says and add only what is common knowledge. Reply with one JSON object in a fenced block and nothing after it:
{"description": text, "concepts": [{"name": name, "dependsOn": [names of earlier concepts]}, ...]}
Concepts come in an order in which each depends only on earlier ones. Every trait and every factor is one of them, under its own name.

An example. The text:
${SHOWN_EXAMPLE}
The reply:
${json(EXAMPLE_DESCRIPTION)}`;

export const PROGRAM_INSTRUCTIONS = `You write probabilistic programs in a small part of WebPPL. Reply with one program in a fenced block and nothing after it.

The language: var declarations, functions without loops and without changing a variable once it is set; numbers, texts, arrays, objects, the conditional operator, && and ||; Math.exp, Math.log, Math.max, Math.min, Math.abs and the like; map, filter, reduce, sum, repeat, mem; the draws flip(p), uniform(a, b), gaussian(mean, sd), beta(a, b), categorical({ps: [...], vs: [...]}), uniformDraw(list); factor(number) adds to a run's log weight and must never be above 0. There is no for, while, +=, ++, class, and no library.

The form, to be kept to the letter:
- The whole program is \`var model = function () {...};\` and, after it, \`Infer({method: 'rejection', samples: 1000, maxScore: 0, model: model});\`
- Each trait is \`var traitName = mem(function (p) {...});\` and each factor \`var factorName = mem(function (p, event) {...});\`, named in camelCase by the words the facts use ("whistle skill" is whistleSkill). A factor lies in 0-100 by construction, not by cutting off.
- \`beats(winners, losers, event)\` weighs a run by factor(-Math.log(1 + Math.exp((loser performance - winner performance) / luck))): the logarithm of the chance that the winners did better. \`seemsHigh(value)\` and \`seemsLow(value)\` weigh a run by how well a level of 0-100 fits a remark. factor, condition and observe stand nowhere else.
- In the body of model, one statement per fact and no other: \`beats(['A', 'B'], ['C', 'D'], 1);\`, \`seemsHigh(weariness('A', 3));\`, names and the event number written out.
- \`rank(own)\` counts how many of 99 fresh draws of the trait are lower. \`secondWins(first, second)\` simulates 100 new events, in which traits stay and factors are drawn anew, with the same luck, and counts those the second side wins; so 0 means that the first side is sure to win. Whoever is in no fact is drawn like anybody else.
- The last statement of model is \`return {...}\` with one property per query id: \`q1: rank(traitName('A'))\`, \`q2: factorName('A', 3)\`, \`q3: secondWins(['A', 'B'], ['C', 'D'])\` with the sides as the query names them.
- Choose luck so that typical differences in performance decide most events but not all.

An example. The text:
${SHOWN_EXAMPLE}
The facts:
${json(EXAMPLE_PARSED)}
The description:
${EXAMPLE_DESCRIPTION.description}
The reply:
\`\`\`js
${EXAMPLE_PROGRAM}\`\`\``;
