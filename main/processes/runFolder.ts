/**
 * The folder of a training run: `config.json`, `log.jsonl`, `log.csv`, `checkpoints/step-N/` and `adapter/` (the best so far, as PEFT loads it).
 * A checkpoint is a folder whose manifest of hashes is written last; one that does not match its manifest is never loaded.
 */
import { closeSync, existsSync, ftruncateSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeCheckpoint, encodeCheckpoint, type Selection } from '../../engine/training/checkpoint.ts';
import type { FineTuneState } from '../../engine/training/fineTune.ts';
import { UserError } from '../../shared/errors.ts';
import { type TrainConfig, type TrainLog, trainConfigSchema } from '../../shared/training.ts';
import { makeFolders, sha256, writeFileAtomic, writeFolderDurably } from './durableFiles.ts';

const KEPT_CHECKPOINTS = 3;
const STATE_FILE = 'state.safetensors';
const MANIFEST_FILE = 'manifest.json';

const manifestSchema = z.strictObject({
  step: z.number().int(),
  /** Length of the log when the checkpoint was made; what a killed run wrote beyond it is cut off on resume. */
  logBytes: z.number().int(),
  sha256: z.record(z.string(), z.string()),
});

export type Checkpoint = {
  readonly state: FineTuneState;
  readonly selection: Selection | null;
  readonly logBytes: number;
};

const checkpointsIn = (folder: string): string => join(folder, 'checkpoints');

/** Makes the folder and writes the configuration. Throws UserError where a run is already there and `isResuming` is not set. */
export function openRunFolder(folder: string, config: TrainConfig, isResuming: boolean): void {
  const configFile = join(folder, 'config.json');
  if (existsSync(configFile)) {
    if (!isResuming)
      throw new UserError('there is a training run in this folder already', {
        location: { file: folder },
        hint: 'Continue it with --resume, or choose another folder.',
      });
    const earlier = trainConfigSchema.parse(JSON.parse(readFileSync(configFile, 'utf8')));
    if (JSON.stringify(earlier) !== JSON.stringify(config))
      throw new UserError('the run was started with another configuration', {
        location: { file: configFile },
        hint: 'Resume with the same options, or start a run in another folder.',
      });
    return;
  }
  makeFolders(checkpointsIn(folder));
  writeFileAtomic(configFile, `${JSON.stringify(config, null, 2)}\n`);
}

/** Writes a checkpoint and removes the oldest beyond three. */
export function saveCheckpoint(folder: string, { state, selection, logBytes }: Checkpoint): void {
  const bytes = encodeCheckpoint(state, selection);
  const manifest = { step: state.step, logBytes, sha256: { [STATE_FILE]: sha256(bytes) } };
  const name = `step-${String(state.step).padStart(8, '0')}`;
  writeFolderDurably(
    join(checkpointsIn(folder), name),
    new Map<string, Uint8Array | string>([
      [STATE_FILE, bytes],
      [MANIFEST_FILE, JSON.stringify(manifest)],
    ]),
  );
  for (const old of listCheckpoints(folder).slice(KEPT_CHECKPOINTS))
    rmSync(join(checkpointsIn(folder), old), { recursive: true, force: true });
}

/** Newest first; unfinished ones (`.tmp`) are not listed. */
const listCheckpoints = (folder: string): string[] =>
  readdirSync(checkpointsIn(folder))
    .filter((name) => /^step-\d+$/.test(name))
    .sort()
    .reverse();

function readCheckpoint(folder: string, length: number): Checkpoint | undefined {
  const stateFile = join(folder, STATE_FILE);
  let manifest: z.infer<typeof manifestSchema>;
  let bytes: Uint8Array;
  try {
    manifest = manifestSchema.parse(JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')));
    bytes = readFileSync(stateFile);
  } catch {
    // Not a finished checkpoint: the one before it is used.
    return undefined;
  }
  if (sha256(bytes) !== manifest.sha256[STATE_FILE]) return undefined;
  return { ...decodeCheckpoint(bytes, stateFile, length), logBytes: manifest.logBytes };
}

/** The newest checkpoint whose hashes are right, for an adapter of `length` numbers; undefined where there is none. */
export function latestCheckpoint(folder: string, length: number): Checkpoint | undefined {
  for (const name of listCheckpoints(folder)) {
    const checkpoint = readCheckpoint(join(checkpointsIn(folder), name), length);
    if (checkpoint) return checkpoint;
  }
  return undefined;
}

/** The run's log, open for appending; `bytes` is its length so far. */
export type RunLog = {
  readonly append: (entry: TrainLog) => void;
  readonly bytes: () => number;
  readonly close: () => void;
};

/** Opens the log and cuts it to `keepBytes`. */
export function openRunLog(folder: string, keepBytes: number): RunLog {
  const descriptor = openSync(join(folder, 'log.jsonl'), keepBytes === 0 ? 'w' : 'r+');
  ftruncateSync(descriptor, keepBytes);
  let length = keepBytes;
  return {
    append: (entry) => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      for (let done = 0; done < line.length; )
        done += writeSync(descriptor, line, done, line.length - done, length + done);
      length += line.length;
    },
    bytes: () => length,
    close: () => closeSync(descriptor),
  };
}
