/** Everything wrong with a study whose files have the right form: what would fail or mislead once people sit in front of it. */
import type { Study } from '../../../shared/study.ts';
import { findTranslationGaps, studyLocales } from '../studyTexts.ts';
import { checkDesign } from './checkDesign.ts';
import { checkNodes } from './checkNodes.ts';
import { checkScales } from './checkScales.ts';
import { repeatedFault, type StudyFault } from './fault.ts';

const MOST_NAMED = 5;

const named = (keys: readonly string[]): string =>
  `${keys.slice(0, MOST_NAMED).join(', ')}${keys.length > MOST_NAMED ? ` and ${keys.length - MOST_NAMED} more` : ''}`;

function checkTexts(study: Study): StudyFault[] {
  const locales = studyLocales(study);
  const faults = repeatedFault(study.locales ?? [], (i) => `locales[${i}]`, 'language');
  for (const locale of Object.keys(study.translations ?? {}))
    if (!locales.includes(locale))
      faults.push({
        file: `locales/${locale}.json`,
        path: '',
        problem: `study.json does not list the language ${locale}`,
        hint: `add "${locale}" to locales`,
      });
  for (const locale of locales.filter((one) => one !== study.locale)) {
    const { missing, unknown } = findTranslationGaps(study, locale);
    const file = `locales/${locale}.json` as const;
    if (missing.length > 0)
      faults.push({ file, path: missing[0], problem: `${missing.length} texts are not translated: ${named(missing)}` });
    if (unknown.length > 0)
      faults.push({ file, path: unknown[0], problem: `the study has no text under ${named(unknown)}` });
  }
  return faults;
}

function checkFlow(study: Study): StudyFault[] {
  const asks = study.timeline.some(({ kind }) => kind === 'block' || kind === 'questionnaire');
  if (study.timeline.every(({ kind }) => kind === 'end'))
    return [{ file: 'study.json', path: 'timeline', problem: 'the timeline shows nothing before its end' }];
  const late = study.timeline.findIndex(
    ({ kind }, i) => kind === 'consent' && study.timeline.slice(0, i).some((node) => node.kind === 'block'),
  );
  return [
    ...(asks
      ? []
      : [
          {
            file: 'study.json' as const,
            path: 'timeline',
            problem: 'the timeline asks nothing: it has neither a block nor a questionnaire',
          },
        ]),
    ...(late < 0
      ? []
      : [
          {
            file: 'study.json' as const,
            path: `timeline[${late}]`,
            problem: 'consent is asked after answers were given',
          },
        ]),
    ...repeatedFault(
      study.timeline.flatMap((node) => (node.kind === 'end' ? [node.outcome ?? 'completed'] : [])),
      () => 'timeline',
      'ending',
    ),
  ];
}

/** All faults, in the order of the files. Empty for a study that can be run. */
export const findStudyFaults = (study: Study): StudyFault[] => [
  ...checkNodes(study),
  ...checkDesign(study),
  ...checkScales(study),
  ...checkFlow(study),
  ...checkTexts(study),
];

/** What can be run but should be looked at, in words: rules of recruiters, and things labs regret. */
export function findStudyAdvice(study: Study): string[] {
  const kinds = study.timeline.map(({ kind }) => kind);
  const single = study.timeline.find((node) => node.kind === 'comprehension' && node.maxAttempts < 2);
  const scenarios = study.timeline.reduce(
    (n, node) => n + (node.kind === 'block' ? (node.sample ?? node.scenarioIds.length) : 0),
    0,
  );
  const attention = kinds.filter((kind) => kind === 'attention').length;
  const withoutProgram = study.scenarios.filter(({ program }) => program === undefined).length;
  return [
    ...(kinds.includes('consent') ? [] : ['nobody is asked for consent']),
    ...(kinds.includes('debrief') || kinds.includes('end')
      ? []
      : ['the study ends without a word: add a debrief or an end']),
    ...(single ? [`comprehension check "${single.id}" allows one attempt; recruiters ask for at least two`] : []),
    ...(scenarios >= 20 && attention < 2
      ? [`${scenarios} scenarios and ${attention} attention checks: recruiters ask for two in longer studies`]
      : []),
    ...(withoutProgram > 0 ? [`${withoutProgram} scenarios have no program to compare people with`] : []),
  ];
}
