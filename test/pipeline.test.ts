/**
 * Every step from a scenario to a report, on a toy study whose answers are known in closed form. Read this first: each test is one arrow of
 * the data flow, and what one makes the next one takes.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerSet } from '../engine/evaluation/answerSet.ts';
import { createRandom } from '../engine/random.ts';
import { checkScenario } from '../engine/scenario/checker.ts';
import { generateScenarios } from '../engine/scenario/generate.ts';
import { toTrainingTarget } from '../engine/training/target.ts';
import { composeReport } from '../main/demo/composeReport.ts';
import { simulateSession } from '../main/demo/simulateSession.ts';
import { reportHtml } from '../main/exchange/reportHtml.ts';
import { createHost, type Host } from '../main/host.ts';
import { askTransformers, floorAnswers, programAnswers } from '../main/jobs/answerSources.ts';
import { buildDataset } from '../main/jobs/datasetBuild.ts';
import { readSplit } from '../main/processes/datasetFiles.ts';
import { createInferencePool } from '../main/processes/inferencePool.ts';
import { runFineTune } from '../main/processes/trainingRunner.ts';
import type { Posterior } from '../shared/posterior.ts';
import type { DatasetRecord } from '../shared/training.ts';
import { transformerFolder } from './main/processes/trainingFixture.ts';
import { CLOSED_FORM, type Result, toyScenario, toyStudy } from './toyStudy.ts';

const RESULTS: Result[] = ['won', 'lost'];
const QUERIES = ['strength', 'next'] as const;
const SEED = 11;
const PARTICIPANTS = 12;
/** Monte Carlo standard error of every posterior mean, in points. */
const PRECISION = 0.1;

const folder = mkdtempSync(join(tmpdir(), 'credence-pipeline-'));
const pool = createInferencePool({ workers: 1 });
const study = toyStudy();
const dataset = join(folder, 'dataset');
let host: Host;

beforeAll(async () => {
  host = await createHost({ workspace: join(folder, 'workspace'), mode: 'headless' });
});
afterAll(async () => {
  await pool.stop();
  await host?.close();
  rmSync(folder, { recursive: true, force: true });
});

const resultOf = (scenarioId: string): Result => (scenarioId.includes('won') ? 'won' : 'lost');
const truthOf = ({ scenarioId, queryId }: { scenarioId: string; queryId: string }) =>
  CLOSED_FORM[resultOf(scenarioId)][queryId as (typeof QUERIES)[number]];

describe('the data flow, arrow by arrow', () => {
  it('motif and domain → scenario: the generated scenario shows its motif and has a program', () => {
    const [scenario] = generateScenarios({ domain: 'sports', count: 1, seed: SEED });
    expect(checkScenario(scenario)).toEqual([]);
    expect(scenario.program).toContain('var model');
  });

  const posteriors: Record<string, Posterior> = {};
  it('scenario → program → posterior: inference agrees with the closed form', async () => {
    for (const scenario of study.scenarios) {
      const options = { method: 'rejection', precision: PRECISION, seed: SEED } as const;
      posteriors[scenario.id] = await pool.run({ source: scenario.program ?? '', options });
    }
    for (const result of RESULTS)
      for (const query of QUERIES) {
        const { accepted = 0, queries } = posteriors[`ann-${result}`];
        const { mean, mcse, bins } = queries[query];
        const truth = CLOSED_FORM[result][query];
        expect(mcse).toBeLessThanOrEqual(PRECISION);
        expect(Math.abs((mean ?? Number.NaN) - truth.mean)).toBeLessThan(4 * (mcse ?? 0));
        for (const [answer, prob] of Object.entries(truth.probs)) {
          const standardError = Math.sqrt((prob * (1 - prob)) / accepted);
          expect(Math.abs((bins?.[Number(answer)] ?? Number.NaN) - prob)).toBeLessThanOrEqual(4 * standardError);
        }
      }
  });

  it('posterior → training target: the bins are the posterior’s, and the mean target is its mean', () => {
    const target = toTrainingTarget(posteriors['ann-won'].queries.strength);
    expect(target.bins).toEqual(posteriors['ann-won'].queries.strength.bins);
    expect(toTrainingTarget(posteriors['ann-won'].queries.strength, 'mean').bins.indexOf(1)).toBe(63);
  });

  it('scenarios → dataset: records carry prompts, labels, priors and their split', async () => {
    // Copies under other names in a held-out cell, so that validation and test have some of both.
    const copies = Array.from({ length: 8 }, (_, i) =>
      toyScenario(`copy-${RESULTS[i % 2]}-${i}`, RESULTS[i % 2], true),
    );
    const scenarios = [...study.scenarios, ...copies];
    const summary = await buildDataset({ scenarios, outDir: dataset, pool, seed: SEED, precision: 0.4 });
    expect(summary.scenarios).toEqual({ labelled: 10, rejected: 0 });
    expect(summary.records.train).toBe(4);
    expect(Math.min(summary.records.validation, summary.records.test)).toBeGreaterThan(0);
    for (const record of await readSplit(dataset, 'test')) {
      // Four standard errors of a prior's mean, which is known to one point.
      expect(Math.abs((record.priorMean ?? Number.NaN) - 50)).toBeLessThan(4);
      expect(record.context).toContain(resultOf(record.scenarioId) === 'won' ? 'Ann beat Bob.' : 'Ann lost to Bob.');
    }
  });

  const transformer = transformerFolder(folder);
  let test: DatasetRecord[] = [];
  let answers: AnswerSet[] = [];
  it('dataset → LoRA adapter → answers: the tuned transformer answers as the closed form does', async () => {
    const { adapter } = await runFineTune({
      transformer,
      dataset,
      out: join(folder, 'run'),
      config: { rank: 8, learningRate: 5e-3, epochBatches: 20, epochs: 6, threads: 1, seed: SEED },
    });
    test = await readSplit(dataset, 'test');
    answers = await askTransformers(
      transformer,
      [
        { source: 'base', sourceId: 'base', label: 'Base', adapter: null },
        { source: 'adapter', sourceId: 'tuned', label: 'Tuned', adapter },
      ],
      { dataset, split: 'test' },
      { device: { threads: 1 }, control: {} },
    );
    const [base, tuned] = answers;
    expect(tuned.answers).toHaveLength(test.length);
    for (const answer of tuned.answers) {
      const truth = truthOf(answer);
      expect(Math.abs(answer.mean - truth.mean)).toBeLessThan(4);
      for (const [value, prob] of Object.entries(truth.probs))
        expect(Math.abs((answer.bins?.[Number(value)] ?? 0) - prob)).toBeLessThan(0.08);
    }
    const error = (set: AnswerSet): number =>
      set.answers.reduce((sum, a) => sum + Math.abs(a.mean - truthOf(a).mean), 0);
    expect(error(base)).toBeGreaterThan(5 * error(tuned));
  });

  it('study → session → participants → responses → comparison → report: every answer is kept and compared', async () => {
    const versionId = host.importStudy(study);
    const ratings = await simulateSession(host, { versionId, posteriors, participants: PARTICIPANTS, seed: SEED }, {});
    expect(ratings).toHaveLength(PARTICIPANTS * 4);
    const summaries = await host.handlers['studies.list']({}, { role: 'researcher' });
    const summary = summaries.find((candidate) => candidate.versionId === versionId);
    expect(summary).toMatchObject({ participants: { simulated: PARTICIPANTS }, responses: PARTICIPANTS * 4 });
    if (!summary) return;

    const training = await readSplit(dataset, 'train');
    const report = composeReport(createRandom(SEED), {
      id: 'toy',
      createdAt: '2026-01-01T00:00:00.000Z',
      seed: SEED,
      version: '0.0.0',
      replicates: 500,
      methods: ['A toy study.'],
      study: summary,
      participants: PARTICIPANTS,
      test: {
        records: test,
        scenarios: [],
        program: programAnswers(test),
        answers: [...answers, ...floorAnswers(training, test)],
      },
      people: { records: training, ratings, answers: [programAnswers(training)] },
    });
    const row = (sourceId: string) => report.evaluation.find((candidate) => candidate.sourceId === sourceId);
    // A constant 50 errs by |63.3 − 50| on strength and |16.7 − 50| on the next contest: 23.3 on average.
    expect(row('constant-50')?.mae.value).toBeCloseTo((40 / 3 + 100 / 3) / 2, -0.3);
    expect(row('tuned')?.mae.value).toBeLessThan(4);
    expect(report.scatters[0].r?.value).toBeGreaterThan(0.8);

    const page = readFileSync(host.addReport(report, reportHtml(report)), 'utf8');
    expect(page).toContain('<svg');
    expect(page).toContain('SIMULATED');
    expect(await host.handlers['reports.read']({ id: 'toy' }, { role: 'researcher' })).toEqual(report);
  });
});
