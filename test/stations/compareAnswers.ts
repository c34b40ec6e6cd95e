/** What pages were told is stored, and how that compares with what the store holds: lost, doubled and crossed answers. */
import type { Page } from 'playwright-core';
import type { Kept } from './stationMessages.ts';

/** An answer as its page sent it. */
type Sent = Pick<Kept, 'trialIndex' | 'clientSeq' | 'queryId' | 'rating'>;

/** An answer that a page was told is stored, under which number of the store. */
export type Acknowledged = Sent & { readonly station: number; readonly serverSeq: number };

type Acknowledgement = { readonly clientSeq: number; readonly serverSeq: number };

/** Notes every answer that a page was told is stored, and how long each step took, in ms. */
export function listen(page: Page, station: number, acknowledged: Acknowledged[], stepMs: number[]): void {
  page.on('response', async (response) => {
    const name = new URL(response.url()).pathname.split('/').at(-1);
    if (response.status() !== 200 || (name !== 'participant.submit' && name !== 'participant.advance')) return;
    const sent: unknown = response.request().postDataJSON();
    const reply = await response.json().catch(() => undefined);
    if (!reply?.ok) return;
    const isStep = name === 'participant.advance';
    const answers = (isStep ? ((sent as { responses?: unknown[] }).responses ?? []) : [sent]) as Sent[];
    const told: Acknowledgement[] = isStep ? reply.value.acknowledgements : [reply.value];
    for (const { clientSeq, serverSeq } of told) {
      const answer = answers.find((one) => one.clientSeq === clientSeq);
      if (answer) acknowledged.push({ ...answer, station, serverSeq });
    }
    const { responseEnd } = response.request().timing();
    if (isStep && responseEnd > 0) stepMs.push(responseEnd);
  });
}

/** The station whose seat this is, from 0. */
const stationOf = ({ seat }: Kept): number => Number(seat.slice('LAB'.length)) - 1;

const isSame = (kept: Kept, told: Acknowledged): boolean =>
  stationOf(kept) === told.station &&
  kept.trialIndex === told.trialIndex &&
  kept.clientSeq === told.clientSeq &&
  kept.queryId === told.queryId &&
  kept.rating === told.rating;

/**
 * Compares the store with what the pages were told. `stations` is how many there are, by which an answer tells its station; `expected` how
 * many answers those who completed must have.
 */
export function compareAnswers(
  kept: readonly Kept[],
  acknowledged: readonly Acknowledged[],
  { stations, expected }: { readonly stations: number; readonly expected: number },
) {
  const perPlace = new Map<string, number>();
  for (const { participantId, trialIndex, queryId } of kept) {
    const place = `${participantId} ${trialIndex} ${queryId}`;
    perPlace.set(place, (perPlace.get(place) ?? 0) + 1);
  }
  const bySeq = new Map(kept.map((row) => [row.serverSeq, row]));
  // One acknowledgement each: a repeated request gets the same number of the store again.
  const told = [...new Map(acknowledged.map((one) => [one.serverSeq, one])).values()];
  const missing = told.filter((one) => {
    const row = bySeq.get(one.serverSeq);
    return row === undefined || !isSame(row, one);
  });
  return {
    acknowledged: told.length,
    lost: missing.length + Math.max(0, expected - perPlace.size),
    doubled: [...perPlace.values()].reduce((sum, n) => sum + n - 1, 0),
    crossed: kept.filter((row) => (row.rating ?? -1) % stations !== stationOf(row)).length,
  };
}
