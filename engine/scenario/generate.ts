/**
 * The built-in generator: scenarios with their programs, from a seed alone. Each scenario has its own random stream, named by seed,
 * domain, style and index, so that any part of a run can be made on its own.
 */
import { scenarioIdSchema } from '../../shared/identifiers.ts';
import type { Motif, Scenario } from '../../shared/scenario.ts';
import { createRandom, pick, type Random, shuffled } from '../random.ts';
import { CARE_SITES } from './domains/healthcare.ts';
import { DOMAINS } from './domains/index.ts';
import type { Subject } from './domains/subject.ts';
import { renderFreeForm } from './freeFormText.ts';
import { planEvents, rosterSize } from './lineups.ts';
import { MOTIF_CELLS, type MotifCell, motifCycle, TEAM_SIZES } from './motifs.ts';
import { namesFor } from './names.ts';
import type { CareSites, ScenarioPlan } from './plan.ts';
import { renderProgram } from './programText.ts';
import { planQueries } from './queries.ts';
import { addRemarks } from './remarks.ts';
import { renderStructured } from './structuredText.ts';

export type ScenarioOptions = {
  readonly id: string;
  readonly domain: Scenario['domain'];
  readonly style: Scenario['style'];
  readonly motif: Motif;
  /** One of the domain's subjects; drawn at random if absent. */
  readonly subject?: Subject;
  readonly seed?: number;
};

export type GenerateOptions = {
  readonly domain: Scenario['domain'];
  readonly style?: Scenario['style'];
  readonly count: number;
  readonly seed: number;
  /** Index of the first scenario; 0 if absent. */
  readonly start?: number;
  readonly cells?: readonly MotifCell[];
  readonly teamSizes?: readonly number[];
};

const NEWCOMERS = 2;
const MAX_TRAITS = 2;
const MAX_FACTORS = 4;

/** Who is looked after where: everyone named, newcomers too, in two parts of nearly equal size. */
function planSites(random: Random, names: readonly string[]): CareSites {
  const order = shuffled(random, names);
  const half = Math.ceil(order.length / 2);
  return { names: pick(random, CARE_SITES), members: [order.slice(0, half), order.slice(half)] };
}

function planScenario(random: Random, options: ScenarioOptions): ScenarioPlan {
  const { domain, style, motif } = options;
  const subject = options.subject ?? pick(random.split('subject'), DOMAINS[domain]);
  const names = shuffled(random.split('names'), namesFor(subject)).slice(0, rosterSize(motif) + NEWCOMERS);
  const roster = names.slice(NEWCOMERS);
  const sizes = random.split('sizes');
  const isFree = style === 'free-form';
  const count = isFree ? 3 + Math.min(sizes.integer(6), sizes.integer(6)) : 3 + sizes.integer(2);
  const planned = planEvents(random.split('events'), motif, roster, count);
  const leastFactors = isFree ? 2 : 1;
  const factorCount = leastFactors + sizes.integer(MAX_FACTORS + 1 - leastFactors);
  const factors = shuffled(random.split('factors'), subject.episodic).slice(0, factorCount);
  const source = {
    domain,
    style,
    subject,
    motif,
    focal: roster[0],
    traits: shuffled(random.split('traits'), subject.stable).slice(0, 1 + sizes.integer(MAX_TRAITS)),
    factors,
    events: isFree ? addRemarks(random.split('remarks'), { motif, focal: roster[0], factors }, planned) : planned,
    ...(domain === 'healthcare' ? { sites: planSites(random.split('sites'), names) } : {}),
  };
  return {
    ...source,
    queries: planQueries(random.split('queries'), { ...source, newcomers: names.slice(0, NEWCOMERS) }),
  };
}

/** One scenario with the program that answers it. The text and the program are two renderings of one plan. */
export function generateScenario(random: Random, options: ScenarioOptions): Scenario {
  const plan = planScenario(random.split('plan'), options);
  const render = plan.style === 'free-form' ? renderFreeForm : renderStructured;
  const { background, conditions, queries } = render(random.split('text'), plan);
  return {
    id: scenarioIdSchema.parse(options.id),
    domain: plan.domain,
    subdomain: plan.subject.name,
    style: plan.style,
    motif: plan.motif,
    focal: plan.focal,
    background,
    conditions,
    queries,
    program: renderProgram(plan),
    source: 'built-in',
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
}

/** Scenarios `start` … `start + count − 1` of the endless sequence that `seed`, `domain` and `style` name; cells and team sizes in even shares. */
export function* generateScenarios(options: GenerateOptions): Generator<Scenario> {
  const { domain, style = 'structured', count, seed, start = 0 } = options;
  const cycle = motifCycle(options.cells ?? MOTIF_CELLS, options.teamSizes ?? TEAM_SIZES);
  const stream = createRandom(seed).split('scenarios', domain, style);
  for (let index = start; index < start + count; index++)
    yield generateScenario(stream.split(index), {
      id: `${domain}-${style}-${seed}-${String(index).padStart(6, '0')}`,
      domain,
      style,
      motif: cycle[index % cycle.length],
      seed,
    });
}
