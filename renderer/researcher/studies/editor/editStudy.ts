/** Changes of a study that the editor makes: each takes a study and gives another. */
import type { Scenario } from '../../../../shared/scenario.ts';
import type { Scale, Study, Translation } from '../../../../shared/study.ts';
import type { NodeKind, NodeOf, TimelineNode } from '../../../../shared/timeline.ts';

/** A study with one node changed. */
export const withNode = (study: Study, index: number, node: TimelineNode): Study => ({
  ...study,
  timeline: study.timeline.map((known, i) => (i === index ? node : known)),
});

/** A study with the node at `index` one place up (−1) or down (1); the same where there is no such place. */
export function withNodeMoved(study: Study, index: number, by: -1 | 1): Study {
  const to = index + by;
  if (to < 0 || to >= study.timeline.length) return study;
  const timeline = [...study.timeline];
  [timeline[index], timeline[to]] = [timeline[to], timeline[index]];
  return { ...study, timeline };
}

export const withoutNode = (study: Study, index: number): Study => ({
  ...study,
  timeline: study.timeline.filter((_, i) => i !== index),
});

/** An id that no node and no scenario of the study has: `break`, `break-2` … */
export function freeId(study: Study, wanted: string): string {
  const taken = new Set<string>([...study.timeline.map(({ id }) => id), ...study.scenarios.map(({ id }) => id)]);
  for (let n = 1; ; n++) {
    const id = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(id)) return id;
  }
}

/** The kinds of node the editor can add, in the order of its menu. */
export const ADDABLE = [
  'instructions',
  'tutorial',
  'comprehension',
  'practice',
  'block',
  'attention',
  'break',
  'questionnaire',
  'group',
  'consent',
  'debrief',
  'data-choice',
  'end',
] as const satisfies readonly NodeKind[];

type Heading = { readonly title: string; readonly body: string };
type CheckQuestion = NodeOf<'attention'>['question'];
type Questions = NodeOf<'questionnaire'>['questions'];
/** Ids of queries are branded by their schema, which pages must not load. */
const queryId = (id: string) => id as Questions[number]['id'];

/** A question with one right answer, to be worded. */
export const newCheckQuestion = (id: string, text: string): CheckQuestion => ({
  id: queryId(id),
  text,
  options: [
    { id: 'a', label: 'A' },
    { id: 'b', label: 'B' },
  ],
  correct: 'a',
});

/** A question answered on a line, to be worded. */
export const newQuestion = (id: string, text: string): Questions[number] => ({
  id: queryId(id),
  text,
  widget: { kind: 'slider' },
  lowLabel: '0',
  highLabel: '100',
});

/** A practice target around the middle for one query. */
export const newTarget = (words: string): NodeOf<'practice'>['targets'][Questions[number]['id']] => ({
  low: 40,
  high: 60,
  within: words,
  below: words,
  above: words,
});

/** A new node of `kind`, worded with `heading` until the researcher words it. */
export function newNode(study: Study, kind: (typeof ADDABLE)[number], heading: Heading): TimelineNode {
  const id = freeId(study, kind);
  const told = { id, ...heading };
  const [scenario] = study.scenarios;
  switch (kind) {
    case 'instructions':
    case 'break':
    case 'debrief':
    case 'end':
      return { kind, ...told };
    case 'consent':
      return { kind, ...told, version: '1', boxes: [{ id: 'agree', text: heading.title, isRequired: true }] };
    case 'tutorial':
      return { kind, ...told, question: newQuestion('try_it', heading.title) };
    case 'comprehension':
      return { kind, ...told, questions: [newCheckQuestion('q1', heading.title)], maxAttempts: 2, onFail: 'end' };
    case 'attention':
      return { kind, ...told, question: newCheckQuestion('check', heading.title) };
    case 'practice':
      return {
        kind,
        id,
        scenarioId: scenario?.id ?? '',
        targets: scenario ? { [scenario.queries[0].id]: newTarget(heading.body) } : {},
      };
    case 'block':
      return { kind, id, scenarioIds: study.scenarios.map(({ id: name }) => name), order: 'shuffle' };
    case 'questionnaire':
      return { kind, ...told, purpose: 'post-task', questions: [newQuestion('q1', heading.title)] };
    case 'data-choice':
      return { kind, ...told, withdrawalDays: 30 };
    case 'group':
      return { kind, id, nodeIds: [], order: 'shuffle' };
    default:
      return kind satisfies never;
  }
}

/** A study with a new node after the one at `index`. */
export const withNodeAfter = (study: Study, index: number, node: TimelineNode): Study => ({
  ...study,
  timeline: [...study.timeline.slice(0, index + 1), node, ...study.timeline.slice(index + 1)],
});

export const withScenario = (study: Study, index: number, scenario: Scenario): Study => ({
  ...study,
  scenarios: study.scenarios.map((known, i) => (i === index ? scenario : known)),
});

/** A study with further scenarios, shown in its first block; those it has already are left. */
export function withScenariosAdded(study: Study, scenarios: readonly Scenario[]): Study {
  const known = new Set<string>(study.scenarios.map(({ id }) => id));
  const added = scenarios.filter(({ id }) => !known.has(id));
  const block = study.timeline.findIndex(({ kind }) => kind === 'block');
  return {
    ...study,
    scenarios: [...study.scenarios, ...added],
    timeline: study.timeline.map((node, i) =>
      i === block && node.kind === 'block'
        ? { ...node, scenarioIds: [...node.scenarioIds, ...added.map(({ id }) => id)] }
        : node,
    ),
  };
}

/** A study without the scenario at `index`, in its blocks and stimuli neither. */
export function withoutScenario(study: Study, index: number): Study {
  const { id } = study.scenarios[index];
  const stimuli = study.stimuli && Object.fromEntries(Object.entries(study.stimuli).filter(([name]) => name !== id));
  return {
    ...study,
    scenarios: study.scenarios.filter((_, i) => i !== index),
    timeline: study.timeline.map((node) =>
      node.kind === 'block' ? { ...node, scenarioIds: node.scenarioIds.filter((name) => name !== id) } : node,
    ),
    ...(stimuli ? { stimuli } : {}),
  };
}

export const withScale = (study: Study, index: number, scale: Scale): Study => ({
  ...study,
  scales: study.scales.map((known, i) => (i === index ? scale : known)),
});

/** A study with one text of its translation into `locale`; an empty text takes it out. */
export function withTranslation(study: Study, locale: string, key: string, text: string): Study {
  const { [key]: _, ...others } = study.translations?.[locale] ?? {};
  const translation: Translation = text === '' ? others : { ...others, [key]: text };
  return { ...study, translations: { ...study.translations, [locale]: translation } };
}

/** A study offered in a further language, its own among them. */
export const withLocale = (study: Study, locale: string): Study => ({
  ...study,
  locales: [...new Set([study.locale, ...(study.locales ?? []), locale])],
  translations: { ...study.translations, [locale]: study.translations?.[locale] ?? {} },
});

/** A study without a language and its translation. */
export function withoutLocale(study: Study, locale: string): Study {
  const { translations = {}, locales = [], ...rest } = study;
  const { [locale]: _, ...others } = translations;
  const left = locales.filter((name) => name !== locale);
  return {
    ...rest,
    ...(left.length > 1 ? { locales: left } : {}),
    ...(Object.keys(others).length > 0 ? { translations: others } : {}),
  };
}
