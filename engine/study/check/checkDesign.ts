/** Checks that the design can be carried out: factors, cells, orders that exist, samples and repeats that fit. */
import type { Scenario } from '../../../shared/scenario.ts';
import type { Study } from '../../../shared/study.ts';
import type { NodeOf } from '../../../shared/timeline.ts';
import { createRandom } from '../../random.ts';
import { constrainedOrder, explainInfeasible } from '../constrainedOrder.ts';
import { countCells, MOST_CELLS, squareOf } from '../design.ts';
import { constraintsOf } from '../resolveSequence.ts';
import { repeatedFault, type StudyFault } from './fault.ts';

const fault = (path: string, problem: string, hint?: string): StudyFault => ({
  file: 'study.json',
  path,
  problem,
  ...(hint ? { hint } : {}),
});

function checkFactors(study: Study): StudyFault[] {
  const factors = study.design?.factors ?? [];
  return [
    ...repeatedFault(
      factors.map(({ id }) => id),
      (i) => `design.factors[${i}].id`,
      'factor',
    ),
    ...factors.flatMap(({ levels }, i) => repeatedFault(levels, (j) => `design.factors[${i}].levels[${j}]`, 'level')),
  ];
}

function checkConstraints(study: Study, node: NodeOf<'block'>, path: string): StudyFault[] {
  const { order } = node;
  if (typeof order === 'string') return [];
  const unknown = Object.keys(order.fixed ?? {}).find((id) => !node.scenarioIds.includes(id));
  if (unknown !== undefined)
    return [fault(`${path}.order.fixed.${unknown}`, `the block does not show scenario "${unknown}"`)];
  if (node.sample !== undefined && order.fixed)
    return [
      fault(
        `${path}.order.fixed`,
        'a scenario that may not be drawn cannot have a fixed place',
        'leave out sample or fixed',
      ),
    ];
  const scenarios = node.scenarioIds.flatMap((id): Scenario[] => study.scenarios.filter((one) => one.id === id));
  if (scenarios.length !== node.scenarioIds.length || node.sample !== undefined) return [];
  const constraints = constraintsOf(node, scenarios);
  const reason = explainInfeasible(scenarios.length, constraints);
  if (reason) return [fault(`${path}.order`, `no order keeps these constraints: ${reason}`)];
  if (constrainedOrder(createRandom(1).split('check', node.id), scenarios.length, constraints)) return [];
  return [fault(`${path}.order`, 'no order was found that keeps all these constraints together', 'loosen one of them')];
}

function checkBlock(study: Study, node: NodeOf<'block'>, path: string): StudyFault[] {
  const faults = checkConstraints(study, node, path);
  const shown = node.sample ?? node.scenarioIds.length;
  if (shown > node.scenarioIds.length)
    faults.push(fault(`${path}.sample`, `${shown} of ${node.scenarioIds.length} scenarios cannot be drawn`));
  if (node.sample !== undefined && squareOf(node))
    faults.push(fault(`${path}.sample`, `a ${String(node.order)} square balances fixed scenarios, not a sample`));
  if (node.repeats && node.repeats.minDistance > shown)
    faults.push(
      fault(
        `${path}.repeats.minDistance`,
        `${shown} scenarios are too few to ask one again ${node.repeats.minDistance} later`,
      ),
    );
  else if (node.repeats && node.repeats.count > shown - node.repeats.minDistance + 1)
    faults.push(
      fault(
        `${path}.repeats.count`,
        `only ${shown - node.repeats.minDistance + 1} of ${shown} scenarios come early enough to be asked again ${node.repeats.minDistance} later`,
      ),
    );
  if (node.minSeconds !== undefined && node.maxSeconds !== undefined && node.minSeconds > node.maxSeconds)
    faults.push(
      fault(
        `${path}.minSeconds`,
        `${node.minSeconds} s at least and ${node.maxSeconds} s at most contradict each other`,
      ),
    );
  if (node.maxSeconds === 0) faults.push(fault(`${path}.maxSeconds`, 'nobody can answer in 0 s'));
  return faults;
}

/** Everything about the design that could not be carried out. */
export function checkDesign(study: Study): StudyFault[] {
  const cells = countCells(study);
  return [
    ...checkFactors(study),
    ...(cells > MOST_CELLS
      ? [
          fault(
            'design',
            `factors and squares make ${cells} cells, more than ${MOST_CELLS}`,
            'drop a factor, or shuffle instead of a square',
          ),
        ]
      : []),
    ...study.timeline.flatMap((node, i) => (node.kind === 'block' ? checkBlock(study, node, `timeline[${i}]`) : [])),
  ];
}
