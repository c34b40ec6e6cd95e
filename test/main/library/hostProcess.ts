/** The process that is killed: a host with a training, a dataset build and a live session under way, which tells its parent when all three are. */
import { createHost } from '../../../main/host.ts';
import type { Job, JobRequest } from '../../../shared/job.ts';
import { EVERY_SCENARIO } from '../../../shared/library.ts';
import { trainConfigSchema } from '../../../shared/training.ts';
import { answer, smallStudy } from '../smallStudy.ts';

const [workspace] = process.argv.slice(2);
const researcher = { role: 'researcher' } as const;
const LOOK_MS = 10;
const host = await createHost({ workspace, mode: 'headless', studies: '/nonexistent' });

const find = async (jobId: string): Promise<Job> => {
  const job = (await host.handlers['jobs.list']({}, researcher)).find((other) => other.jobId === jobId);
  if (!job) throw new Error(`job ${jobId} is gone`);
  return job;
};

async function until(jobId: string, isThere: (job: Job) => boolean): Promise<void> {
  for (let job = await find(jobId); !isThere(job); job = await find(jobId)) {
    if (job.problem) throw new Error(job.problem);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

const start = async (request: JobRequest): Promise<string> =>
  (await host.handlers['jobs.start'](request, researcher)).jobId;
const build = (name: string, precision: number): JobRequest => ({
  kind: 'dataset',
  input: {
    name,
    scenarios: { filter: EVERY_SCENARIO },
    precision,
    seed: 1,
    holdOutCells: '1,1,0',
    target: 'distribution',
    source: 'posterior',
  },
});

/** Three of the study's four queries are answered when the process is killed. */
async function answerSome(): Promise<string> {
  const versionId = host.importStudy(smallStudy());
  const { sessionId } = await host.handlers['sessions.open']({ versionId, stage: 'live', seed: 1 }, researcher);
  const added = { sessionId, label: 'Person 1' };
  const { participantId } = await host.handlers['sessions.addParticipant'](added, researcher);
  const participant = { role: 'participant', participantId } as const;
  await host.handlers['participant.advance']({ trialIndex: 0 }, participant);
  const responses = [answer(0), answer(1, { queryId: 'next' })];
  await host.handlers['participant.advance']({ trialIndex: 1, responses }, participant);
  await host.handlers['participant.submit'](answer(2, { trialIndex: 2, scenarioId: 'lake-b' }), participant);
  return participantId;
}

const cells = { cells: '0,0,0;1,1,0;2,1,0;3,0,1', teamSizes: [2] };
const made = await start({
  kind: 'generate',
  input: { domain: 'sports', style: 'structured', count: 24, seed: 3, ...cells },
});
await until(made, ({ state }) => state === 'done');
await until(await start(build('ready', 5)), ({ state }) => state === 'done');
const config = trainConfigSchema.parse({ steps: 60, batch: 1, epochBatches: 10, learningRate: 1e-3, threads: 1 });
const training = await start({
  kind: 'train',
  input: { name: 'killed', transformer: 'bundled', dataset: 'ready', config },
});
const dataset = await start(build('cut-off', 0.35));
const participantId = await answerSome();
// Progress in the table is kept once a second: by then both have something to go on from.
await until(training, ({ progress }) => progress?.unit === 'steps' && progress.done >= 12);
await until(dataset, ({ progress }) => (progress?.done ?? 0) >= 1);
process.send?.({ training, dataset, participantId });
setInterval(() => undefined, 1000);
