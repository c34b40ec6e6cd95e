/** Comparison of people's answers with sources' answers, from files or from what is at hand: over all queries, and by facet where a study names kinds and sports. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type AnswerSet, type QueryName, queryKey } from '../../engine/evaluation/answerSet.ts';
import type { CompareOptions } from '../../engine/evaluation/compareOptions.ts';
import { comparePeople } from '../../engine/evaluation/comparePeople.ts';
import { priorAnswers } from '../../engine/evaluation/floors.ts';
import { type PeopleGroup, selectPeople } from '../../engine/evaluation/people.ts';
import { poolSeeds } from '../../engine/evaluation/poolSeeds.ts';
import { countReplies } from '../../engine/evaluation/replies.ts';
import { scenarioDistributions } from '../../engine/evaluation/scenarioDistributions.ts';
import { scenarioOverlays } from '../../engine/evaluation/scenarioOverlays.ts';
import { createRandom } from '../../engine/random.ts';
import type {
  AnswerOverlay,
  Comparison,
  FacetComparison,
  PeopleComparison,
  ScenarioHistograms,
} from '../../shared/comparison.ts';
import { CancelledError, UserError } from '../../shared/errors.ts';
import type { ModelAnswer } from '../../shared/modelAnswer.ts';
import type { Progress, RunControl } from '../../shared/progress.ts';
import type { Stage, Study } from '../../shared/study.ts';
import { type DatasetRecord, SPLITS } from '../../shared/training.ts';
import { programAnswers } from '../jobs/answerSources.ts';
import { MANIFEST_FILE, readManifest } from '../jobs/datasetFiles.ts';
import { readSplit } from '../processes/datasetFiles.ts';
import { loadStudy } from '../studies.ts';
import { type HeldOut, knownQueries, splitByFacets } from './compareFacets.ts';
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
  /** Scenarios to show in full. */
  readonly scenarios?: readonly string[];
};

/** One scenario in full: its histograms, and an overlay per query. */
export type FullScenario = ScenarioHistograms & { readonly overlays: readonly AnswerOverlay[] };

/** `scenarios` are those asked for. */
export type FilesComparison = PeopleComparison & { readonly scenarios: readonly FullScenario[] };

/** What training held out and what its records were; nulls where there is no training to speak of. */
export type Training = { readonly heldOut: HeldOut; readonly records: readonly DatasetRecord[] | null };
export const NO_TRAINING: Training = { heldOut: null, records: null };

/** What is compared: people, every single answer (seeds not pooled yet), and what is known of the queries. */
export type CompareMaterial = {
  readonly people: PeopleFile;
  readonly answers: readonly ModelAnswer[];
  readonly study: Study | null;
  readonly training: Training;
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

/** What the dataset `folder` held out, and its records. */
export async function readTraining(folder: string): Promise<Training> {
  const { holdOut } = (await readManifest('compare', folder)).settings;
  return { heldOut: holdOut, records: await readSplit(folder, 'train') };
}

/** Compares what is at hand. Throws UserError where a source leaves a query open or the study does not have one. */
export async function compareAnswers(
  { people, answers, study, training }: CompareMaterial,
  options: CompareOptions & { readonly seed: number; readonly hasControls?: boolean },
  control: RunControl = {},
): Promise<PeopleComparison> {
  const pooled = poolSeeds(answers);
  const known = study && knownQueries(study, people.groups);
  const queries = people.groups.flatMap((group) => group.queries);
  const sets = options.hasControls ? withControls(pooled, queries, known, training.records) : pooled;
  const random = createRandom(options.seed);
  const compare = (groups: readonly PeopleGroup[], ...labels: string[]): Promise<Comparison> =>
    runSteps(comparePeople(random.split('compare', ...labels), groups, sets, options), control);
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
    replies: repliesOf(pooled, answers),
    warnings: unasked(people.groups, pooled),
  };
}

/** Everybody's answers to each of `scenarioIds` as histograms, seeds pooled. Throws UserError on a scenario people were not asked about. */
export function histogramsOf(
  { people, answers, study }: CompareMaterial,
  scenarioIds: readonly string[],
): ScenarioHistograms[] {
  const pooled = poolSeeds(answers);
  const textOf = (query: QueryName): string => queryText(study, query);
  return scenarioIds.map((id) => scenarioDistributions(people.groups, pooled, id, textOf));
}

/** The scenarios as histograms and overlays. */
function inFull(material: CompareMaterial, scenarioIds: readonly string[]): FullScenario[] {
  const pooled = poolSeeds(material.answers);
  const textOf = (query: QueryName): string => queryText(material.study, query);
  return histogramsOf(material, scenarioIds).map((histograms) => ({
    ...histograms,
    overlays: scenarioOverlays(material.people.groups, pooled, histograms.scenarioId, textOf),
  }));
}

/** The answers of a file, or of a dataset built from the study's scenarios: its programs' and, where it has them, their priors. */
async function answersAt(path: string): Promise<readonly ModelAnswer[]> {
  if (!existsSync(join(path, MANIFEST_FILE))) return readAnswers(path);
  const { records: counts } = await readManifest('compare', path);
  const filled = SPLITS.filter((split) => counts[split] > 0);
  const records = (await Promise.all(filled.map((split) => readSplit(path, split)))).flat();
  const hasPriors = records.every(({ priorMean }) => priorMean !== undefined);
  return [...programAnswers(records).answers, ...(hasPriors ? priorAnswers(records).answers : [])];
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
  const material: CompareMaterial = {
    people: await readPeople(human, options),
    answers: (await Promise.all(answers.map(answersAt))).flat(),
    study: options.study === undefined ? null : loadStudy(options.study),
    training: options.training === undefined ? NO_TRAINING : await readTraining(options.training),
  };
  const scenarios = inFull(material, options.scenarios ?? []);
  return { ...(await compareAnswers(material, options, control)), scenarios };
}

const repliesOf = (sets: readonly AnswerSet[], given: readonly ModelAnswer[]): PeopleComparison['replies'] =>
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
