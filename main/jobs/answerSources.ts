/** Everybody's answers to a set of records: base and adapters by running the transformer, program, prior and floors from the records. */
import type { AnswerSet } from '../../engine/evaluation/answerSet.ts';
import { constantAnswers, kindMeanAnswers, priorAnswers } from '../../engine/evaluation/floors.ts';
import type { DatasetRecord, Split } from '../../shared/training.ts';
import { answerQueries, type TrainingControl } from '../processes/trainingRunner.ts';

/** One transformer as it is asked: the base, or the base with an adapter. */
export type Respondent = {
  readonly source: 'base' | 'adapter';
  readonly sourceId: string;
  readonly label: string;
  readonly adapter: string | null;
};

/** Which queries are asked: one split of a dataset folder. */
export type Questions = { readonly dataset: string; readonly split: Split };

/** One answer set per respondent, in their order. */
export async function askTransformers(
  transformer: string,
  respondents: readonly Respondent[],
  questions: Questions,
  options: { readonly device: Parameters<typeof answerQueries>[0]['device']; readonly control: TrainingControl },
): Promise<AnswerSet[]> {
  const sets: AnswerSet[] = [];
  for (const { source, sourceId, label, adapter } of respondents) {
    const answers = await answerQueries(
      {
        transformer,
        adapter,
        records: questions.dataset,
        split: questions.split,
        source,
        sourceId,
        device: options.device,
      },
      options.control,
    );
    sets.push({ source, sourceId, label, answers });
  }
  return sets;
}

/** The programs' own answers, as the records hold them. */
export const programAnswers = (records: readonly DatasetRecord[]): AnswerSet => ({
  source: 'posterior',
  sourceId: 'program',
  label: 'Program',
  answers: records.map(({ scenarioId, queryId, mean, sd, bins }) => ({
    scenarioId,
    queryId,
    source: 'posterior',
    sourceId: 'program',
    mean,
    sd,
    bins,
  })),
});

/** The floors: what is reached without reading the scenario's results; the prior where every record has one. */
export const floorAnswers = (training: readonly DatasetRecord[], records: readonly DatasetRecord[]): AnswerSet[] => [
  constantAnswers(records),
  kindMeanAnswers(training, records),
  ...(records.every(({ priorMean }) => priorMean !== undefined) ? [priorAnswers(records)] : []),
];
