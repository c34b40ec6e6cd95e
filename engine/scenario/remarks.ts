/**
 * Remarks: what onlookers of a free-form scenario noticed about somebody's form, and which result is the surprising one. With one exception
 * among its results (P = 2, 3) the focal entity's exception surprises, and a remark explains it; otherwise one result comes despite a remark.
 */
import type { Motif } from '../../shared/scenario.ts';
import { pick, type Random } from '../random.ts';
import type { EpisodicFactor } from './domains/subject.ts';
import type { PlannedEvent, Remark } from './plan.ts';

/** Share of the other events that get a remark. */
const REMARK_SHARE = 0.2;
const FOCAL_SHARE = 0.6;

type RemarkSource = { readonly motif: Motif; readonly focal: string; readonly factors: readonly EpisodicFactor[] };

const isFocalWin = ({ sides, winner }: PlannedEvent, focal: string): boolean => sides[winner].includes(focal);

/** The index of the event whose result surprises; never the first, which nothing precedes. */
function surprisingIndex(random: Random, { motif, focal }: RemarkSource, events: readonly PlannedEvent[]): number {
  const later = events.map((_, i) => i).slice(1);
  const own = later.filter((i) => events[i].sides.flat().includes(focal));
  if (motif.P < 2) return pick(random, own);
  return own.find((i) => isFocalWin(events[i], focal) === (motif.P === 3)) ?? pick(random, own);
}

/** A remark on a member of `side`: in good form or in bad. */
function remarkOn(random: Random, source: RemarkSource, side: readonly string[], isGood: boolean): Remark {
  const { focal, factors } = source;
  const isFocal = side.includes(focal) && random.uniform() < FOCAL_SHARE;
  const factor = pick(random, factors);
  return { entity: isFocal ? focal : pick(random, side), factor, isHigh: factor.helps === isGood };
}

/** The events with the surprising one marked and remarks added. */
export function addRemarks(random: Random, source: RemarkSource, events: readonly PlannedEvent[]): PlannedEvent[] {
  const surprising = surprisingIndex(random, source, events);
  return events.map((event, i): PlannedEvent => {
    const winners = event.sides[event.winner];
    const losers = event.sides[1 - event.winner];
    if (i !== surprising) {
      if (random.uniform() >= REMARK_SHARE) return event;
      const isOfWinners = random.uniform() < 0.5;
      return { ...event, remark: remarkOn(random, source, isOfWinners ? winners : losers, random.uniform() < 0.5) };
    }
    if (source.motif.P < 2) return { ...event, surprise: 'despite', remark: remarkOn(random, source, winners, false) };
    const isOfWinners = random.uniform() < 0.5;
    const remark = remarkOn(random, source, isOfWinners ? winners : losers, isOfWinners);
    return { ...event, surprise: 'explained', remark };
  });
}
