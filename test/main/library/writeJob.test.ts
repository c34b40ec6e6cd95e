/** Scenarios by a language service, as a job: a service on this machine, what it costs, the cap, and what is refused. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHost, type Host } from '../../../main/host.ts';
import type { Job, JobInput } from '../../../shared/job.ts';
import { EVERY_SCENARIO } from '../../../shared/library.ts';
import { type ChatServer, startChatServer } from '../language/chatServer.ts';
import { FAST_PLACE } from '../store/openLab.ts';

const RESEARCHER = { role: 'researcher' } as const;
let root: string;
let host: Host;
let server: ChatServer;

beforeEach(async () => {
  root = mkdtempSync(join(FAST_PLACE, 'write-'));
  host = await createHost({ workspace: join(root, 'lab'), mode: 'headless', studies: join(root, 'none') });
  server = await startChatServer({ reply: () => 'I would rather not.' });
});
afterEach(async () => {
  await host.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

async function write(changes: Partial<JobInput<'write'>> = {}): Promise<Job | undefined> {
  const input: JobInput<'write'> = {
    name: 'first',
    domain: 'sports',
    style: 'structured',
    count: 2,
    seed: 1,
    hasPrograms: true,
    service: {
      protocol: 'openai-compatible',
      languageModel: 'imitation',
      baseUrl: server.baseUrl,
      prices: { input: 1, output: 1 },
    },
    ...changes,
  };
  const { jobId } = await host.handlers['jobs.start']({ kind: 'write', input }, RESEARCHER);
  for (;;) {
    const job = (await host.handlers['jobs.list']({}, RESEARCHER)).find((other) => other.jobId === jobId);
    if (job?.state !== 'queued' && job?.state !== 'running') return job;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('asks with the key of the settings, keeps nothing that is no scenario, and says what was lost and spent', async () => {
  await host.handlers['keys.set']({ provider: 'openai-compatible', key: 'sk-a-key-for-tests' }, RESEARCHER);
  const job = await write();
  expect(job).toMatchObject({ state: 'done', title: 'Let imitation write 2 sports scenarios', problem: null });
  expect(job?.outcome).toMatch(/^0 of 2 scenarios kept; lost at: .+; \$0\.\d{4} spent$/);
  expect([...server.authorizations]).toEqual(['Bearer sk-a-key-for-tests']);
  const list = await host.handlers['library.scenarios']({ filter: EVERY_SCENARIO, offset: 0, limit: 10 }, RESEARCHER);
  expect(list.total).toBe(0);
  const asked = server.requests();
  expect((await write())?.outcome, 'what is paid for is not asked again').toBe(job?.outcome);
  expect(server.requests()).toBe(asked);
});

it('refuses a cap without prices, and an address that is not encrypted', async () => {
  const service = { protocol: 'google', languageModel: 'imitation' } as const;
  expect((await write({ maxCost: 1, service }))?.problem).toContain('a most to spend needs the prices');
  expect((await write({ service: { ...service, baseUrl: 'http://example.com/v1' } }))?.problem).toContain(
    'is not encrypted',
  );
});
