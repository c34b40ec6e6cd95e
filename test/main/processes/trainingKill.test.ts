/** Training processes killed without warning: what is on disk is whole, and the resumed run ends in the bits of the undisturbed one. */
import { createHash } from 'node:crypto';
import { type FSWatcher, readdirSync, readFileSync, rmSync, truncateSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createRandom } from '../../../engine/random.ts';
import { latestCheckpoint } from '../../../main/processes/runFolder.ts';
import { entryFile, spawnProcess } from '../../../main/processes/spawn.ts';
import { fromTrainingSchema } from '../../../main/processes/trainingMessages.ts';
import { runFineTune } from '../../../main/processes/trainingRunner.ts';
import { trainConfigSchema } from '../../../shared/training.ts';
import { datasetFolder, temporaryFolder, transformerFolder } from './trainingFixture.ts';

/** The nightly run kills twenty times; here a few do. */
const KILLS = Number(process.env.CREDENCE_KILLS ?? 3);

const parent = temporaryFolder();
const transformer = transformerFolder(parent);
const dataset = datasetFolder(parent);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const config = trainConfigSchema.parse({ rank: 2, learningRate: 2e-3, steps: 16, epochBatches: 4 });
const request = (out: string) => ({ transformer, dataset, out, config, checkpointEvery: 1, resume: true });

const hashes = (out: string): string[] => {
  const newest = readdirSync(join(out, 'checkpoints'))
    .filter((name) => !name.endsWith('.tmp'))
    .sort()
    .at(-1);
  return ['log.jsonl', `checkpoints/${newest}/state.safetensors`, 'adapter/adapter_model.safetensors'].map((file) =>
    createHash('sha256')
      .update(readFileSync(join(out, file)))
      .digest('hex'),
  );
};

const unfinished = (out: string): string[] =>
  readdirSync(join(out, 'checkpoints')).filter((name) => name.endsWith('.tmp'));

/** When a process is killed: `delayMs` after its first report of step `step` or later, or as the next checkpoint after it begins to be written. */
type Moment = { readonly step: number; readonly delayMs: number; readonly isInCheckpoint: boolean };

/** Starts the run and kills its process at the moment. Resolves, when it is gone, to whether a checkpoint lies there half written. */
function runAndKill(out: string, { step, delayMs, isInCheckpoint }: Moment): Promise<boolean> {
  const child = spawnProcess(entryFile('training'), { nodeFlags: [], env: {}, stderr: 'inherit' });
  let watcher: FSWatcher | undefined;
  return new Promise((resolve) => {
    child.onExit(() => resolve(unfinished(out).length > 0));
    child.onMessage((received) => {
      const message = fromTrainingSchema.parse(received);
      if (message.type === 'done') child.kill();
      if (message.type !== 'progress' || message.progress.unit !== 'steps' || message.progress.done < step) return;
      if (isInCheckpoint)
        watcher ??= watch(join(out, 'checkpoints'), (_, name) => name?.endsWith('.tmp') && child.kill());
      else setTimeout(child.kill, delayMs);
    });
    child.send({ type: 'start', request: { kind: 'fineTune', ...request(out), validationScenarios: 200 } });
    // The channel alone does not keep this process alive.
    const keepAlive = setInterval(() => {}, 1000);
    child.onExit(() => {
      clearInterval(keepAlive);
      watcher?.close();
    });
  });
}

test(
  `killed ${KILLS} times at random moments, every other one while a checkpoint is written, the run still ends in the same bits`,
  async () => {
    const whole = join(parent, 'whole');
    await runFineTune(request(whole));
    const random = createRandom(11);
    const out = join(parent, 'killed');
    let halfWritten = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const step = Math.floor(((kill + 0.5) * 15) / KILLS);
      const moment = { step, delayMs: random.integer(40), isInCheckpoint: kill % 2 === 1 };
      if (await runAndKill(out, moment)) halfWritten++;
    }
    console.log(`${halfWritten} of ${KILLS} kills left a checkpoint half written`);
    await runFineTune(request(out));
    expect(hashes(out)).toEqual(hashes(whole));
  },
  60_000 + 60_000 * KILLS,
);

test.runIf(process.platform === 'linux')(
  'a run whose process is killed goes on by itself, to the same bits',
  async () => {
    const [whole, out] = [join(parent, 'undisturbed'), join(parent, 'disturbed')];
    await runFineTune(request(whole));
    const killed = new Set<number>();
    let lastDone = 0;
    await runFineTune(request(out), {
      onProgress: ({ done, unit }) => {
        if (unit !== 'steps') return;
        expect(done, 'at most the steps since the last checkpoint are done again').toBeGreaterThanOrEqual(lastDone - 1);
        lastDone = Math.max(lastDone, done);
        const [pid] = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ').map(Number);
        if (done < 4 * (killed.size + 1) || killed.size === 2 || killed.has(pid)) return;
        killed.add(pid);
        process.kill(pid, 'SIGKILL');
      },
    });
    expect(killed.size).toBe(2);
    expect(hashes(out)).toEqual(hashes(whole));
  },
  120_000,
);

test('a checkpoint that was cut short, changed or left unfinished is passed over for the one before', async () => {
  const out = join(parent, 'damaged');
  await runFineTune(request(out));
  const folder = join(out, 'checkpoints');
  const names = readdirSync(folder).sort();
  expect(names).toHaveLength(3);
  const { length } = latestCheckpoint(out, adapterLength(join(folder, names[0])))?.state.vector ?? { length: 0 };
  expect(latestCheckpoint(out, length)?.state.step).toBe(16);
  truncateSync(join(folder, names[2], 'state.safetensors'), 1000);
  expect(latestCheckpoint(out, length)?.state.step).toBe(15);
  rmSync(join(folder, names[1], 'manifest.json'));
  expect(latestCheckpoint(out, length)?.state.step).toBe(14);
  const bytes = readFileSync(join(folder, names[0], 'state.safetensors'));
  bytes[bytes.length - 1] ^= 1;
  writeFileSync(join(folder, names[0], 'state.safetensors'), bytes);
  expect(latestCheckpoint(out, length)).toBeUndefined();
});

/** Numbers in an adapter, from the size of its checkpoint's first tensor. */
function adapterLength(checkpoint: string): number {
  const bytes = readFileSync(join(checkpoint, 'state.safetensors'));
  const headerBytes = Number(bytes.readBigUInt64LE(0));
  return JSON.parse(bytes.subarray(8, 8 + headerBytes).toString()).adapter.shape[0];
}
