/** An inference process as the pool sees it, and how one starts outside the desktop's windows: a child of Node, locked down by its flags. */
import { dirname, join } from 'node:path';
import { putInBackground } from './background.ts';
import type { ChildHandle } from './childHandle.ts';
import { ENGINE_FLAGS } from './engineFlags.ts';
import { residentBytes } from './memoryUse.ts';
import { codeFolder, entryFile, packageFolders, spawnProcess } from './spawn.ts';

/** A process that answers `InferenceRequest`s. */
export type InferenceProcess = Pick<ChildHandle, 'send' | 'onMessage' | 'onExit' | 'kill'> & {
  /** Resident bytes; undefined where the system does not tell, and the heap's own limit is all there is. */
  readonly bytes: () => number | undefined;
  /** Lets the host's own work go first, from the moment the process runs. */
  readonly putInBackground: () => void;
};

/** Starts a process; called anew after every fault. */
export type StartInference = () => InferenceProcess;

const HEAP_MEGABYTES = 1024;

/** The flags of layer 4: read only our own code, start nothing, make no code from strings, bounded heap. */
const processFlags = (): string[] => [
  '--permission',
  // Resolving links would read the folders above, which is not allowed.
  '--preserve-symlinks',
  '--preserve-symlinks-main',
  `--allow-fs-read=${join(codeFolder(), '/')}`,
  // Node looks here for the kind of the modules when they run from dist.
  `--allow-fs-read=${join(dirname(codeFolder()), 'package.json')}`,
  ...packageFolders('acorn').map((folder) => `--allow-fs-read=${folder}`),
  '--disallow-code-generation-from-strings',
  `--max-old-space-size=${HEAP_MEGABYTES}`,
  '--no-warnings',
  ...ENGINE_FLAGS,
];

/** Starts a child of Node; another entry file only to test a layer by itself. */
export function startInferenceChild(entry: string = entryFile('inference')): InferenceProcess {
  const child = spawnProcess(entry, { nodeFlags: processFlags(), env: {}, stderr: 'ignore' });
  return {
    ...child,
    bytes: () => (child.pid === undefined ? undefined : residentBytes(child.pid)),
    putInBackground: () => putInBackground(child.pid),
  };
}
