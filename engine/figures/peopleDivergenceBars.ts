/** Bars of how far each source's distributions lie from people's, with the band in which two halves of the people lie from each other. */
import type { Estimate } from '../../shared/report.ts';
import { estimateBars } from './estimateBars.ts';
import type { FigureNote, Size } from './frame.ts';
import { type SeriesName, seriesClasses } from './seriesStyle.ts';
import type { SvgNode } from './svg.ts';

/** One source's mean Wasserstein-1 distance from half the people over `queries`, in points; null without distributions. */
export type PeopleDistance = SeriesName & {
  readonly label: string;
  readonly distance: Estimate | null;
  readonly queries: number;
};

/** Bars of `sources`; `floor` is the mean distance of one half of the people from the other, null where it is unknown. */
export function peopleDivergenceBars(
  sources: readonly PeopleDistance[],
  floor: Estimate | null,
  note: FigureNote,
  size: Size,
): SvgNode {
  const names = seriesClasses(sources);
  const bars = sources.flatMap(({ label, distance, queries }, i) =>
    distance === null ? [] : [{ name: names[i], label, estimate: distance, queries, isFloor: false }],
  );
  const words = {
    title: 'Distance of each distribution from people’s answers: shorter is better',
    quantity: 'Wasserstein distance from half the people (points)',
    note,
  };
  return estimateBars(
    bars,
    words,
    size,
    floor === null ? undefined : { label: 'half the people from the other half', estimate: floor },
  );
}
