/**
 * Program text: a plan as a program in the WebPPL subset. Stable traits are a three-part Gaussian mixture; an episodic factor is one whose
 * weights follow the trait; a performance is ability × form; a comparison is softened by luck, factor = log σ(difference / LUCK).
 * **Source:** ppt §2.2–2.3. Differences: a harmful factor is the mirror image of a helpful one; future contests carry the same luck as
 * the observed ones; LUCK is one documented constant for all programs instead of a choice per program.
 */
import type { EpisodicFactor } from './domains/subject.ts';
import type { PlannedEvent, PlannedQuery, ScenarioPlan, Sides } from './plan.ts';

/** Score points that one logit of luck is worth; performances lie around 20–130. */
const LUCK = 5;

/** Words a trait's identifier must not be. */
const TAKEN = new Set([
  'ability',
  'form',
  'performance',
  'beats',
  'rank',
  'draw',
  'weights',
  'luck',
  'model',
  'sum',
  'map',
  'mean',
]);

/** `raw strength` → `rawStrength`. */
function identifier(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const joined = words.map((word, i) => (i === 0 ? word : word[0].toUpperCase() + word.slice(1))).join('');
  return TAKEN.has(joined) ? `${joined}Level` : joined;
}

const capitalized = (name: string): string => name[0].toUpperCase() + name.slice(1);
const quoted = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;
const drawName = (factor: EpisodicFactor): string => `draw${capitalized(identifier(factor.name))}`;

function traitLines(traits: readonly string[]): string[] {
  const names = traits.map(identifier);
  const ability = names.map((name) => `${name}(p)`).join(' + ');
  return [
    '  var drawTrait = function () {',
    '    return Math.max(0, gaussian(categorical({ps: [0.33, 0.33, 0.34], vs: [80, 100, 140]}), 10));',
    '  };',
    ...names.map((name) => `  var ${name} = mem(function (p) { return drawTrait(); });`),
    `  var ability = function (p) { return ${names.length === 1 ? ability : `(${ability}) / ${names.length}`}; };`,
  ];
}

function factorLines(factors: readonly EpisodicFactor[]): string[] {
  const lines = [
    '  var weights = function (p) {',
    '    var level = ability(p);',
    '    return level > 120 ? [0.05, 0.15, 0.8] : level < 80 ? [0.8, 0.15, 0.05] : [0.2, 0.6, 0.2];',
    '  };',
  ];
  for (const factor of factors)
    lines.push(
      `  var ${drawName(factor)} = function (p) {`,
      `    var middle = categorical({ps: weights(p), vs: ${factor.helps ? '[30, 60, 90]' : '[70, 40, 10]'}});`,
      '    return Math.min(100, Math.max(0, gaussian(middle, 10)));',
      '  };',
      `  var ${identifier(factor.name)} = mem(function (p, event) { return ${drawName(factor)}(p); });`,
    );
  return lines;
}

/** Mean of the factors, harmful ones counted from 100 down, as a share of the ability. */
function performance(factors: readonly EpisodicFactor[], term: (factor: EpisodicFactor) => string): string {
  const terms = factors.map((factor) => (factor.helps ? term(factor) : `100 - ${term(factor)}`)).join(' + ');
  return `ability(p) * (${terms}) / ${factors.length * 100}`;
}

/** The quality of care of a site, shared by everyone there, in points of performance. */
function siteLines({ sites }: ScenarioPlan): string[] {
  if (sites === undefined) return [];
  const entries = sites.members.flatMap((names, i) => names.map((name) => `${name}: ${i}`));
  return [`  var siteOf = {${entries.join(', ')}};`, '  var care = mem(function (site) { return gaussian(0, 10); });'];
}

function performanceLines({ factors, sites }: ScenarioPlan): string[] {
  const care = sites === undefined ? '' : ' + care(siteOf[p])';
  return [
    '  var performance = function (p, event) {',
    `    return ${performance(factors, (factor) => `${identifier(factor.name)}(p, event)`)}${care};`,
    '  };',
    '  var futurePerformance = function (p) {',
    `    return ${performance(factors, (factor) => `${drawName(factor)}(p)`)}${care};`,
    '  };',
    '  var beats = function (winners, losers, event) {',
    '    var side = function (team) { return sum(map(function (p) { return performance(p, event); }, team)) / team.length; };',
    `    factor(-Math.log(1 + Math.exp((side(losers) - side(winners)) / ${LUCK})));`,
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

const READOUTS = [
  '  var rank = function (own) {',
  '    return sum(repeat(99, function () { return own > drawTrait() ? 1 : 0; }));',
  '  };',
  '  var secondWins = function (first, second) {',
  '    var side = function (team) { return sum(map(futurePerformance, team)) / team.length; };',
  '    return sum(repeat(100, function () {',
  `      return flip(1 / (1 + Math.exp((side(first) - side(second)) / ${LUCK}))) ? 1 : 0;`,
  '    }));',
  '  };',
];

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
    ...READOUTS,
    `  return {\n${answers.join(',\n')}\n  };`,
    '};',
    "Infer({method: 'rejection', samples: 1000, maxScore: 0, model: model});",
    '',
  ].join('\n');
}
