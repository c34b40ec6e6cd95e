/** Comparison of files: planted truth is recovered, people and seeds are pooled as asked, facets follow the study. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompareFilesOptions, compareFiles, type FilesComparison } from '../../../main/exchange/compareFiles.ts';
import { resource } from '../../../main/resources.ts';
import { loadStudy } from '../../../main/studies.ts';
import { PEOPLE, plantStudy, populationBins, QUERIES, SCENARIOS } from './plantedStudy.ts';

const options: CompareFilesOptions = {
  aggregation: 'person-means',
  unit: 'participants',
  replicates: 300,
  level: 0.95,
  splits: 60,
  seed: 5,
};
const planted = plantStudy(8);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'credence-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const answerLines = (sourceId: string, answer: (truth: number) => object): string =>
  lines(
    [...planted.truth].map(([key, truth]) => {
      const [scenarioId, queryId] = key.split('/');
      return { scenarioId, queryId, source: 'external', sourceId, ...answer(truth) };
    }),
  );

describe('planted truth', () => {
  let result: FilesComparison;
  beforeAll(async () => {
    result = await compareFiles(
      write('people.json', planted.multiClick),
      [
        write(
          'perfect.jsonl',
          answerLines('perfect', (truth) => ({ bins: populationBins(truth) })),
        ),
        write(
          'turned.jsonl',
          answerLines('turned', (truth) => ({ mean: 100 - truth })),
        ),
        write(
          'constant.jsonl',
          answerLines('constant', () => ({ mean: 50 })),
        ),
      ],
      { ...options, scenarios: ['planted-3', 'planted-1'] },
    );
  });
  const source = (id: string) => {
    const found = result.sources.find(({ sourceId }) => sourceId === id);
    if (!found) throw new Error(`no source ${id}`);
    return found;
  };

  it('counts what the file holds', () => {
    expect(result).toMatchObject({ design: 'nested', stage: null, missing: 0, warnings: [] });
    expect(result.people).toMatchObject({
      participants: SCENARIOS * PEOPLE,
      queries: SCENARIOS * QUERIES,
      values: SCENARIOS * PEOPLE * QUERIES * 5,
    });
  });

  it('finds the planted reliability, and the perfect source at its ceiling', () => {
    const { reliability, ceiling } = result.people.splitHalf;
    expect(Math.abs((reliability?.value ?? 0) - planted.reliability)).toBeLessThan(0.02);
    expect(ceiling).toBeCloseTo(Math.sqrt(reliability?.value ?? 0), 12);
    expect(Math.abs((source('perfect').r?.value ?? 0) - (ceiling ?? 0))).toBeLessThan(0.015);
  });

  it('has every estimate inside its interval, the reliability and the differences too', () => {
    const inside = (estimate: { value: number; low: number; high: number } | null | undefined): boolean =>
      !estimate || (estimate.low <= estimate.value && estimate.value <= estimate.high);
    for (const { r, spearman, rmse, mae, bias } of result.sources)
      for (const estimate of [r, spearman, rmse, mae, bias]) expect(inside(estimate)).toBe(true);
    for (const { r, rmse } of result.differences) expect(inside(r) && inside(rmse)).toBe(true);
    expect(inside(result.people.splitHalf.reliability)).toBe(true);
  });

  it('shows one scenario in full: people, and who has a distribution at what distance', async () => {
    const [scenario] = result.scenarios;
    expect(result.scenarios.map(({ scenarioId }) => scenarioId)).toEqual(['planted-3', 'planted-1']);
    expect(scenario?.queries.map(({ text }) => text)).toEqual(
      Array.from({ length: QUERIES }, (_, q) => `query${q + 1}`),
    );
    expect(scenario?.rows.map(({ label }) => label)).toEqual([
      'People',
      'external perfect',
      'external turned',
      'external constant',
    ]);
    const [people, perfect, turned] = scenario?.rows ?? [];
    for (const [q, cell] of (perfect?.cells ?? []).entries()) {
      expect(cell?.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(cell?.distance).toBeLessThan(8);
      expect(Math.abs((people?.cells[q]?.mean ?? 0) - (cell?.mean ?? 0))).toBeLessThan(14);
    }
    expect(turned?.cells).toEqual(new Array(QUERIES).fill(null));
    const unknown = compareFiles(join(folder, 'people.json'), [join(folder, 'perfect.jsonl')], {
      ...options,
      scenarios: ['elsewhere'],
    });
    await expect(unknown).rejects.toMatchObject({
      name: 'UserError',
      message: 'compare: people were not asked about scenario elsewhere',
      hint: expect.stringContaining('they were asked about planted-0, planted-1'),
    });
  });

  it('overlays what people and sources with a distribution answer to each of its queries, as shares of the 101 answers', () => {
    const [{ overlays, rows }] = result.scenarios;
    expect(overlays).toHaveLength(QUERIES);
    overlays.forEach(({ series }, q) => {
      expect(series.map(({ label, people }) => [label, people])).toEqual([
        ['People', PEOPLE],
        ['external perfect', undefined],
      ]);
      for (const { bins } of series) expect(bins.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      const centre = series[0].bins.reduce((sum, share, answer) => sum + share * answer, 0);
      expect(Math.abs(centre - (rows[0].cells[q]?.mean ?? 0))).toBeLessThanOrEqual(0.5);
    });
  });

  it('keeps the sign of r: a turned source is as far below zero, with the same square', () => {
    expect(source('turned').r?.value).toBeLessThan(-0.9);
    expect(source('turned').rSquared).toBeGreaterThan(0.85);
    const difference = result.differences.find(({ first }) => first === 'external perfect');
    expect(difference?.r?.low).toBeGreaterThan(1.7);
  });

  it('finds the perfect distribution no farther from people than they are from each other', () => {
    const floor = result.people.divergence.wasserstein?.value ?? Number.NaN;
    expect(source('perfect').divergence.wasserstein?.value).toBeLessThan(1.02 * floor);
    expect(source('perfect').divergence.wasserstein?.value).toBeGreaterThan(0.5 * floor);
  });

  it('gives null and a reason, never a number, where something is undefined', () => {
    expect(source('constant')).toMatchObject({ r: null, spearman: null, line: null, rSquared: null });
    expect(source('constant').mae?.value).toBeGreaterThan(5);
    expect(source('turned').divergence).toEqual({ wasserstein: null, jensenShannon: null, totalVariation: null });
    expect(result.reasons).toEqual([
      'external turned: no divergences: some answers are means without bins or samples',
      'external constant: r is undefined: one side does not vary, or fewer than two queries are rated',
      'external constant: no divergences: some answers are means without bins or samples',
    ]);
    expect(JSON.stringify(result)).not.toContain('NaN');
  });
});

describe('long comparisons', () => {
  it('tell how far they are and stop when asked', async () => {
    const human = write('long.json', planted.multiClick);
    const answers = write(
      'long.jsonl',
      answerLines('perfect', (truth) => ({ mean: truth })),
    );
    const abort = new AbortController();
    const stages = new Set<string>();
    const run = compareFiles(human, [answers], options, {
      signal: abort.signal,
      onProgress: ({ stage, done }) => {
        stages.add(stage);
        if (done > 0) abort.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ name: 'CancelledError', message: 'compare: cancelled' });
    expect([...stages]).toContain('resampling');
  });
});

describe('aggregation and pooling', () => {
  const people = (): string =>
    write('uneven.json', {
      a: [
        { q1: [10], q2: [20] },
        { q1: [40, 40, 40], q2: [80] },
      ],
      b: [
        { q1: [60], q2: [90] },
        { q1: [70], q2: [] },
      ],
    });
  const answers = (): string =>
    write(
      'uneven.jsonl',
      lines(
        [
          ['a', 'q1', 30],
          ['a', 'q2', 50],
          ['b', 'q1', 60],
          ['b', 'q2', 90],
        ].map(([scenarioId, queryId, mean]) => ({
          scenarioId,
          queryId,
          source: 'base',
          sourceId: 'base',
          mean,
        })),
      ),
    );

  it('counts each person once, or each value once, as asked', async () => {
    const mae = async (aggregation: 'person-means' | 'pooled'): Promise<number | undefined> =>
      (await compareFiles(people(), [answers()], { ...options, aggregation })).sources[0].mae?.value;
    // Person means: 25, 50, 65, 90. Pooled: (10 + 120)/4 = 32.5, 50, 65, 90.
    expect(await mae('person-means')).toBeCloseTo((5 + 0 + 5 + 0) / 4, 12);
    expect(await mae('pooled')).toBeCloseTo((2.5 + 0 + 5 + 0) / 4, 12);
    expect((await compareFiles(people(), [answers()], options)).missing).toBe(1);
  });

  it('pools the seeds of one source into one answer', async () => {
    const twoSeeds = write(
      'seeds.jsonl',
      lines(
        [0, 20].flatMap((shift, seed) =>
          [
            ['a', 'q1'],
            ['a', 'q2'],
            ['b', 'q1'],
            ['b', 'q2'],
          ].map(([scenarioId, queryId], i) => ({
            scenarioId,
            queryId,
            source: 'adapter',
            sourceId: 'run',
            seed,
            mean: [15, 40, 55, 80][i] + shift,
          })),
        ),
      ),
    );
    const [source] = (await compareFiles(people(), [twoSeeds], options)).sources;
    expect(source.label).toBe('adapter run (2 seeds)');
    expect(source.mae?.value).toBeCloseTo((0 + 0 + 0 + 0) / 4, 12);
  });
});

describe('facets', () => {
  it('follow the study: kinds, subdomains, cells and the mean of their r²', async () => {
    const study = resource('studies', 'field-day');
    const asked = loadStudy(study).scenarios.flatMap((scenario) =>
      scenario.queries.map((query, i) => ({
        scenarioId: scenario.id,
        queryId: query.id,
        kind: query.kind,
        truth: 10 + ((i * 37 + scenario.id.length * 11) % 80),
      })),
    );
    const human = write(
      'crowd.jsonl',
      lines(
        ['p1', 'p2', 'p3'].flatMap((participantId, p) =>
          asked.map(({ scenarioId, queryId, truth }, i) => ({
            participantId,
            scenarioId,
            queryId,
            rating: truth + ((i * 7 + p * 5) % 9),
            stage: 'simulated',
          })),
        ),
      ),
    );
    const answers = write(
      'kinds.jsonl',
      lines(
        asked.map(({ scenarioId, queryId, kind, truth }) => ({
          scenarioId,
          queryId,
          source: 'base',
          sourceId: 'base',
          mean: kind === 'contest' ? 100 - truth : truth,
        })),
      ),
    );
    const result = await compareFiles(human, [answers], { ...options, study, replicates: 100, splits: 10 });
    expect(result.stage).toBe('simulated');
    const rOf = (value: string): number =>
      result.facets.find((facet) => facet.value === value)?.sources[0].r?.value ?? Number.NaN;
    expect(rOf('rank')).toBeGreaterThan(0.95);
    expect(rOf('contest')).toBeLessThan(-0.95);
    // Squaring hides that the contests are turned around.
    expect(result.meanCellRSquared?.base).toBeGreaterThan(0.9);
    expect(result.facets.filter(({ facet }) => facet === 'cell')).toHaveLength(3 * 4);
  });
});
