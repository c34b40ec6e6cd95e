/** A lab whose people answered in every way there is: ratings, marks, chips, numbers, choices, words, missing, changed answers, traces. */
import { type Study, studySchema } from '../../../../shared/study.ts';
import { smallStudy } from '../../smallStudy.ts';
import { FAST_PLACE, type Lab, openLab } from '../../store/openLab.ts';

/** What people typed: separators, quotes, line ends, formulas, other scripts. */
export const TYPED = [
  '=1+1',
  "'=quoted",
  'a,b;c\t"d"\r\ne',
  '-5',
  '  spaces  ',
  'naïve 漢字 😀',
  '+43 1',
  '@you',
  'TRUE',
];

const options = [
  { id: 'yes', label: 'Yes' },
  { id: 'no_2', label: 'No' },
];

/** The small study with marks for contests, chips for percentages, and a questionnaire of numbers, options and words. */
function variedStudy(): Study {
  const small = smallStudy();
  const share = { id: 'share', text: 'How hard did they row?', kind: 'percentage', target: {} };
  return studySchema.parse({
    ...small,
    scales: [
      { ...small.scales[0], asksConfidence: true },
      { ...small.scales[1], widget: { kind: 'multi-click', count: 2, mayFallShort: true } },
      {
        kind: 'percentage',
        lowLabel: 'none',
        highLabel: 'all',
        unit: '%',
        widget: { kind: 'roulette', bins: 4, chips: 4 },
      },
    ],
    scenarios: small.scenarios.map((scenario) => ({ ...scenario, queries: [...scenario.queries, share] })),
    timeline: [
      ...small.timeline.slice(0, 2),
      {
        kind: 'questionnaire',
        id: 'after',
        title: 'You',
        purpose: 'post-task',
        questions: [
          { id: 'age', text: 'A number', widget: { kind: 'number', min: -100, max: 100, decimals: 2 } },
          { id: 'group', text: 'Options', widget: { kind: 'choice', options, isMultiple: true } },
          { id: 'words', text: 'Words', widget: { kind: 'text' } },
        ],
      },
      small.timeline[2],
    ],
  });
}

/** Eight people, answers of every kind; the fourth stops after the first scenario. */
export async function openVariedLab(): Promise<Lab> {
  const lab = await openLab(8, 0, FAST_PLACE, variedStudy());
  const leave = (p: number, trialIndex: number): Promise<unknown> =>
    Promise.resolve(
      lab.host.handlers['participant.advance'](
        { trialIndex },
        { role: 'participant', participantId: lab.participantIds[p] },
      ),
    );
  for (let p = 0; p < lab.participantIds.length; p++) {
    lab.submit(p, { rating: 12.5 + p, confidence: 40, awayMs: 12.25, keyboardStart: 50, direction: 'ltr' });
    lab.submit(p, { rating: 100 - p, adjustments: 3, pathLength: 0.1 + 0.2 });
    lab.submit(p, { queryId: 'next', rating: (5 + p + 90) / 2, samples: [5 + p, 90], inputMode: 'touch' });
    if (p === 2) lab.submit(p, { queryId: 'next', rating: null, missingCode: 'dont_know', endedOn: 'timeout' });
    lab.submit(p, { queryId: 'share', rating: 43.75, chips: [0, 3, 1, 0] });
    if (p === 3) continue;
    await leave(p, 1);
    const second = { trialIndex: 2, scenarioId: 'lake-b' };
    lab.submit(p, {
      ...second,
      rating: 1e-7,
      trace: [
        [0, 3],
        [12.5, null],
        [40, 1e-7],
      ],
    });
    lab.submit(p, { ...second, queryId: 'next', rating: 33 + p, samples: [33 + p] });
    lab.submit(p, { ...second, queryId: 'share', rating: null, missingCode: 'timed_out' });
    await leave(p, 2);
    const third = { trialIndex: 3, scenarioId: 'after', rating: null };
    lab.submit(p, { ...third, queryId: 'age', number: -12.75 });
    lab.submit(p, { ...third, queryId: 'group', choice: p % 2 === 0 ? ['yes', 'no_2'] : ['no_2'] });
    for (const text of TYPED) lab.submit(p, { ...third, queryId: 'words', text });
  }
  return lab;
}
