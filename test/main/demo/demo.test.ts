/** The demo in its smallest form: its folder is a workspace with a report, and a seed repeats every number. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runDemo } from '../../../main/demo/demo.ts';
import { type DemoSize, QUICK } from '../../../main/demo/demoSizes.ts';
import { evaluationTable } from '../../../main/demo/evaluationTable.ts';
import { createHost } from '../../../main/host.ts';
import type { Progress } from '../../../shared/progress.ts';
import type { Report } from '../../../shared/report.ts';

const SMALLEST: DemoSize = {
  ...QUICK,
  scenarios: 48,
  precision: 3,
  participants: 4,
  bootstrapReplicates: 200,
  training: { ...QUICK.training, epochBatches: 2, epochs: 2 },
};

const folder = mkdtempSync(join(tmpdir(), 'credence-demo-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(name: string, seed: number, workers: number, seen: Progress[] = []): Promise<Report> {
  const outDir = join(folder, name);
  const options = { outDir, size: SMALLEST, seed, workers };
  const { report, reportPath } = await runDemo(options, { onProgress: (progress) => seen.push(progress) });
  expect(existsSync(reportPath)).toBe(true);
  return { ...report, createdAt: '' };
}

describe('the demo', { timeout: 300_000 }, () => {
  const seen: Progress[] = [];
  let first: Report;

  it('compares base, two adapters, three floors and simulated people, and shows progress in every stage', async () => {
    first = await run('first', 3, 2, seen);
    expect(first.evaluation.map(({ source, sourceId }) => `${source}/${sourceId}`)).toEqual([
      'base/base',
      'base/base-turned',
      'adapter/distribution',
      'adapter/mean',
      'floor/constant-50',
      'floor/kind-mean',
      'prior/prior',
    ]);
    for (const { n, mae } of first.evaluation) {
      expect(n).toBeGreaterThan(0);
      expect(mae.low).toBeLessThanOrEqual(mae.value);
      expect(mae.high).toBeGreaterThanOrEqual(mae.value);
    }
    expect(first.study).toMatchObject({ stage: 'simulated', nParticipants: 4 });
    expect(first.scatters.map(({ sourceId }) => sourceId)).toEqual(['program', 'base', 'distribution', 'mean']);
    const stages = new Set(seen.map(({ stage }) => stage));
    for (const stage of ['labels', 'train (distribution)', 'train (mean)', 'simulated participants', 'answer (base)'])
      expect(stages).toContain(stage);
    expect(evaluationTable(first)).toMatch(/^Always 50 +\d+\.\d\d \[/m);
  });

  it('leaves a workspace that opens, with its simulated session and its report', async () => {
    const workspace = join(folder, 'first');
    const host = await createHost({ workspace, mode: 'headless' });
    const caller = { role: 'researcher' } as const;
    expect(await host.handlers['sessions.list']({}, caller)).toMatchObject([{ stage: 'simulated', participants: 4 }]);
    const [heading] = await host.handlers['reports.list']({}, caller);
    expect(heading).toMatchObject({ id: 'demo-3', seed: 3 });
    await host.close();
    const page = readFileSync(join(workspace, 'reports', 'demo-3', 'report.html'), 'utf8');
    expect(page).toContain('SIMULATED');
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it('repeats every number from its seed, whatever the number of workers', async () => {
    expect(await run('second', 3, 1)).toEqual(first);
  });

  it('finds other numbers from another seed, and replaces only its own folder', async () => {
    const other = await run('second', 4, 2);
    expect(other.evaluation[0].mae.value).not.toBe(first.evaluation[0].mae.value);
    expect(existsSync(join(folder, 'second', 'reports', 'demo-3'))).toBe(false);
  });
});
