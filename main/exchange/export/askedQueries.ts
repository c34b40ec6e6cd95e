/** What was asked, by scenario and query: texts and kinds of the study's scenarios and of the questions of its other pages. */
import { queryKey } from '../../../engine/evaluation/answerSet.ts';
import type { QueryKind } from '../../../shared/queryKind.ts';
import { motifCell } from '../../../shared/scenario.ts';
import type { Study } from '../../../shared/study.ts';

/** `scenarioId` is the id of the node for questions outside scenarios; those have no kind, domain or cell. */
export type AskedQuery = {
  readonly scenarioId: string;
  readonly queryId: string;
  readonly text: string;
  readonly kind: QueryKind | null;
  readonly domain: string | null;
  readonly subdomain: string | null;
  readonly cell: string | null;
};

function questionsOf(node: Study['timeline'][number]): readonly { readonly id: string; readonly text: string }[] {
  if ('questions' in node) return node.questions;
  return 'question' in node ? [node.question] : [];
}

/** Every query of the study under its key, in the study's order. */
export function askedQueries(study: Study): ReadonlyMap<string, AskedQuery> {
  const inScenarios = study.scenarios.flatMap((scenario) =>
    scenario.queries.map(
      ({ id, text, kind }): AskedQuery => ({
        scenarioId: scenario.id,
        queryId: id,
        text,
        kind,
        domain: scenario.domain,
        subdomain: scenario.subdomain,
        cell: scenario.motif ? motifCell(scenario.motif) : null,
      }),
    ),
  );
  const elsewhere = study.timeline.flatMap((node) =>
    questionsOf(node).map(
      ({ id, text }): AskedQuery => ({
        scenarioId: node.id,
        queryId: id,
        text,
        kind: null,
        domain: null,
        subdomain: null,
        cell: null,
      }),
    ),
  );
  return new Map([...inScenarios, ...elsewhere].map((query) => [queryKey(query), query]));
}
