/** Comparison of files: people's answers with sources' answers, over all queries and by facet where a study names kinds and sports. */
import { setImmediate } from 'node:timers/promises';
import { type AnswerSet, type QueryName, queryKey } from '../../engine/evaluation/answerSet.ts';
import { comparePeople } from '../../engine/evaluation/comparePeople.ts';
import type { CompareOptions, Comparison } from '../../engine/evaluation/comparison.ts';
import { type PeopleGroup, selectPeople } from '../../engine/evaluation/people.ts';
import { poolSeeds } from '../../engine/evaluation/poolSeeds.ts';
import { countReplies } from '../../engine/evaluation/replies.ts';
import { scenarioDistributions } from '../../engine/evaluation/scenarioDistributions.ts';
import type { ScenarioHistograms } from '../../engine/figures/scenarioHistograms.ts';
import { createRandom } from '../../engine/random.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { Progress, RunControl } from '../../shared/progress.ts';
import type { Stage, Study } from '../../shared/study.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import { readManifest } from '../jobs/datasetFiles.ts';
import { readSplit } from '../processes/datasetFiles.ts';
import { loadStudy } from '../studies.ts';
import { type Facet, type HeldOut, knownQueries, splitByFacets } from './compareFacets.ts';
import { withControls } from './compareSources.ts';
import { readAnswers } from './readAnswers.ts';
import { type PeopleFile, readPeople } from './readPeople.ts';

export type CompareFilesOptions = CompareOptions & {
  readonly seed: number;
  readonly stage?: Stage;
  /** Which part of a document of people's answers with several. */
  readonly part?: string;
  /** A study folder, which gives facets: kind, domain, subdomain, cells kind × subdomain, motif cells. */
  readonly study?: string;
  /** A dataset folder, which gives the kind means to beat and the facet of what training held out. Needs `study`. */
  readonly training?: string;
  /** Adds floors and direction controls to the sources. */
  readonly hasControls?: boolean;
  /** A scenario to show in full. */
  readonly scenario?: string;
};

export type FacetComparison = Comparison & { readonly facet: Facet; readonly value: string };

export type FilesComparison = Comparison & {
  readonly design: PeopleFile['design'];
  readonly stage: PeopleFile['stage'];
  /** People's answers without a value. */
  readonly missing: number;
  readonly facets: readonly FacetComparison[];
  /** Per source the unweighted mean over the cells kind × subdomain of r², the statistic some papers report; null without a study. */
  readonly meanCellRSquared: Readonly<Record<string, number | null>> | null;
  /** Per source the replies behind its answers; null where they did not come as replies. */
  readonly replies: Readonly<Record<string, ReturnType<typeof countReplies>>>;
  /** Second askings of a query, left out. */
  readonly repeated: number;
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

/** What training held out and what its records were; nulls where no dataset is named. */
async function readTraining(
  folder: string | undefined,
): Promise<{ heldOut: HeldOut; records: DatasetRecord[] | null }> {
  if (folder === undefined) return { heldOut: null, records: null };
  const { holdOut } = (await readManifest('compare', folder)).settings;
  return { heldOut: holdOut, records: await readSplit(folder, 'train') };
}

/** Compares the files. Throws UserError on anything in them that does not fit, naming file and place. */
export async function compareFiles(
  human: string,
  answers: readonly string[],
  options: CompareFilesOptions,
  control: RunControl = {},
): Promise<FilesComparison> {
  if (options.training !== undefined && options.study === undefined)
    throw new UserError('compare: --training needs --study, which says of what kind each query is');
  const people = await readPeople(human, options);
  const given = answers.flatMap(readAnswers);
  const pooled = poolSeeds(given);
  const study = options.study === undefined ? null : loadStudy(options.study);
  const known = study && knownQueries(study, people.groups);
  const training = await readTraining(options.training);
  const queries = people.groups.flatMap((group) => group.queries);
  const sets = options.hasControls ? withControls(pooled, queries, known, training.records) : pooled;
  const random = createRandom(options.seed);
  const compare = (groups: readonly PeopleGroup[], ...labels: string[]): Promise<Comparison> =>
    runSteps(comparePeople(random.split('compare', ...labels), groups, sets, options), control);
  const scenario =
    options.scenario === undefined
      ? null
      : scenarioDistributions(people.groups, pooled, options.scenario, (query) => queryText(study, query));
  const facets: FacetComparison[] = [];
  for (const { facet, value, keys } of known ? splitByFacets(known, training.heldOut) : []) {
    const part = selectPeople(people.groups, (query) => keys.has(queryKey(query)));
    facets.push({ facet, value, ...(await compare(part, facet, value)) });
  }
  return {
    ...(await compare(people.groups)),
    design: people.design,
    stage: people.stage,
    missing: people.missing,
    repeated: people.repeated,
    facets,
    meanCellRSquared: known ? meanOverCells(facets, sets) : null,
    replies: repliesOf(pooled, given),
    warnings: unasked(people.groups, pooled),
    scenario,
  };
}

const repliesOf = (sets: readonly AnswerSet[], given: readonly ModelAnswer[]): FilesComparison['replies'] =>
  Object.fromEntries(
    sets.map(({ source, sourceId, label }) => [
      label,
      countReplies(given.filter((answer) => answer.source === source && answer.sourceId === sourceId)),
    ]),
  );

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
