/** The footer line of a report's figures: study, counts, interval, seed, and the stage where the data are not people's. */
import type { CompareSettings } from '../../shared/comparison.ts';
import type { Report } from '../../shared/report.ts';
import { unitText } from '../statistics/resamplePeople.ts';
import type { FigureNote } from './frame.ts';
import { countText } from './numberText.ts';

type Reported = Pick<Report, 'study' | 'interval' | 'seed'>;

/** The part of a study hash that figures print. */
export const shortHash = (hash: string): string => hash.slice(0, 8);

/** The interval in words: `95 % percentile bootstrap over scenarios, 10,000 replicates, seed 7`. */
export const intervalText = (interval: { level: number; replicates: number; unit: string; seed: number }): string =>
  `${Math.round(100 * interval.level)} % percentile bootstrap over ${interval.unit}, ${countText(interval.replicates)} replicates, seed ${interval.seed}`;

/** Footer of a figure on people's answers; `counts` says what was counted. Marked where the participants are simulated. */
export const peopleNote = (report: Reported, counts: string): FigureNote => ({
  text: [
    `Study ${report.study.slug}, version ${shortHash(report.study.hash)}`,
    `${report.study.nParticipants} ${report.study.stage === 'simulated' ? 'SIMULATED' : report.study.stage} participants`,
    counts,
    intervalText(report.interval),
  ].join(' · '),
  isSimulated: report.study.stage === 'simulated',
});

/** Footer of a figure on programs and transformers alone. */
export const answersNote = (report: Reported, counts: string, interval?: string): FigureNote => ({
  text: [
    `Study version ${shortHash(report.study.hash)}`,
    counts,
    ...(interval === undefined ? [] : [interval]),
    `run seed ${report.seed}`,
  ].join(' · '),
  isSimulated: false,
});

/** What a comparison keeps of people, and what erasing one of them later does to it. */
export const AGGREGATES_NOTE =
  'Kept are counts, means, intervals and histograms over the people there were, and no record of any one of them; where one person alone answered a query, its mean is their answer. Erasing a participant later does not change it: compare again, and delete this comparison’s folder, to leave them out.';

/** How a comparison's intervals were made, in words. */
export const compareIntervalText = ({ aggregation, unit, replicates, splits, seed }: CompareSettings): string =>
  `95 % percentile bootstrap over ${unitText(unit)}, ${countText(replicates)} replicates, ${countText(splits)} splits, ${aggregation}, seed ${seed}`;
