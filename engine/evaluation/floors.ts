/** Floors: answers that use nothing of what was observed. An answer that does not beat them has learnt nothing about the scenario. */
import { UserError } from '../../shared/errors.ts';
import { ANSWER_COUNT } from '../../shared/posterior.ts';
import type { DatasetRecord } from '../../shared/training.ts';
import type { AnswerSet, QueryName } from './answerSet.ts';

/** The middle of the scale, always. It has no distribution of its own. */
export const constantAnswers = (records: readonly QueryName[], constant = 50): AnswerSet => ({
  source: 'floor',
  sourceId: `constant-${constant}`,
  label: `Always ${constant}`,
  answers: records.map(({ scenarioId, queryId }) => ({
    scenarioId,
    queryId,
    source: 'floor',
    sourceId: `constant-${constant}`,
    mean: constant,
  })),
});

type KindMean = { readonly mean: number; readonly bins: number[] };

/** Mean target and mean histogram of `records`. */
function average(records: readonly DatasetRecord[]): KindMean {
  const bins = new Array<number>(ANSWER_COUNT).fill(0);
  let mean = 0;
  for (const record of records) {
    mean += record.mean / records.length;
    for (let answer = 0; answer < ANSWER_COUNT; answer++) bins[answer] += record.bins[answer] / records.length;
  }
  return { mean, bins };
}

/**
 * The mean over `training` of the query's kind, and as distribution the mean of its histograms. Only records of split `train` count.
 * A kind that training lacks gets the mean over all kinds. Throws UserError without training records.
 */
export function kindMeanAnswers(
  training: readonly DatasetRecord[],
  records: readonly (QueryName & Pick<DatasetRecord, 'kind'>)[],
): AnswerSet {
  const known = training.filter((record) => record.split === 'train');
  if (known.length === 0)
    throw new UserError(
      `floor "training mean": expected records of split train, received ${training.length} of others`,
    );
  const overall = average(known);
  const byKind = new Map(
    [...new Set(known.map(({ kind }) => kind))].map((kind) => [kind, average(known.filter((r) => r.kind === kind))]),
  );
  return {
    source: 'floor',
    sourceId: 'kind-mean',
    label: 'Training mean of the query’s kind',
    answers: records.map(({ scenarioId, queryId, kind }) => ({
      scenarioId,
      queryId,
      source: 'floor',
      sourceId: 'kind-mean',
      ...(byKind.get(kind) ?? overall),
    })),
  };
}

/** The program's own prior: the same program without its conditions. Throws UserError where a record has none. */
export const priorAnswers = (records: readonly DatasetRecord[]): AnswerSet => ({
  source: 'prior',
  sourceId: 'prior',
  label: 'Program without observations',
  answers: records.map((record) => {
    if (record.priorMean === undefined)
      throw new UserError(`floor "prior": no prior for query ${record.queryId} of scenario ${record.scenarioId}`, {
        hint: 'build the dataset with priors',
        location: { path: `${record.scenarioId}/${record.queryId}` },
      });
    return {
      scenarioId: record.scenarioId,
      queryId: record.queryId,
      source: 'prior',
      sourceId: 'prior',
      mean: record.priorMean,
      ...(record.priorBins ? { bins: record.priorBins } : {}),
    };
  }),
});
