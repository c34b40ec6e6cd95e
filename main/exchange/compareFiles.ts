/** Comparison of files: people's answers with sources' answers, over all queries and by facet where a study names kinds and sports. */
import { setImmediate } from 'node:timers/promises';
import { type AnswerSet, type QueryName, queryKey } from '../../engine/evaluation/answerSet.ts';
import { comparePeople } from '../../engine/evaluation/comparePeople.ts';
import type { CompareOptions, Comparison } from '../../engine/evaluation/comparison.ts';
import { type PeopleGroup, selectPeople } from '../../engine/evaluation/people.ts';
import { poolSeeds } from '../../engine/evaluation/poolSeeds.ts';
import { scenarioDistributions } from '../../engine/evaluation/scenarioDistributions.ts';
import type { ScenarioHistograms } from '../../engine/figures/scenarioHistograms.ts';
import { createRandom } from '../../engine/random.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { Progress, RunControl } from '../../shared/progress.ts';
import type { Stage, Study } from '../../shared/study.ts';
import { loadStudy } from '../studies.ts';
import { readAnswers } from './readAnswers.ts';
import { type PeopleFile, readPeople } from './readPeople.ts';

export type CompareFilesOptions = CompareOptions & {
  readonly seed: number;
  readonly stage?: Stage;
  /** A study folder, which gives facets: kind, subdomain, and cells kind × subdomain. */
  readonly study?: string;
  /** A scenario to show in full. */
  readonly scenario?: string;
};

export type FacetComparison = Comparison & { readonly facet: string; readonly value: string };

export type FilesComparison = Comparison & {
  readonly design: PeopleFile['design'];
  readonly stage: PeopleFile['stage'];
  /** People's answers without a value. */
  readonly missing: number;
  readonly facets: readonly FacetComparison[];
  /** Per source the unweighted mean over the cells kind × subdomain of r², the statistic some papers report; null without a study. */
  readonly meanCellRSquared: Readonly<Record<string, number | null>> | null;
  readonly warnings: readonly string[];
  /** The scenario asked for, in full; null without one. */
  readonly scenario: ScenarioHistograms | null;
};

/** Queries that sources answer but people were not asked: a sign of ids that differ. */
function unasked(groups: readonly PeopleGroup[], sets: readonly AnswerSet[]): string[] {
  const asked = new Set(groups.flatMap((group) => group.queries.map(queryKey)));
  return sets.flatMap((set) => {
    const extra = set.answers.filter((answer) => !asked.has(queryKey(answer)));
    return extra.length === 0
      ? []
      : [`${set.label}: ${extra.length} answers to queries people were not asked, the first ${queryKey(extra[0])}`];
  });
}

type Facets = Readonly<Record<'kind' | 'subdomain' | 'cell', (query: QueryName) => string>>;

function facetsOf(study: Study, groups: readonly PeopleGroup[]): Facets {
  const known = new Map(
    study.scenarios.flatMap((scenario) =>
      scenario.queries.map((query) => [
        queryKey({ scenarioId: scenario.id, queryId: query.id }),
        { kind: query.kind, subdomain: scenario.subdomain },
      ]),
    ),
  );
  for (const query of groups.flatMap((group) => group.queries))
    if (!known.has(queryKey(query)))
      throw new UserError(
        `compare: people answered query ${query.queryId} of scenario ${query.scenarioId}, which study ${study.slug} does not have`,
        { location: { path: queryKey(query) } },
      );
  const at = (query: QueryName): { kind: string; subdomain: string } =>
    known.get(queryKey(query)) ?? { kind: '', subdomain: '' };
  return {
    kind: (query) => at(query).kind,
    subdomain: (query) => at(query).subdomain,
    cell: (query) => `${at(query).kind} × ${at(query).subdomain}`,
  };
}

/** A query's words, or its id where no study gives them. */
const queryText = (study: Study | null, { scenarioId, queryId }: QueryName): string =>
  study?.scenarios.find(({ id }) => id === scenarioId)?.queries.find(({ id }) => id === queryId)?.text ?? queryId;

/** Runs a generator of progress to its end: reports, obeys the signal and lets other work in between steps. */
async function runSteps<T>(steps: Generator<Progress, T>, { onProgress, signal }: RunControl): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (signal?.aborted) throw new CancelledError('compare');
    onProgress?.(value);
    await setImmediate();
  }
}

/** Compares the files. Throws UserError on anything in them that does not fit, naming file and place. */
export async function compareFiles(
  human: string,
  answers: readonly string[],
  options: CompareFilesOptions,
  control: RunControl = {},
): Promise<FilesComparison> {
  const people = await readPeople(human, options);
  const sets = poolSeeds(answers.flatMap(readAnswers));
  const random = createRandom(options.seed);
  const compare = (groups: readonly PeopleGroup[], ...labels: string[]): Promise<Comparison> =>
    runSteps(comparePeople(random.split('compare', ...labels), groups, sets, options), control);
  const study = options.study === undefined ? null : loadStudy(options.study);
  const facetOf = study && facetsOf(study, people.groups);
  const scenario =
    options.scenario === undefined
      ? null
      : scenarioDistributions(people.groups, sets, options.scenario, (query) => queryText(study, query));
  const facets: FacetComparison[] = [];
  for (const [facet, facetValue] of Object.entries(facetOf ?? {}))
    for (const value of new Set(people.groups.flatMap((group) => group.queries.map(facetValue)))) {
      const part = selectPeople(people.groups, (query) => facetValue(query) === value);
      facets.push({ facet, value, ...(await compare(part, facet, value)) });
    }
  return {
    ...(await compare(people.groups)),
    design: people.design,
    stage: people.stage,
    missing: people.missing,
    facets,
    meanCellRSquared: facetOf ? meanOverCells(facets, sets) : null,
    warnings: unasked(people.groups, sets),
    scenario,
  };
}

/** Null for a source whose r² is undefined in a cell: leaving the cell out would flatter it. */
function meanOverCells(facets: readonly FacetComparison[], sets: readonly AnswerSet[]): Record<string, number | null> {
  const cells = facets.filter(({ facet }) => facet === 'cell');
  return Object.fromEntries(
    sets.map((set, s) => {
      const values = cells.map((cell) => cell.sources[s].rSquared);
      const sum = values.reduce<number | null>((total, r2) => (total === null || r2 === null ? null : total + r2), 0);
      return [set.label, sum === null ? null : sum / cells.length];
    }),
  );
}
