/** The demo's report, from what its stages found. */
import type { AnswerSet } from '../../engine/evaluation/answerSet.ts';
import { answersTo } from '../../engine/evaluation/answerSet.ts';
import { correlate, type Rating } from '../../engine/evaluation/correlate.ts';
import { directionControl } from '../../engine/evaluation/directionControl.ts';
import { evaluateAnswers } from '../../engine/evaluation/evaluateAnswers.ts';
import type { Random } from '../../engine/random.ts';
import { unitText } from '../../engine/statistics/resamplePeople.ts';
import type { StudySummary } from '../../shared/api.ts';
import type { Overlay, Report } from '../../shared/report.ts';
import type { Scenario } from '../../shared/scenario.ts';
import type { DatasetRecord } from '../../shared/training.ts';

const LEVEL = 0.95;
const UNIT = 'participants';

export type Findings = {
  readonly id: string;
  readonly createdAt: string;
  readonly seed: number;
  readonly version: string;
  readonly replicates: number;
  readonly methods: readonly string[];
  readonly study: StudySummary;
  readonly participants: number;
  /** The test queries, their scenarios, and every source's answers to them, floors included. */
  readonly test: {
    readonly records: readonly DatasetRecord[];
    readonly scenarios: readonly Scenario[];
    readonly program: AnswerSet;
    readonly answers: readonly AnswerSet[];
  };
  /** The study's queries, the simulated people's ratings, and every source's answers to them. */
  readonly people: {
    readonly records: readonly DatasetRecord[];
    readonly ratings: readonly Rating[];
    readonly answers: readonly AnswerSet[];
  };
};

/** The test query whose results move its program furthest from the prior; chosen without looking at any transformer. */
function mostTelling(records: readonly DatasetRecord[]): DatasetRecord {
  const shift = (record: DatasetRecord): number => Math.abs(record.mean - (record.priorMean ?? record.mean));
  return records.reduce((best, record) => (shift(record) > shift(best) ? record : best));
}

function composeOverlay({ test }: Findings): Overlay {
  const record = mostTelling(test.records);
  const scenario = test.scenarios.find(({ id }) => id === record.scenarioId);
  const query = scenario?.queries.find(({ id }) => id === record.queryId);
  const transformers = test.answers.filter(({ source }) => source === 'base' || source === 'adapter');
  return {
    scenarioId: record.scenarioId,
    queryId: record.queryId,
    background: scenario?.background ?? '',
    conditions: scenario?.conditions.map(({ text }) => text) ?? [],
    queryText: query?.text ?? record.question,
    kind: record.kind,
    series: [test.program, ...transformers].flatMap(({ source, sourceId, label, ...set }) => {
      const [{ bins, mean }] = answersTo({ source, sourceId, label, ...set }, [record]);
      return bins ? [{ source, sourceId, label, bins: [...bins], mean }] : [];
    }),
  };
}

/** The answers, and after the base the same with its contests turned around: what knowing the convention alone would give. */
const withDirectionControl = ({ records, answers }: Findings['test']): AnswerSet[] =>
  answers.flatMap((set) => (set.source === 'base' ? [set, directionControl(set, records)] : [set]));

/** The whole report. `random` draws the bootstrap's resamples. */
export function composeReport(random: Random, findings: Findings): Report {
  const { id, createdAt, seed, version, replicates, study, test, people } = findings;
  const interval = { replicates, level: LEVEL };
  return {
    formatVersion: 1,
    id,
    title: `Demonstration, seed ${seed}`,
    createdAt,
    seed,
    version,
    methods: [...findings.methods],
    study: {
      slug: study.slug,
      title: study.title,
      hash: study.hash,
      stage: 'simulated',
      nParticipants: findings.participants,
    },
    evaluation: evaluateAnswers(random.split('evaluation'), test.records, withDirectionControl(test), interval),
    overlay: composeOverlay(findings),
    scatters: correlate(
      random.split('correlation'),
      people.ratings,
      { queries: people.records, unit: UNIT, ...interval },
      people.answers,
    ),
    interval: { level: LEVEL, replicates, unit: unitText(UNIT), seed },
  };
}
