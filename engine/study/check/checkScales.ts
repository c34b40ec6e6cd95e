/** Checks that every query can be answered: a scale for its kind, a widget that fits, sounds and pictures that are there. */
import { RECRUITER_PARAMETERS } from '../../../shared/recruiterParameters.ts';
import type { Study } from '../../../shared/study.ts';
import type { Stimulus } from '../../../shared/timeline.ts';
import type { Widget } from '../../../shared/widget.ts';
import { repeatedFault, type StudyFault } from './fault.ts';

const fault = (path: string, problem: string, hint?: string): StudyFault => ({
  file: 'study.json',
  path,
  problem,
  ...(hint ? { hint } : {}),
});

/** Queries of scenarios are answered on 0–100, or they could not be compared with programs. */
const RATES: ReadonlySet<Widget['kind']> = new Set(['slider', 'slider-number', 'multi-click', 'roulette', 'contest']);

function checkRating(widget: Widget, kind: string, path: string): StudyFault[] {
  if (!RATES.has(widget.kind))
    return [fault(path, `a ${widget.kind} does not answer on 0–100`, `use one of ${[...RATES].join(', ')}`)];
  if (widget.kind === 'contest' && kind !== 'contest')
    return [fault(path, `a contest line has two sides, queries of kind ${kind} do not`)];
  return [];
}

function checkItems(study: Study): StudyFault[] {
  const scaled = new Set(study.scales.map(({ kind }) => kind));
  const ids = study.scenarios.map(({ id }): string => id);
  return [
    ...repeatedFault(ids, (i) => `[${i}].id`, 'scenario').map((one) => ({ ...one, file: 'items.jsonl' as const })),
    ...study.scenarios.flatMap(({ id, queries }, i) => [
      ...repeatedFault(
        queries.map((query): string => query.id),
        (j) => `[${i}].queries[${j}].id`,
        `query of ${id}`,
      ).map((one) => ({ ...one, file: 'items.jsonl' as const })),
      ...queries.flatMap(({ id: queryId, kind }) =>
        scaled.has(kind) ? [] : [fault('scales', `no scale for queries of kind ${kind} (${id}, ${queryId})`)],
      ),
    ]),
  ];
}

function checkStimuli(study: Study): StudyFault[] {
  const assets = new Map((study.assets ?? []).map(({ name, type }) => [name, type]));
  const check = (stimuli: readonly Stimulus[] | undefined, path: string): StudyFault[] =>
    (stimuli ?? []).flatMap(({ asset, kind }, i) => {
      const type = assets.get(asset);
      const at = `${path}[${i}].asset`;
      if (type === undefined) return [fault(at, `assets/ has no file "${asset}"`)];
      return type.startsWith(`${kind}/`) ? [] : [fault(at, `"${asset}" is of type ${type}, not ${kind}`)];
    });
  const ids = new Set<string>(study.scenarios.map(({ id }) => id));
  return [
    ...Object.entries(study.stimuli ?? {}).flatMap(([id, list]) => [
      ...(ids.has(id) ? [] : [fault(`stimuli.${id}`, `items.jsonl has no scenario "${id}"`)]),
      ...check(list, `stimuli.${id}`),
    ]),
    ...study.timeline.flatMap((node, i) =>
      node.kind === 'instructions'
        ? [
            ...check(node.stimuli, `timeline[${i}].stimuli`),
            ...(node.pages ?? []).flatMap((page, j) => check(page.stimuli, `timeline[${i}].pages[${j}].stimuli`)),
          ]
        : [],
    ),
  ];
}

function checkRedirect(study: Study): StudyFault[] {
  const known: ReadonlySet<string> = new Set(['code', ...RECRUITER_PARAMETERS]);
  const names = [...(study.completion?.redirect ?? '').matchAll(/\{([^}]*)\}/g)].map((match) => match[1]);
  return names.flatMap((name) =>
    known.has(name)
      ? []
      : [fault('completion.redirect', `nothing is known as {${name}}`, `known are ${[...known].join(', ')}`)],
  );
}

/** Everything about scales, widgets, stimuli and the way out that does not fit. */
export function checkScales(study: Study): StudyFault[] {
  return [
    ...repeatedFault(
      study.scales.map(({ kind }) => kind),
      (i) => `scales[${i}].kind`,
      'scale',
    ),
    ...study.scales.flatMap(({ kind, widget }, i) => (widget ? checkRating(widget, kind, `scales[${i}].widget`) : [])),
    ...study.timeline.flatMap((node, i) => {
      if (node.kind === 'practice' && node.widget) return checkRating(node.widget, 'contest', `timeline[${i}].widget`);
      if (node.kind !== 'block') return [];
      return Object.entries(node.widgets ?? {}).flatMap(([kind, widget]) =>
        checkRating(widget, kind, `timeline[${i}].widgets.${kind}`),
      );
    }),
    ...checkItems(study),
    ...checkStimuli(study),
    ...checkRedirect(study),
  ];
}
