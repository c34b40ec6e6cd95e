/** One part of a comparison: the queries of one facet's value, as if they were all. */
import type { FacetComparison, PeopleComparison } from '../../shared/comparison.ts';

/** Which part: a facet and the value of it; none for everything. */
export type PartName = Pick<FacetComparison, 'facet' | 'value'> | undefined;

/** The named part of `result`, without facets of its own; undefined where there is none. */
export function comparisonPart(result: PeopleComparison, name: PartName): PeopleComparison | undefined {
  if (name === undefined) return result;
  const part = result.facets.find(({ facet, value }) => facet === name.facet && value === name.value);
  if (!part) return undefined;
  const { facet: _facet, value: _value, ...comparison } = part;
  return { ...result, ...comparison, facets: [] };
}
