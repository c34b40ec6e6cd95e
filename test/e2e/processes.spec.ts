/** Children of the desktop application: programs, a dataset, a training step and the lab network run in utility processes. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { JobRequest } from '../../shared/job.ts';
import type { CallReply } from '../../shared/reply.ts';
import { trainConfigSchema } from '../../shared/training.ts';
import { createStationBrowser } from '../main/lan/stationBrowser.ts';
import { expect, openSurface, test } from './surface.ts';
import { emptyWorkspace } from './workspaces.ts';

async function callBridge<T>(page: Page, name: string, input: unknown): Promise<T> {
  const reply: CallReply | undefined = await page.evaluate(
    ([procedure, value]) => window.credence?.[procedure]?.(value),
    [name, input] as const,
  );
  if (!reply?.ok) throw new Error(reply ? reply.error.message : `no ${name}`);
  return reply.value as T;
}

type Job = { readonly jobId: string; readonly state: string; readonly problem: string | null };

/** Starts a job and waits for its end. */
async function runJob(page: Page, request: JobRequest): Promise<void> {
  const { jobId } = await callBridge<Job>(page, 'jobs.start', request);
  const find = async (): Promise<Job | undefined> =>
    (await callBridge<Job[]>(page, 'jobs.list', {})).find((job) => job.jobId === jobId);
  await expect.poll(async () => (await find())?.state, { timeout: 60_000 }).toMatch(/done|failed/);
  expect(await find(), request.kind).toMatchObject({ state: 'done', problem: null });
}

/** Command lines of all processes below this one, on Linux. */
function commandsBelow(pid: number): string[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.flatMap((child) => [
    readFileSync(`/proc/${child}/cmdline`, 'utf8').replaceAll('\0', ' '),
    ...commandsBelow(Number(child)),
  ]);
}

test('runs programs, a dataset, a training step and the lab network in utility processes', async () => {
  test.setTimeout(180_000);
  const surface = await openSurface('desktop', emptyWorkspace());
  const { page } = surface;
  try {
    const filter = { search: '', domain: null, style: null, cell: null, source: null, verdict: null };
    await runJob(page, {
      kind: 'generate',
      input: {
        domain: 'sports',
        style: 'structured',
        count: 12,
        seed: 3,
        cells: '0,0,0;1,1,0;2,1,0;3,0,1',
        teamSizes: [2],
      },
    });
    await runJob(page, { kind: 'run', input: { scenarios: { filter }, precision: 5, seed: 1 } });
    await runJob(page, {
      kind: 'dataset',
      input: {
        name: 'small',
        scenarios: { filter },
        precision: 5,
        seed: 1,
        holdOutCells: '1,1,0;2,1,0',
        target: 'distribution',
        source: 'posterior',
      },
    });
    const config = trainConfigSchema.parse({ steps: 1, batch: 1, epochBatches: 1, threads: 1 });
    await runJob(page, { kind: 'train', input: { name: 'first', transformer: 'bundled', dataset: 'small', config } });
    const lan = { address: '127.0.0.1', port: 0, network: 'isolated' };
    const { open } = await callBridge<{ open: { url: string } }>(page, 'lan.open', lan);
    expect((await createStationBrowser(open.url).send('/')).status).toBe(200);
    if (process.platform === 'linux') {
      const ours = commandsBelow(process.pid).filter((command) => command.includes('main/processes/'));
      expect(ours.some((command) => command.includes('lan/serve'))).toBe(true);
      // Electron's own, or the stand-in's: the packaged application cannot run its binary as plain Node.
      for (const command of ours) expect(command).toMatch(/--type=utility|parentPort/);
    }
  } finally {
    await surface.close();
  }
});
