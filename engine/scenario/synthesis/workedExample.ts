/** Worked example: one scenario through all stages, shown in the prompts. A test holds it against every check that replies must pass. */
import type { Parsed } from './parsed.ts';

/** The scenario as a language model is asked to write it. */
export const EXAMPLE_SCENARIO = {
  background:
    'At a village fair, shepherds herd sheep in pairs, one pair against another. How well a shepherd does depends on whistle skill, which stays the same all day, and on patience and weariness, which differ from round to round. Patience helps, while weariness hurts. A pair is as good as the average of its two shepherds, and the better pair usually wins, with a little luck involved.',
  conditions: [
    'In the first round, Tomas and Ines beat Ravi and Olena.',
    'Olena and Ines lost to Tomas and Bruno in the second round.',
    "In the third round, Tomas and Olena defeated Ravi and Bruno, although people saw that Tomas's weariness was high.",
  ],
  queries: [
    'Among 100 random shepherds, where does Tomas rank in whistle skill?',
    "From 0 to 100, how high was Tomas's weariness in the third round?",
    'In a new round later that day, Tomas and Ravi (Team 1) will face Ines and Bruno (Team 2). How likely is Team 2 to win?',
    'Later that day Olena and Petra (Team 1) will meet Tomas and Ines (Team 2). How likely is it that Team 2 wins?',
  ],
} as const;

/** What is read from it. */
export const EXAMPLE_PARSED: Parsed = {
  traits: ['whistle skill'],
  factors: [
    { name: 'patience', effect: 'helps' },
    { name: 'weariness', effect: 'hurts' },
  ],
  conditions: [
    { id: 'c1', facts: [{ kind: 'result', event: 1, winners: ['Tomas', 'Ines'], losers: ['Ravi', 'Olena'] }] },
    { id: 'c2', facts: [{ kind: 'result', event: 2, winners: ['Tomas', 'Bruno'], losers: ['Olena', 'Ines'] }] },
    {
      id: 'c3',
      facts: [
        { kind: 'result', event: 3, winners: ['Tomas', 'Olena'], losers: ['Ravi', 'Bruno'] },
        { kind: 'remark', event: 3, entity: 'Tomas', factor: 'weariness', level: 'high' },
      ],
    },
  ],
  queries: [
    { id: 'q1', kind: 'rank', entity: 'Tomas', trait: 'whistle skill' },
    { id: 'q2', kind: 'percentage', entity: 'Tomas', factor: 'weariness', event: 3 },
    { id: 'q3', kind: 'contest', first: ['Tomas', 'Ravi'], second: ['Ines', 'Bruno'] },
    { id: 'q4', kind: 'contest', first: ['Olena', 'Petra'], second: ['Tomas', 'Ines'] },
  ],
};

/** Its causal description with the concepts in the order in which they build on one another. */
export const EXAMPLE_DESCRIPTION = {
  description:
    'Each shepherd has a whistle skill that is the same in all rounds. Among shepherds at a fair most are near the middle and a few are far better or worse, so skill is bell-shaped around 100 with a spread of 20. In each round every shepherd has a patience and a weariness of their own between 0 and 100: most lie between 30 and 70, and skilled shepherds keep their patience a little more often. Performance in a round is the skill times the mean of patience and of what weariness leaves. A pair performs as the mean of its two members. The pair that performs better usually wins; luck is worth a few points, so close rounds are open and clear ones are not. That Tomas looked weary in round three makes a high weariness there likely, and his win the more telling about his skill. A later round draws patience and weariness anew. Petra is known from no round and is as any shepherd.',
  concepts: [
    { name: 'whistle skill', dependsOn: [] },
    { name: 'patience', dependsOn: ['whistle skill'] },
    { name: 'weariness', dependsOn: ['whistle skill'] },
    { name: 'performance', dependsOn: ['whistle skill', 'patience', 'weariness'] },
    { name: 'pair performance', dependsOn: ['performance'] },
    { name: 'round result', dependsOn: ['pair performance'] },
    { name: 'later round', dependsOn: ['pair performance'] },
  ],
};

/** Its program. */
export const EXAMPLE_PROGRAM = `var model = function () {
  var drawSkill = function () { return gaussian(100, 20); };
  var whistleSkill = mem(function (p) { return drawSkill(); });
  // 0-100, mostly in the middle; the better the shepherd, the more often high.
  var drawLevel = function (skill) {
    var high = skill > 115 ? 0.4 : skill < 85 ? 0.1 : 0.2;
    var u = uniform(0, 1);
    return u < high ? uniform(60, 100) : u < 0.8 ? uniform(25, 75) : uniform(0, 40);
  };
  var patience = mem(function (p, event) { return drawLevel(whistleSkill(p)); });
  var weariness = mem(function (p, event) { return 100 - drawLevel(whistleSkill(p)); });
  var performance = function (p, event) {
    return whistleSkill(p) * (patience(p, event) + 100 - weariness(p, event)) / 200;
  };
  var side = function (team, event) {
    return sum(map(function (p) { return performance(p, event); }, team)) / team.length;
  };
  var luck = 5;
  var beats = function (winners, losers, event) {
    factor(-Math.log(1 + Math.exp((side(losers, event) - side(winners, event)) / luck)));
  };
  var seemsHigh = function (value) { factor(-Math.log(1 + Math.exp((60 - value) / 8))); };
  beats(['Tomas', 'Ines'], ['Ravi', 'Olena'], 1);
  beats(['Tomas', 'Bruno'], ['Olena', 'Ines'], 2);
  beats(['Tomas', 'Olena'], ['Ravi', 'Bruno'], 3);
  seemsHigh(weariness('Tomas', 3));
  var rank = function (own) {
    return sum(repeat(99, function () { return own > drawSkill() ? 1 : 0; }));
  };
  var futureSide = function (skills) {
    return sum(map(function (skill) {
      return skill * (drawLevel(skill) + drawLevel(skill)) / 200;
    }, skills)) / skills.length;
  };
  var secondWins = function (first, second) {
    var firstSkills = map(whistleSkill, first);
    var secondSkills = map(whistleSkill, second);
    return sum(repeat(100, function () {
      var lead = futureSide(secondSkills) - futureSide(firstSkills);
      return flip(1 / (1 + Math.exp(-lead / luck))) ? 1 : 0;
    }));
  };
  return {
    q1: rank(whistleSkill('Tomas')),
    q2: weariness('Tomas', 3),
    q3: secondWins(['Tomas', 'Ravi'], ['Ines', 'Bruno']),
    q4: secondWins(['Olena', 'Petra'], ['Tomas', 'Ines'])
  };
};
Infer({method: 'rejection', samples: 1000, maxScore: 0, model: model});
`;
