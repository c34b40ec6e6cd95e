/**
 * The texts of a study that participants read, by key, in one walk that serves three ends: listing them, translating them, and finding
 * what a translation lacks. A key is the place of the text by ids, such as `timeline.consent.body` or `scenarios.relay.queries.q1`.
 */
import type { Scenario } from '../../shared/scenario.ts';
import type { Scale, Study } from '../../shared/study.ts';
import type { Question, Stimulus, TimelineNode } from '../../shared/timeline.ts';
import type { Widget } from '../../shared/widget.ts';

/** What becomes of the text under `key`. */
type Replace = (key: string, text: string) => string;

const optional = (replace: Replace, key: string, text: string | undefined): string | undefined =>
  text === undefined ? undefined : replace(key, text);

/** Leaves absent fields absent, so that an untranslated study equals itself. */
const present = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

function mapWidget(widget: Widget, key: string, replace: Replace): Widget {
  if (widget.kind !== 'choice') return widget;
  const options = widget.options.map(({ id, label }) => ({ id, label: replace(`${key}.options.${id}`, label) }));
  return { ...widget, options };
}

const mapStimuli = (stimuli: readonly Stimulus[] | undefined, key: string, replace: Replace): Stimulus[] | undefined =>
  stimuli?.map((stimulus, i) => ({
    ...stimulus,
    alternative: replace(`${key}.stimuli.${i}`, stimulus.alternative),
  }));

function mapQuestion(question: Question, key: string, replace: Replace): Question {
  const at = `${key}.questions.${question.id}`;
  return present({
    ...question,
    text: replace(`${at}.text`, question.text),
    widget: mapWidget(question.widget, at, replace),
    lowLabel: optional(replace, `${at}.lowLabel`, question.lowLabel),
    highLabel: optional(replace, `${at}.highLabel`, question.highLabel),
  });
}

type CheckQuestion = Extract<TimelineNode, { kind: 'attention' }>['question'];

function mapCheckQuestion(question: CheckQuestion, key: string, replace: Replace): CheckQuestion {
  const at = `${key}.questions.${question.id}`;
  const options = question.options.map(({ id, label }) => ({ id, label: replace(`${at}.options.${id}`, label) }));
  return { ...question, text: replace(`${at}.text`, question.text), options };
}

const mapRecord = <T>(record: Readonly<Record<string, T>>, map: (key: string, value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(key, value)]));

function mapHeading<N extends TimelineNode & { title?: string; body?: string }>(node: N, replace: Replace): N {
  const key = `timeline.${node.id}`;
  return present({
    ...node,
    title: optional(replace, `${key}.title`, node.title),
    body: optional(replace, `${key}.body`, node.body),
  });
}

function mapNode(node: TimelineNode, replace: Replace): TimelineNode {
  const key = `timeline.${node.id}`;
  switch (node.kind) {
    case 'consent': {
      const boxes = node.boxes?.map((box) => ({ ...box, text: replace(`${key}.boxes.${box.id}`, box.text) }));
      return present({ ...mapHeading(node, replace), boxes });
    }
    case 'instructions': {
      const pages = node.pages?.map((page, i) =>
        present({
          title: replace(`${key}.pages.${i}.title`, page.title),
          body: replace(`${key}.pages.${i}.body`, page.body),
          stimuli: mapStimuli(page.stimuli, `${key}.pages.${i}`, replace),
        }),
      );
      return present({ ...mapHeading(node, replace), pages, stimuli: mapStimuli(node.stimuli, key, replace) });
    }
    case 'tutorial':
      return { ...mapHeading(node, replace), question: mapQuestion(node.question, key, replace) };
    case 'comprehension': {
      const questions = node.questions.map((question) => mapCheckQuestion(question, key, replace));
      return { ...mapHeading(node, replace), questions };
    }
    case 'attention':
      return { ...mapHeading(node, replace), question: mapCheckQuestion(node.question, key, replace) };
    case 'practice': {
      const targets = mapRecord(node.targets, (id, target) => ({
        ...target,
        within: replace(`${key}.targets.${id}.within`, target.within),
        below: replace(`${key}.targets.${id}.below`, target.below),
        above: replace(`${key}.targets.${id}.above`, target.above),
      }));
      const widget = node.widget && mapWidget(node.widget, key, replace);
      return present({ ...mapHeading(node, replace), targets, widget });
    }
    case 'questionnaire': {
      const questions = node.questions.map((question) => mapQuestion(question, key, replace));
      return { ...mapHeading(node, replace), questions };
    }
    case 'device':
    case 'break':
    case 'debrief':
    case 'data-choice':
    case 'end':
      return mapHeading(node, replace);
    case 'block':
    case 'group':
      return node;
    default:
      return node satisfies never;
  }
}

function mapScale(scale: Scale, replace: Replace): Scale {
  const key = `scales.${scale.kind}`;
  return present({
    ...scale,
    lowLabel: replace(`${key}.lowLabel`, scale.lowLabel),
    highLabel: replace(`${key}.highLabel`, scale.highLabel),
    unit: scale.unit === '' ? '' : replace(`${key}.unit`, scale.unit),
    labels: scale.labels?.map(({ at, text }) => ({ at, text: replace(`${key}.labels.${at}`, text) })),
    widget: scale.widget && mapWidget(scale.widget, key, replace),
  });
}

/** Names of people and sides are shown on contest scales; each is one text for the whole study. */
const mapNames = (names: readonly string[], replace: Replace): string[] =>
  names.map((name) => replace(`names.${name}`, name));

function mapScenario(scenario: Scenario, replace: Replace): Scenario {
  const key = `scenarios.${scenario.id}`;
  return {
    ...scenario,
    background: replace(`${key}.background`, scenario.background),
    conditions: scenario.conditions.map((condition, i) => ({
      ...condition,
      text: replace(`${key}.conditions.${i}`, condition.text),
    })),
    queries: scenario.queries.map((query) => {
      const { sides } = query.target;
      const target = sides
        ? {
            ...query.target,
            sides: [mapNames(sides[0], replace), mapNames(sides[1], replace)] satisfies [string[], string[]],
          }
        : query.target;
      return { ...query, text: replace(`${key}.queries.${query.id}`, query.text), target };
    }),
  };
}

/** The study with every text that participants read replaced by what `replace` makes of it. */
export function mapTexts(study: Study, replace: Replace): Study {
  const { checkIn, stimuli } = study;
  return present({
    ...study,
    title: replace('title', study.title),
    checkIn: checkIn && {
      ...checkIn,
      title: replace('checkIn.title', checkIn.title),
      body: replace('checkIn.body', checkIn.body),
    },
    scales: study.scales.map((scale) => mapScale(scale, replace)),
    timeline: study.timeline.map((node) => mapNode(node, replace)),
    scenarios: study.scenarios.map((scenario) => mapScenario(scenario, replace)),
    stimuli: stimuli && mapRecord(stimuli, (id, list) => mapStimuli(list, `scenarios.${id}`, replace) ?? []),
  });
}

/** Every text that participants read, by key, in the order they meet them. */
export function studyTexts(study: Study): Map<string, string> {
  const texts = new Map<string, string>();
  mapTexts(study, (key, text) => {
    texts.set(key, text);
    return text;
  });
  return texts;
}

/** The languages of a study, its own first. */
export const studyLocales = (study: Pick<Study, 'locale' | 'locales'>): string[] => [
  ...new Set([study.locale, ...(study.locales ?? [])]),
];

/** The study in the words of `locale`; a text without a translation stays in the study's own language. */
export function localiseStudy(study: Study, locale: string): Study {
  const translation = study.translations?.[locale];
  return translation ? mapTexts(study, (key, text) => translation[key] ?? text) : study;
}

export type TranslationGaps = { readonly missing: string[]; readonly unknown: string[] };

/** What the translation into `locale` lacks, and what it has that the study does not. */
export function findTranslationGaps(study: Study, locale: string): TranslationGaps {
  const wanted = studyTexts(study);
  const translation = study.translations?.[locale] ?? {};
  return {
    missing: [...wanted.keys()].filter((key) => !Object.hasOwn(translation, key)),
    unknown: Object.keys(translation).filter((key) => !wanted.has(key)),
  };
}

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'ps', 'dv', 'yi']);

/** Which way a language is written. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(locale.split('-')[0]) ? 'rtl' : 'ltr');
