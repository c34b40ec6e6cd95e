/** A lab whose people answered in every way there is: ratings, marks, chips, numbers, choices, words, missing, changed answers, traces. */
import { type Lab, openLab } from '../../store/openLab.ts';

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

/** Eight people, answers of every kind. */
export async function openVariedLab(): Promise<Lab> {
  const lab = await openLab(8, 0);
  lab.participantIds.forEach((_, p) => {
    lab.submit(p, { rating: 12.5 + p, confidence: 40, awayMs: 12.25, keyboardStart: 50, direction: 'ltr' });
    lab.submit(p, { rating: 100 - p, adjustments: 3, pathLength: 0.1 + 0.2 });
    lab.submit(p, { queryId: 'next', rating: (5 + p + 90) / 2, samples: [5 + p, 90], inputMode: 'touch' });
    if (p === 2) lab.submit(p, { queryId: 'next', rating: null, missingCode: 'dont_know', endedOn: 'timeout' });
    if (p === 3) lab.submit(p, { queryId: 'next', rating: 43.75, chips: [0, 3, 1, 0], samples: undefined });
    if (p === 4) lab.submit(p, { queryId: 'next', rating: null, number: -12.75 });
    if (p === 5) lab.submit(p, { queryId: 'next', rating: null, choice: ['yes', 'no_2'] });
    if (p === 6) for (const text of TYPED) lab.submit(p, { queryId: 'next', rating: null, text });
    if (p === 7)
      lab.submit(p, {
        rating: 1e-7,
        trace: [
          [0, 3],
          [12.5, null],
          [40, 1e-7],
        ],
      });
  });
  return lab;
}
