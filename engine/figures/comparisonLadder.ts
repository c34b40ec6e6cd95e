/** The ladder of a comparison: one query along scenarios that change one step at a time, people's interval and every source's mean at each rung. */
import type { PeopleComparison } from '../../shared/comparison.ts';
import { UserError } from '../../shared/errors.ts';
import { meanInterval } from '../statistics/meanInterval.ts';
import type { FigureNote, Size } from './frame.ts';
import { type LadderSeries, ladder } from './ladder.ts';
import type { SvgNode } from './svg.ts';

/** Scenario ids from the first rung to the last, and the query asked at each. */
export type Rungs = { readonly scenarioIds: readonly string[]; readonly queryId: string };

/** The figure. Throws UserError on a rung people were not asked about. */
export function comparisonLadder(
  { items, sources }: Pick<PeopleComparison, 'items' | 'sources'>,
  { scenarioIds, queryId }: Rungs,
  note: FigureNote,
  size: Size,
): SvgNode {
  const rungs = scenarioIds.map((scenarioId) => {
    const item = items.find((one) => one.scenarioId === scenarioId && one.queryId === queryId);
    if (item) return item;
    throw new UserError(`ladder: people were not asked query ${queryId} of scenario ${scenarioId}`, {
      location: { path: `${scenarioId}/${queryId}` },
    });
  });
  const people: LadderSeries = {
    source: 'people',
    sourceId: 'people',
    label: 'People, with 95 % t interval of the mean',
    answers: rungs.map(
      ({ mean, standardError, participants }) => meanInterval(mean, standardError, participants) ?? mean,
    ),
    counts: rungs.map(({ participants }) => participants),
  };
  const others = sources.map(
    ({ source, sourceId, label }, s): LadderSeries => ({
      source,
      sourceId,
      label,
      answers: rungs.map(({ answers }) => answers[s].mean),
    }),
  );
  const title = `Query ${queryId} along ${scenarioIds.length} scenarios`;
  return ladder(scenarioIds, [people, ...others], { title, yLabel: 'mean answer (0–100)', note }, size);
}
