/** Comparison of files that do not fit: refused with the place, or a null with its reason, never a silent number. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CompareFilesOptions, compareFiles } from '../../../main/exchange/compareFiles.ts';
import { resource } from '../../../main/resources.ts';

const options: CompareFilesOptions = {
  aggregation: 'person-means',
  unit: 'participants',
  replicates: 300,
  level: 0.95,
  splits: 60,
  seed: 5,
};
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

describe('a file that does not fit', () => {
  const good = (): string => write('good.json', { a: [{ q1: [10, 20] }, { q1: [30] }] });
  const answer = { scenarioId: 'a', queryId: 'q1', source: 'base', sourceId: 'base', mean: 20 };
  const goodAnswers = (): string => write('good.jsonl', lines([answer]));
  const refusal = async (human: string, answers: string, more: Partial<CompareFilesOptions> = {}): Promise<unknown> => {
    try {
      await compareFiles(human, [answers], { ...options, replicates: 100, splits: 10, ...more });
    } catch (error) {
      return error;
    }
    throw new Error('was accepted');
  };

  it('with a value outside 0–100 is refused at its place', async () => {
    const file = write('outside.json', { a: [{ q1: [10, 120] }] });
    expect(await refusal(file, goodAnswers())).toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('a[0].q1[1]'),
      location: { file, path: 'a[0].q1[1]' },
    });
  });

  it('with a missing column is refused at its line', async () => {
    const file = write(
      'column.jsonl',
      lines([
        { participantId: 'p', scenarioId: 'a', queryId: 'q1', rating: 5 },
        { participantId: 'p', scenarioId: 'a', rating: 5 },
      ]),
    );
    expect(await refusal(file, goodAnswers())).toMatchObject({ location: { file, line: 2, path: 'queryId' } });
  });

  it('with a query the source does not answer is refused by name', async () => {
    const file = write('unknown.json', { a: [{ q1: [10], q9: [20] }] });
    expect(await refusal(file, goodAnswers())).toMatchObject({
      message: 'base: no answer to query q9 of scenario a',
      location: { path: 'a/q9' },
    });
  });

  it('with simulated and live answers mixed is refused until one stage is chosen', async () => {
    const mixed = write(
      'mixed.jsonl',
      lines(
        ['live', 'simulated'].map((stage, p) => ({
          participantId: `p${p}`,
          scenarioId: 'a',
          queryId: 'q1',
          rating: 5,
          stage,
        })),
      ),
    );
    expect(await refusal(mixed, goodAnswers())).toMatchObject({
      message: expect.stringContaining('mixes stages: live, simulated'),
      hint: 'choose one with --stage; simulated answers are never mixed with people’s',
    });
    expect(
      (await compareFiles(mixed, [goodAnswers()], { ...options, stage: 'live', replicates: 100, splits: 10 })).stage,
    ).toBe('live');
    expect(await refusal(good(), goodAnswers(), { stage: 'live' })).toMatchObject({
      message: expect.stringContaining('--stage cannot choose'),
    });
  });

  it('with no answer, or one without numbers, is refused', async () => {
    expect(await refusal(write('empty.json', {}), goodAnswers())).toMatchObject({
      message: 'people: expected at least one answer, received none',
    });
    const { mean: _, ...bare } = answer;
    const file = write('bare.jsonl', lines([bare]));
    expect(await refusal(good(), file)).toMatchObject({
      message: 'answers: expected a mean, bins or samples, received none of them',
      location: { file, line: 1 },
    });
    const zeros = write('zeros.jsonl', lines([{ ...bare, bins: new Array(101).fill(0) }]));
    expect(await refusal(good(), zeros)).toMatchObject({
      message: 'answers: expected bins with mass, received 101 zeros',
    });
    expect(
      await refusal(
        write(
          'twice.jsonl',
          lines([1, 2].map((rating) => ({ participantId: 'p', scenarioId: 'a', queryId: 'q1', rating }))),
        ),
        goodAnswers(),
      ),
    ).toMatchObject({
      message: 'people: participant p answers query q1 of scenario a twice',
    });
  });

  it('with queries the study does not have is refused', async () => {
    expect(await refusal(good(), goodAnswers(), { study: resource('studies', 'field-day') })).toMatchObject({
      message: 'compare: people answered query q1 of scenario a, which study field-day does not have',
      location: { path: 'a/q1' },
    });
  });

  it('with one rater gives nulls and says why', async () => {
    const one = write('one.json', { a: [{ q1: [10], q2: [20], q3: [40] }] });
    const answers = write('three.json', { a: { q1: { mean: 12 }, q2: { mean: 22 }, q3: { mean: 44 } } });
    const result = await compareFiles(one, [answers], { ...options, unit: 'queries', replicates: 100, splits: 10 });
    expect(result.people.splitHalf).toEqual({ r: null, reliability: null, ceiling: null });
    expect(result.reasons).toContain('reliability and floors need at least two people per group; there is one');
    expect(result.sources[0].label).toBe('external three');
    expect(result.sources[0].rSquared).toBeGreaterThan(0.99);
  });

  it('with a side that does not vary gives no r, and says why', async () => {
    const people = write('flat.json', {
      a: [
        { q1: [30], q2: [30], q3: [30] },
        { q1: [30], q2: [30], q3: [30] },
      ],
    });
    const answers = write('steep.json', { a: { q1: { mean: 12 }, q2: { mean: 22 }, q3: { mean: 44 } } });
    const result = await compareFiles(people, [answers], { ...options, replicates: 100, splits: 10 });
    expect(result.sources[0]).toMatchObject({ r: null, rSquared: null, spearman: null });
    expect(result.sources[0].mae?.value).toBeCloseTo((18 + 8 + 14) / 3, 9);
    expect(result.reasons).toContain(
      'external steep: r is undefined: one side does not vary, or fewer than two queries are rated',
    );
    expect(result.people.splitHalf.reliability).toBeNull();
  });

  it('with answers nobody was asked for is used, with a warning', async () => {
    const file = write('extra.jsonl', lines([answer, { ...answer, queryId: 'q7' }]));
    expect((await compareFiles(good(), [file], { ...options, replicates: 100, splits: 10 })).warnings).toEqual([
      'base: 1 answers to queries people were not asked, the first a/q7',
    ]);
  });
});
