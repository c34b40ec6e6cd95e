/**
 * Program text: a plan as a program in the WebPPL subset. Stable traits are a three-part Gaussian mixture; an episodic factor lies in a low,
 * a middle or a high band, with weights that follow the ability; a performance is ability × mean favour of the factors; a comparison is
 * softened by luck, factor = log σ(difference / LUCK). **Source:** ppt §2.2–2.3. Differences: bands are uniform and within 0–100 where the
 * paper clamps Gaussians, which heaps mass on the end points; a harmful factor is the mirror image of a helpful one; future contests carry
 * the same luck as the observed ones, and their mean chance is what a contest query asks for; LUCK is one documented constant for all programs instead of a choice per program (defect D9).
 */
import type { EpisodicFactor } from './domains/subject.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan, Sides } from './plan.ts';

/** Future contests whose mean chance answers a contest query: it scatters like a hundred counted wins around the chance itself. */
const FUTURES = 50;

/** Score points that one logit of luck is worth; performances lie around 20–130. */
const LUCK = 5;

/** Words a trait's identifier must not be. */
const TAKEN = new Set(
  'ability beats care contest draw factor form favour future mean model performance rank repeat side sum map'.split(
    ' ',
  ),
);

/** `raw strength` → `rawStrength`. */
function identifier(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const joined = words.map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
  return TAKEN.has(joined) ? `${joined}Level` : joined;
}

const quoted = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;

function traitLines(traits: readonly string[]): string[] {
  const names = traits.map(identifier);
  const ability = names.map((name) => `${name}(p)`).join(' + ');
  return [
    '  var drawTrait = function () {',
    '    return gaussian(categorical({ps: [0.33, 0.33, 0.34], vs: [80, 100, 140]}), 10);',
    '  };',
    ...names.map((name) => `  var ${name} = mem(function (p) { return drawTrait(); });`),
    `  var ability = function (p) { return ${names.length === 1 ? ability : `(${ability}) / ${names.length}`}; };`,
  ];
}

/** `favour` says how far one factor works for somebody of this ability, 0–100: a low, a middle or a high band of 40 points, from one draw. */
const FAVOUR_LINES = [
  '  var favour = function (level) {',
  '    var u = uniform(0, 1);',
  '    var low = level > 120 ? 0.05 : level < 80 ? 0.8 : 0.2;',
  '    var middle = level > 120 ? 0.2 : level < 80 ? 0.95 : 0.8;',
  '    return u < low',
  '      ? (40 * u) / low',
  '      : u < middle ? 30 + (40 * (u - low)) / (middle - low) : 60 + (40 * (u - middle)) / (1 - middle);',
  '  };',
];

const factorLines = (factors: readonly EpisodicFactor[]): string[] => [
  ...FAVOUR_LINES,
  ...factors.map(({ name, helps }) => {
    const value = helps ? 'favour(ability(p))' : '100 - favour(ability(p))';
    return `  var ${identifier(name)} = mem(function (p, event) { return ${value}; });`;
  }),
];

/** The quality of care of a site, shared by everyone there, in points of performance. */
function siteLines({ sites }: ScenarioPlan): string[] {
  if (sites === undefined) return [];
  const entries = sites.members.flatMap((names, i) => names.map((name) => `${name}: ${i}`));
  return [
    `  var siteOf = {${entries.join(', ')}};`,
    '  var care = mem(function (site) { return gaussian(0, 10); });',
    '  var careOf = function (team) { return sum(map(function (p) { return care(siteOf[p]); }, team)) / team.length; };',
  ];
}

/** A performance is the ability times the mean of the factors, harmful ones counted from 100 down. */
function performanceLines({ factors, sites }: ScenarioPlan): string[] {
  const terms = factors.map(({ name, helps }) => `${helps ? '' : '100 - '}${identifier(name)}(p, event)`).join(' + ');
  const care = sites === undefined ? '' : ' + careOf(team)';
  return [
    '  var performance = function (p, event) {',
    `    return ability(p) * (${terms}) / ${factors.length * 100};`,
    '  };',
    '  var side = function (team, event) {',
    `    return sum(map(function (p) { return performance(p, event); }, team)) / team.length${care};`,
    '  };',
    '  var beats = function (winners, losers, event) {',
    `    factor(-Math.log(1 + Math.exp((side(losers, event) - side(winners, event)) / ${LUCK})));`,
    '  };',
  ];
}

/** What a remark says of a factor: high is around 60 or more, low around 40 or less, softly. */
const REMARK_LINES = [
  '  var seemsHigh = function (value) { factor(-Math.log(1 + Math.exp((60 - value) / 8))); };',
  '  var seemsLow = function (value) { factor(-Math.log(1 + Math.exp((value - 40) / 8))); };',
];

function conditionLines({ sides, winner, number, remark }: PlannedEvent): string[] {
  const [winners, losers] = winner === 0 ? sides : [sides[1], sides[0]];
  const beats = `  beats(${quoted(winners)}, ${quoted(losers)}, ${number});`;
  if (!remark) return [beats];
  const value = `${identifier(remark.factor.name)}('${remark.entity}', ${number})`;
  return [`  ${remark.isHigh ? 'seemsHigh' : 'seemsLow'}(${value});`, beats];
}

const RANK_LINES = [
  '  var rank = function (own) {',
  '    return sum(repeat(99, function () { return own > drawTrait() ? 1 : 0; }));',
  '  };',
];

/** Further contests of one day: abilities and care stay, factors are drawn anew. */
function contestLines({ factors, sites }: ScenarioPlan): string[] {
  const favours = factors.map(() => 'favour(level)').join(' + ');
  const care = sites === undefined ? '' : ' + careLead';
  return [
    `  var future = function (level) { return level * (${favours}) / ${factors.length * 100}; };`,
    '  var futureSide = function (levels) { return sum(map(future, levels)) / levels.length; };',
    '  var secondWins = function (first, second) {',
    '    var firstLevels = map(ability, first);',
    '    var secondLevels = map(ability, second);',
    ...(sites === undefined ? [] : ['    var careLead = careOf(second) - careOf(first);']),
    `    return ${100 / FUTURES} * sum(repeat(${FUTURES}, function () {`,
    `      var lead = futureSide(secondLevels) - futureSide(firstLevels)${care};`,
    `      return 1 / (1 + Math.exp(-lead / ${LUCK}));`,
    '    }));',
    '  };',
  ];
}

const contestCall = ([first, second]: Sides): string => `secondWins(${quoted(first)}, ${quoted(second)})`;

function queryCall(query: PlannedQuery): string {
  if (query.kind === 'rank') return `rank(${identifier(query.trait)}('${query.entity}'))`;
  if (query.kind === 'percentage') return `${identifier(query.factor.name)}('${query.entity}', ${query.event})`;
  return contestCall(query.sides);
}

/** The program of `plan`: returns one number per query id, in the units of QUERY_KINDS. */
export function renderProgram(plan: ScenarioPlan): string {
  const answers = plan.queries.map((query) => `    ${query.id}: ${queryCall(query)}`);
  return [
    'var model = function () {',
    ...traitLines(plan.traits),
    ...factorLines(plan.factors),
    ...siteLines(plan),
    ...performanceLines(plan),
    ...(plan.events.some(({ remark }) => remark) ? REMARK_LINES : []),
    ...plan.events.flatMap(conditionLines),
    ...RANK_LINES,
    ...contestLines(plan),
    `  return {\n${answers.join(',\n')}\n  };`,
    '};',
    "Infer({method: 'rejection', samples: 1000, maxScore: 0, model: model});",
    '',
  ].join('\n');
}
