/** Checks that every name a node uses is there, and that nodes can be shown at all: no cycles, nothing shown twice. */
import type { Study } from '../../../shared/study.ts';
import type { NodeOf, Question, TimelineNode } from '../../../shared/timeline.ts';
import type { Widget } from '../../../shared/widget.ts';
import { repeatedFault, type StudyFault } from './fault.ts';

type Node = { readonly node: TimelineNode; readonly path: string };
const fault = (path: string, problem: string, hint?: string): StudyFault => ({
  file: 'study.json',
  path,
  problem,
  ...(hint ? { hint } : {}),
});
const listed = (names: Iterable<string>): string => [...names].slice(0, 12).join(', ') || 'none';

/** What may come between two scenarios. */
const INTERRUPTING: ReadonlySet<TimelineNode['kind']> = new Set([
  'break',
  'attention',
  'questionnaire',
  'instructions',
]);

function checkWidget(widget: Widget, path: string): StudyFault[] {
  if (widget.kind === 'number' && widget.min >= widget.max)
    return [fault(`${path}.min`, `the smallest number, ${widget.min}, is not below the largest, ${widget.max}`)];
  if (widget.kind !== 'choice') return [];
  return repeatedFault(
    widget.options.map(({ id }) => id),
    (i) => `${path}.options[${i}].id`,
    'option',
  );
}

const checkQuestion = (question: Question, path: string): StudyFault[] => [
  ...checkWidget(question.widget, `${path}.widget`),
  ...(question.requirement === 'answer-or-missing' && !question.missingCodes?.length
    ? [
        fault(
          `${path}.missingCodes`,
          'an answer may be missing, but there is no code for that',
          'add "prefer_not" or "dont_know"',
        ),
      ]
    : []),
];

type Check = NodeOf<'attention'>['question'];

function checkCheck({ options, correct }: Check, path: string): StudyFault[] {
  const ids = options.map(({ id }) => id);
  const twice = repeatedFault(ids, (i) => `${path}.options[${i}].id`, 'option');
  if (ids.includes(correct)) return twice;
  return [...twice, fault(`${path}.correct`, `the right answer "${correct}" is none of the options ${listed(ids)}`)];
}

function checkPractice(study: Study, node: NodeOf<'practice'>, path: string): StudyFault[] {
  const scenario = study.scenarios.find(({ id }) => id === node.scenarioId);
  if (!scenario) return [fault(`${path}.scenarioId`, `items.jsonl has no scenario "${node.scenarioId}"`)];
  const known = new Set<string>(scenario.queries.map(({ id }) => id));
  const entries = Object.entries(node.targets);
  if (entries.length === 0) return [fault(`${path}.targets`, 'practice needs a target for at least one query')];
  return entries.flatMap(([id, { low, high }]) => [
    ...(known.has(id)
      ? []
      : [fault(`${path}.targets.${id}`, `scenario ${scenario.id} has no query "${id}"`, `it has ${listed(known)}`)]),
    ...(low > high ? [fault(`${path}.targets.${id}.low`, `${low} is above ${high}: no answer lies within`)] : []),
  ]);
}

function checkQuestionnaire(node: NodeOf<'questionnaire'>, path: string): StudyFault[] {
  const faults = node.questions.flatMap((question, i) => checkQuestion(question, `${path}.questions[${i}]`));
  for (const [id, options] of Object.entries(node.screenOut ?? {})) {
    const widget = node.questions.find((question) => question.id === id)?.widget;
    if (widget?.kind !== 'choice')
      faults.push(fault(`${path}.screenOut.${id}`, `"${id}" is not a choice question of this node`));
    else
      for (const option of options)
        if (!widget.options.some((known) => known.id === option))
          faults.push(fault(`${path}.screenOut.${id}`, `question "${id}" has no option "${option}"`));
  }
  if (node.screenOut && node.purpose !== 'screening')
    faults.push(fault(`${path}.purpose`, `screenOut works for "screening" only, not for "${node.purpose}"`));
  return [
    ...faults,
    ...repeatedFault(
      node.questions.map(({ id }) => id),
      (i) => `${path}.questions[${i}].id`,
      'question',
    ),
  ];
}

function checkComprehension(study: Study, node: NodeOf<'comprehension'>, path: string): StudyFault[] {
  const faults = [
    ...node.questions.flatMap((question, i) => checkCheck(question, `${path}.questions[${i}]`)),
    ...repeatedFault(
      node.questions.map(({ id }) => id),
      (i) => `${path}.questions[${i}].id`,
      'question',
    ),
  ];
  if (node.returnTo === undefined) return faults;
  const target = study.timeline.findIndex(({ id }) => id === node.returnTo);
  if (target < 0) return [...faults, fault(`${path}.returnTo`, `the timeline has no node "${node.returnTo}"`)];
  if (target >= study.timeline.indexOf(node))
    faults.push(
      fault(
        `${path}.returnTo`,
        `"${node.returnTo}" does not come before the check: returning there would go in a circle or skip`,
      ),
    );
  return faults;
}

function checkInterruptions(study: Study, node: NodeOf<'block'>, path: string): StudyFault[] {
  return (node.interruptions ?? []).flatMap(({ nodeId }, i) => {
    const at = `${path}.interruptions[${i}].nodeId`;
    const target = study.timeline.find(({ id }) => id === nodeId);
    if (!target) return [fault(at, `the timeline has no node "${nodeId}"`)];
    if (INTERRUPTING.has(target.kind)) return [];
    return [
      fault(
        at,
        `"${nodeId}" is a ${target.kind}, which cannot come between scenarios`,
        `one of ${listed(INTERRUPTING)} can`,
      ),
    ];
  });
}

function checkNode(study: Study, { node, path }: Node): StudyFault[] {
  switch (node.kind) {
    case 'consent':
      return repeatedFault(
        (node.boxes ?? []).map(({ id }) => id),
        (i) => `${path}.boxes[${i}].id`,
        'box',
      );
    case 'tutorial':
      return checkQuestion(node.question, `${path}.question`);
    case 'comprehension':
      return checkComprehension(study, node, path);
    case 'practice':
      return [...checkPractice(study, node, path), ...(node.widget ? checkWidget(node.widget, `${path}.widget`) : [])];
    case 'attention':
      return checkCheck(node.question, `${path}.question`);
    case 'questionnaire':
      return checkQuestionnaire(node, path);
    case 'block':
      return [
        ...node.scenarioIds.flatMap((id, i) =>
          study.scenarios.some((scenario) => scenario.id === id)
            ? []
            : [fault(`${path}.scenarioIds[${i}]`, `items.jsonl has no scenario "${id}"`)],
        ),
        ...repeatedFault(node.scenarioIds, (i) => `${path}.scenarioIds[${i}]`, 'scenario'),
        ...checkInterruptions(study, node, path),
      ];
    case 'group':
      return node.nodeIds.flatMap((id, i) =>
        study.timeline.some((other) => other.id === id)
          ? []
          : [fault(`${path}.nodeIds[${i}]`, `the timeline has no node "${id}"`)],
      );
    default:
      return [];
  }
}

function checkWhen(study: Study, { node, path }: Node): StudyFault[] {
  const { when } = node;
  if (!when) return [];
  const factors = study.design?.factors ?? [];
  const factor = factors.find(({ id }) => id === when.factor);
  if (!factor)
    return [
      fault(
        `${path}.when.factor`,
        `the design has no factor "${when.factor}"`,
        `it has ${listed(factors.map(({ id }) => id))}`,
      ),
    ];
  return when.levels.flatMap((level, i) =>
    factor.levels.includes(level)
      ? []
      : [fault(`${path}.when.levels[${i}]`, `factor "${factor.id}" has no level "${level}"`)],
  );
}

/** Groups that contain themselves, by way of others or directly, and nodes that two of them show. */
function checkGroups(study: Study): StudyFault[] {
  const byId = new Map(study.timeline.map((node) => [node.id, node]));
  const inCycle = (id: string, above: readonly string[]): string[] | undefined => {
    if (above.includes(id)) return [...above.slice(above.indexOf(id)), id];
    const node = byId.get(id);
    if (node?.kind !== 'group') return undefined;
    for (const inner of node.nodeIds) {
      const found = inCycle(inner, [...above, id]);
      if (found) return found;
    }
    return undefined;
  };
  const shownBy = new Map<string, string>();
  return study.timeline.flatMap((node, i) => {
    if (node.kind !== 'group') return [];
    const cycle = inCycle(node.id, []);
    if (cycle) return [fault(`timeline[${i}].nodeIds`, `the groups go in a circle: ${cycle.join(' → ')}`)];
    return node.nodeIds.flatMap((id, j) => {
      const other = shownBy.get(id);
      shownBy.set(id, node.id);
      return other === undefined
        ? []
        : [fault(`timeline[${i}].nodeIds[${j}]`, `"${id}" is shown by group "${other}" already`)];
    });
  });
}

/** Everything wrong with the names and the nesting of the timeline. */
export function checkNodes(study: Study): StudyFault[] {
  const nodes = study.timeline.map((node, i): Node => ({ node, path: `timeline[${i}]` }));
  const scenarioIds = new Set<string>(study.scenarios.map(({ id }) => id));
  return [
    ...repeatedFault(
      study.timeline.map(({ id }) => id),
      (i) => `timeline[${i}].id`,
      'node id',
    ),
    ...nodes.flatMap(({ node, path }) =>
      scenarioIds.has(node.id)
        ? [fault(`${path}.id`, `"${node.id}" is the id of a scenario too: answers could not be told apart`)]
        : [],
    ),
    ...nodes.flatMap((node) => [...checkWhen(study, node), ...checkNode(study, node)]),
    ...checkGroups(study),
  ];
}
