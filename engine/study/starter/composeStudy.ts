/** A whole study from scenarios alone: consent, instructions, tutorial, check, the scenarios in random order, debrief and every ending. */
import { queryIdSchema } from '../../../shared/identifiers.ts';
import { QUERY_KINDS } from '../../../shared/queryKind.ts';
import type { Scenario } from '../../../shared/scenario.ts';
import type { Scale, Study } from '../../../shared/study.ts';
import type { Outcome, TimelineNode } from '../../../shared/timeline.ts';
import { studyMinutes } from '../studyMinutes.ts';
import { STARTER_TEXTS, type StarterLocale, type StarterTexts } from './starterTexts.ts';

export type StarterOptions = { readonly title: string; readonly locale: StarterLocale };

const WITHDRAWAL_DAYS = 30;
const ATTEMPTS = 2;
/** A slug has at most 41 characters, the first a letter. */
const SLUG_LENGTH = 40;

/** A title as a study's slug: `Déjà vu, again` is `deja-vu-again`. */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, SLUG_LENGTH)
    .replace(/-+$/, '');
  return plain.length >= 2 ? plain : 'study';
}

const ENDING_IDS: Readonly<Record<keyof StarterTexts['endings'], string>> = {
  completed: 'thank-you',
  declined: 'not-taking-part',
  'failed-comprehension': 'check-not-passed',
  stopped: 'stopped-early',
  withdrawn: 'erased',
};
const ENDINGS = ['completed', 'declined', 'failed-comprehension', 'stopped', 'withdrawn'] as const satisfies Outcome[];

const optionsOf = (options: Readonly<Record<string, string>>) =>
  Object.entries(options).map(([id, label]) => ({ id, label }));

function opening(texts: StarterTexts): TimelineNode[] {
  const { consent, instructions, tutorial, comprehension } = texts;
  return [
    {
      kind: 'consent',
      id: 'consent',
      title: consent.title,
      body: consent.body,
      version: '1',
      boxes: [{ id: 'agree', text: consent.agree, isRequired: true }],
    },
    { kind: 'instructions', id: 'how-it-works', ...instructions },
    {
      kind: 'tutorial',
      id: 'try-it',
      title: tutorial.title,
      body: tutorial.body,
      question: {
        id: queryIdSchema.parse('sunshine'),
        text: tutorial.question,
        widget: { kind: 'slider-number' },
        lowLabel: tutorial.low,
        highLabel: tutorial.high,
      },
    },
    {
      kind: 'comprehension',
      id: 'check',
      title: comprehension.title,
      body: comprehension.body,
      questions: [
        {
          id: queryIdSchema.parse('uncertain'),
          text: comprehension.uncertain.text,
          options: optionsOf(comprehension.uncertain.options),
          correct: 'sensible',
        },
        {
          id: queryIdSchema.parse('middle'),
          text: comprehension.contest.text,
          options: optionsOf(comprehension.contest.options),
          correct: 'even',
        },
      ],
      maxAttempts: ATTEMPTS,
      returnTo: 'how-it-works',
      onFail: 'end',
    },
  ];
}

const closing = ({ debrief, dataChoice, endings }: StarterTexts): TimelineNode[] => [
  { kind: 'debrief', id: 'debrief', ...debrief },
  { kind: 'data-choice', id: 'your-data', ...dataChoice, withdrawalDays: WITHDRAWAL_DAYS },
  ...ENDINGS.map(
    (outcome): TimelineNode => ({
      kind: 'end',
      id: ENDING_IDS[outcome],
      ...endings[outcome],
      ...(outcome === 'completed' ? {} : { outcome }),
    }),
  ),
];

const scalesOf = (scenarios: readonly Scenario[], texts: StarterTexts): Scale[] => {
  const asked = new Set(scenarios.flatMap(({ queries }) => queries.map(({ kind }) => kind)));
  return QUERY_KINDS.filter((kind) => asked.has(kind)).map((kind) => ({ kind, ...texts.scales[kind] }));
};

/** Puts the numbers of a study into its texts. */
function fillIn(study: Study, minutes: number): Study {
  const fill = (text: string): string =>
    text.replaceAll('{n}', String(study.scenarios.length)).replaceAll('{minutes}', String(minutes));
  return {
    ...study,
    description: fill(study.description),
    timeline: study.timeline.map((node) => (node.kind === 'consent' ? { ...node, body: fill(node.body) } : node)),
  };
}

/** The study. `scenarios` are asked in random order, all queries of one on a page. At least one is needed. */
export function composeStudy(scenarios: readonly Scenario[], { title, locale }: StarterOptions): Study {
  const texts = STARTER_TEXTS[locale];
  const study: Study = {
    format: 'credence-study',
    formatVersion: 1,
    slug: slugOf(title),
    version: '1.0.0',
    title,
    description: texts.description,
    locale,
    scales: scalesOf(scenarios, texts),
    timeline: [
      ...opening(texts),
      {
        kind: 'block',
        id: 'scenarios',
        order: 'shuffle',
        scenarioIds: scenarios.map(({ id }) => id),
        resume: 'checkpoint',
      },
      ...closing(texts),
    ],
    scenarios: [...scenarios],
  };
  return fillIn(study, studyMinutes(study));
}
