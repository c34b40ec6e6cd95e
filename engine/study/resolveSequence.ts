/**
 * The resolved sequence: every place one participant will come to, in order, fixed before the first is shown, so that progress and
 * resuming are exact. Each node draws from streams of its own, one per purpose, so that adding one changes no other's order; the same
 * seed, place in the session and cell give the same sequence again.
 */
import { InternalError, UserError } from '../../shared/errors.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { Phase, PlannedScreen } from '../../shared/screen.ts';
import type { Study } from '../../shared/study.ts';
import type { NodeOf, ScenarioAttribute, TimelineNode } from '../../shared/timeline.ts';
import { type Random, shuffled } from '../random.ts';
import { constrainedOrder, type OrderConstraints, type Spacing } from './constrainedOrder.ts';
import { type Cell, isShownIn } from './design.ts';
import { squareRow } from './squares.ts';

type WithoutIndex<S> = S extends PlannedScreen ? Omit<S, 'trialIndex'> : never;
type Place = WithoutIndex<PlannedScreen>;

/** The scenario of this id. Throws UserError when the study lacks it. */
export function scenarioOf(study: Study, id: string, path: string): Scenario {
  const scenario = study.scenarios.find((candidate) => candidate.id === id);
  if (!scenario)
    throw new UserError(`study ${study.slug}: ${path} names scenario "${id}", which the study does not have`, {
      hint: `the study has ${study.scenarios.map((known) => known.id).join(', ')}`,
      location: { path },
    });
  return scenario;
}

/** The attribute of a scenario that a constraint speaks of; a motif's cell for `cell`. */
export function attributeOf(scenario: Scenario, by: ScenarioAttribute): string {
  const { motif } = scenario;
  return by === 'cell' ? (motif ? `${motif.P},${motif.C},${motif.R}` : '') : scenario[by];
}

/** A block's constraints over `scenarios` as numbers. */
export function constraintsOf(node: NodeOf<'block'>, scenarios: readonly Scenario[]): OrderConstraints {
  const { order } = node;
  if (typeof order === 'string') return {};
  const spaced = (spacing: { by: ScenarioAttribute; n: number } | undefined): Spacing | undefined =>
    spacing && { n: spacing.n, kindOf: (i) => attributeOf(scenarios[i], spacing.by) };
  const places = scenarios.flatMap(({ id }, i): [number, number][] =>
    order.fixed && Object.hasOwn(order.fixed, id) ? [[i, order.fixed[id]]] : [],
  );
  return { maxRun: spaced(order.maxRun), minDistance: spaced(order.minDistance), fixed: new Map(places) };
}

/** Things in the order that a node asks for. */
function ordered<T>(random: Random, node: NodeOf<'block' | 'group'>, things: readonly T[], row: number): T[] {
  switch (node.order) {
    case 'fixed':
      return [...things];
    case 'shuffle':
      return shuffled(random, things);
    case 'latin':
    case 'williams':
      return squareRow(node.order, things.length, row).map((i) => things[i]);
    default:
      throw new InternalError(`node ${node.id} has an order of its own`);
  }
}

function orderScenarios(random: Random, node: NodeOf<'block'>, scenarios: readonly Scenario[], cell: Cell): Scenario[] {
  if (typeof node.order === 'string') return ordered(random, node, scenarios, cell.rows[node.id] ?? 0);
  const order = constrainedOrder(random, scenarios.length, constraintsOf(node, scenarios));
  if (!order)
    throw new UserError(`block ${node.id}: no order of its ${scenarios.length} scenarios keeps the constraints`, {
      hint: 'loosen maxRun or minDistance, or show fewer scenarios of one kind',
      location: { path: `timeline.${node.id}.order` },
    });
  return order.map((i) => scenarios[i]);
}

/** The places of one scenario in the layout of its block. */
function scenarioPlaces(random: Random, node: NodeOf<'block'>, scenario: Scenario, phase: Phase): Place[] {
  const ids = scenario.queries.map(({ id }) => id);
  const queryIds = node.queryOrder === 'shuffle' ? shuffled(random.split('queries', scenario.id), ids) : ids;
  const about = { kind: 'questions', nodeId: node.id, phase, scenarioId: scenario.id } as const;
  switch (node.layout ?? 'together') {
    case 'together':
      return [{ ...about, showsScenario: true, queryIds }];
    case 'one-by-one':
      return queryIds.map((id) => ({ ...about, showsScenario: true, queryIds: [id] }));
    case 'memory':
      return [
        { ...about, showsScenario: true, queryIds: [] },
        ...queryIds.map((id) => ({ ...about, showsScenario: false, queryIds: [id] })),
      ];
    default:
      return node.layout as undefined satisfies undefined as never;
  }
}

/** A scenario's turn in a block, and whether it is its second. */
type Turn = { readonly scenario: Scenario; readonly phase: 'main' | 'repeat' };

/** Puts second turns of scenarios drawn at random behind the first ones, each at least `minDistance` later. */
function withRepeats(random: Random, node: NodeOf<'block'>, scenarios: readonly Scenario[]): Turn[] {
  const turns: Turn[] = scenarios.map((scenario) => ({ scenario, phase: 'main' }));
  const { repeats } = node;
  if (!repeats) return turns;
  const early = scenarios.slice(0, Math.max(0, scenarios.length - repeats.minDistance + 1));
  for (const scenario of shuffled(random, early).slice(0, repeats.count)) {
    const first = turns.findIndex((turn) => turn.scenario === scenario) + repeats.minDistance;
    const place = first + random.integer(turns.length - first + 1);
    turns.splice(place, 0, { scenario, phase: 'repeat' });
  }
  return turns;
}

/** After how many scenarios of `count` each interruption comes: every so many, or once at a place that is neither first nor last. */
function interruptionPlaces(random: Random, node: NodeOf<'block'>, count: number): Map<number, string[]> {
  const places = new Map<number, string[]>();
  for (const { nodeId, every } of node.interruptions ?? []) {
    const once = count < 2 ? [] : [1 + random.split(nodeId).integer(count - 1)];
    const after = every ? Array.from({ length: Math.floor((count - 1) / every) }, (_, i) => (i + 1) * every) : once;
    for (const place of after) places.set(place, [...(places.get(place) ?? []), nodeId]);
  }
  return places;
}

type Resolution = { readonly random: Random; readonly study: Study; readonly cell: Cell };

function blockPlaces(resolution: Resolution, node: NodeOf<'block'>): Place[] {
  const { study, cell, random } = resolution;
  const listed = node.scenarioIds.map((id, i) => scenarioOf(study, id, `timeline.${node.id}.scenarioIds[${i}]`));
  const drawn = node.sample ? shuffled(random.split('sample', node.id), listed).slice(0, node.sample) : listed;
  const scenarios = orderScenarios(random.split('order', node.id), node, drawn, cell);
  const turns = withRepeats(random.split('repeats', node.id), node, scenarios);
  const interruptions = interruptionPlaces(random.split('attention', node.id), node, turns.length);
  return turns.flatMap(({ scenario, phase }, i) => [
    ...scenarioPlaces(random.split('queries', node.id, phase), node, scenario, phase),
    ...(interruptions.get(i + 1) ?? []).flatMap((id) => nodePlaces(resolution, nodeOf(study, id))),
  ]);
}

/** The node of this id. Throws UserError when the timeline has none. */
export function nodeOf(study: Pick<Study, 'slug' | 'timeline'>, id: string): TimelineNode {
  const node = study.timeline.find((candidate) => candidate.id === id);
  if (!node)
    throw new UserError(`study ${study.slug}: the timeline has no node "${id}"`, {
      hint: `it has ${study.timeline.map((known) => known.id).join(', ')}`,
      location: { path: 'timeline' },
    });
  return node;
}

const asking = (nodeId: string, phase: Phase, queryIds: Extract<Place, { kind: 'questions' }>['queryIds']): Place[] => [
  { kind: 'questions', nodeId, phase, showsScenario: false, queryIds },
];

function nodePlaces(resolution: Resolution, node: TimelineNode): Place[] {
  const { study, cell, random } = resolution;
  const nodeId = node.id;
  if (!isShownIn(node, cell)) return [];
  switch (node.kind) {
    case 'device':
    case 'consent':
    case 'data-choice':
      return [{ kind: node.kind, nodeId }];
    case 'instructions':
      return Array.from({ length: 1 + (node.pages?.length ?? 0) }, (_, page) => ({ kind: 'text', nodeId, page }));
    case 'break':
    case 'debrief':
      return [{ kind: 'text', nodeId, page: 0 }];
    case 'tutorial':
      return asking(nodeId, 'tutorial', [node.question.id]);
    case 'comprehension':
      return asking(
        nodeId,
        'comprehension',
        node.questions.map(({ id }) => id),
      );
    case 'attention':
      return asking(nodeId, 'attention', [node.question.id]);
    case 'questionnaire':
      return asking(
        nodeId,
        node.purpose,
        node.questions.map(({ id }) => id),
      );
    case 'practice': {
      const { scenarioId, targets } = node;
      const { queries } = scenarioOf(study, scenarioId, `timeline.${nodeId}.scenarioId`);
      const queryIds = queries.map(({ id }) => id).filter((id) => Object.hasOwn(targets, id));
      return [{ kind: 'questions', nodeId, phase: 'practice', scenarioId, showsScenario: true, queryIds }];
    }
    case 'block':
      return blockPlaces(resolution, node);
    case 'group': {
      const order = ordered(random.split('order', nodeId), node, node.nodeIds, cell.rows[nodeId] ?? 0);
      return order.flatMap((id) => nodePlaces(resolution, nodeOf(study, id)));
    }
    case 'end':
      return [];
    default:
      return node satisfies never;
  }
}

/** The nodes that a group or an interruption shows, and the timeline therefore does not. */
export function placedElsewhere(study: Pick<Study, 'timeline'>): Set<string> {
  return new Set(
    study.timeline.flatMap((node) => {
      if (node.kind === 'group') return node.nodeIds;
      return node.kind === 'block' ? (node.interruptions ?? []).map(({ nodeId }) => nodeId) : [];
    }),
  );
}

/**
 * The places of `study` for the participant of `cell` whose stream is `random`; `trialIndex` counts them from 0. Throws UserError on
 * names the study lacks and on constraints that no order keeps. The study must be free of cycles.
 */
export function resolveSequence(random: Random, study: Study, cell: Cell): PlannedScreen[] {
  const elsewhere = placedElsewhere(study);
  const nodes = study.timeline.filter(({ id }) => !elsewhere.has(id));
  const places = nodes.flatMap((node) => nodePlaces({ random, study, cell }, node));
  return places.map((place, trialIndex): PlannedScreen => ({ ...place, trialIndex }));
}
