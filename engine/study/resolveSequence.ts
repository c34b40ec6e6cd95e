/** The resolved sequence: every screen one participant will see, in order, fixed before the first is shown, so that progress and resuming are exact. */
import type { Screen } from '../../shared/api.ts';
import { UserError } from '../../shared/errors.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { Study } from '../../shared/study.ts';
import type { TimelineNode } from '../../shared/timeline.ts';
import { type Random, shuffled } from '../random.ts';

type Unnumbered = { kind: 'text'; node: TimelineNode } | { kind: 'scenario'; scenario: Omit<Scenario, 'program'> };

/** A scenario as participants may see it: never with its program. */
function withoutProgram(scenario: Scenario): Omit<Scenario, 'program'> {
  const { program: _, ...shown } = scenario;
  return shown;
}

function blockScreens(random: Random, study: Study, node: Extract<TimelineNode, { kind: 'block' }>): Unnumbered[] {
  const scenarios = node.scenarioIds.map((id, i) => {
    const scenario = study.scenarios.find((candidate) => candidate.id === id);
    if (!scenario)
      throw new UserError(
        `study ${study.slug}: block "${node.id}" shows scenario "${id}", which the study does not have`,
        {
          hint: `the study has ${study.scenarios.map((known) => known.id).join(', ')}`,
          location: { path: `timeline.${node.id}.scenarioIds[${i}]` },
        },
      );
    return scenario;
  });
  const ordered = node.order === 'shuffle' ? shuffled(random, scenarios) : scenarios;
  return ordered.map((scenario) => ({ kind: 'scenario', scenario: withoutProgram(scenario) }));
}

/**
 * The screens of `study` for the participant whose stream is `random`; `trialIndex` counts them from 0. Each block has its own stream,
 * so that adding one changes no other's order. Throws UserError on a block that names a scenario the study lacks.
 */
export function resolveSequence(random: Random, study: Study): Screen[] {
  const screens = study.timeline.flatMap((node): Unnumbered[] => {
    switch (node.kind) {
      case 'block':
        return blockScreens(random.split('order', node.id), study, node);
      case 'consent':
      case 'instructions':
      case 'end':
        return [{ kind: 'text', node }];
      default:
        throw new UserError(`study ${study.slug}: nodes of kind ${node.kind} are not shown yet`, {
          location: { path: `timeline.${node.id}` },
        });
    }
  });
  return screens.map((screen, trialIndex): Screen => ({ ...screen, trialIndex }));
}
