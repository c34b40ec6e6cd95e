/** Facets of a comparison: by what a study and a dataset say of the queries, each value a comparison of its own. */
import { type QueryName, queryKey } from '../../engine/evaluation/answerSet.ts';
import type { PeopleGroup } from '../../engine/evaluation/people.ts';
import { FACETS, type Facet } from '../../shared/comparison.ts';
import { UserError } from '../../shared/errors.ts';
import type { QueryKind } from '../../shared/queryKind.ts';
import { motifCell, type Scenario } from '../../shared/scenario.ts';
import type { Study } from '../../shared/study.ts';

/** What training held out; null where no training is named. */
export type HeldOut = { readonly cells: readonly string[]; readonly domains: readonly string[] } | null;

/** A query with what the study says of it. */
export type KnownQuery = QueryName & { readonly kind: QueryKind; readonly scenario: Scenario };

/** The queries people answered, as the study knows them. Throws UserError naming the first it does not have. */
export function knownQueries(study: Study, groups: readonly PeopleGroup[]): KnownQuery[] {
  const known = new Map(
    study.scenarios.flatMap((scenario) =>
      scenario.queries.map(({ id, kind }): [string, KnownQuery] => {
        const name = { scenarioId: scenario.id, queryId: id };
        return [queryKey(name), { ...name, kind, scenario }];
      }),
    ),
  );
  return groups
    .flatMap((group) => group.queries)
    .map((query) => {
      const found = known.get(queryKey(query));
      if (found) return found;
      throw new UserError(
        `compare: people answered query ${query.queryId} of scenario ${query.scenarioId}, which study ${study.slug} does not have`,
        { location: { path: queryKey(query) } },
      );
    });
}

function heldOutText({ motif, domain }: Scenario, heldOut: HeldOut): string | null {
  if (heldOut === null || !motif) return null;
  return heldOut.cells.includes(motifCell(motif)) || heldOut.domains.includes(domain) ? 'held out' : 'trained on';
}

/** The facet's value for a query; null for none. */
export function facetValue(facet: Facet, { kind, scenario }: KnownQuery, heldOut: HeldOut): string | null {
  switch (facet) {
    case 'kind':
      return kind;
    case 'domain':
      return scenario.domain;
    case 'subdomain':
      return scenario.subdomain;
    case 'cell':
      return `${kind} × ${scenario.subdomain}`;
    case 'motif':
      return scenario.motif ? motifCell(scenario.motif) : null;
    case 'heldOut':
      return heldOutText(scenario, heldOut);
    default:
      throw facet satisfies never;
  }
}

/** Facets with the keys of the queries of each value. A facet whose one value holds all queries repeats the whole, so it is left out; kind and cell stay. */
export function splitByFacets(
  queries: readonly KnownQuery[],
  heldOut: HeldOut,
): { readonly facet: Facet; readonly value: string; readonly keys: ReadonlySet<string> }[] {
  return FACETS.flatMap((facet) => {
    const byValue = new Map<string, Set<string>>();
    for (const query of queries) {
      const value = facetValue(facet, query, heldOut);
      if (value === null) continue;
      byValue.set(value, (byValue.get(value) ?? new Set()).add(queryKey(query)));
    }
    const isWhole = byValue.size === 1 && [...byValue.values()][0].size === queries.length;
    if (isWhole && facet !== 'kind' && facet !== 'cell' && facet !== 'subdomain') return [];
    return [...byValue].map(([value, keys]) => ({ facet, value, keys }));
  });
}
