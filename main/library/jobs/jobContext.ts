/** What the jobs of the library work with, and how the names in their requests become places. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../../shared/errors.ts';
import type { ExportSession, ExportSource } from '../../exchange/export/exportSource.ts';
import { MANIFEST_FILE } from '../../jobs/datasetFiles.ts';
import type { SimulatedHandlers } from '../../jobs/simulateSession.ts';
import type { ReadKey } from '../../language/provider.ts';
import type { InferencePool } from '../../processes/inferencePool.ts';
import { resource } from '../../resources.ts';
import type { WorkspacePaths } from '../../workspacePaths.ts';
import type { ScenarioLibrary } from '../scenarioLibrary.ts';

export type JobContext = {
  readonly library: ScenarioLibrary;
  readonly paths: WorkspacePaths;
  /** The pool of the whole application; made at the first use. */
  readonly pool: () => InferencePool;
  readonly now: () => string;
  /** Writes a session of the store as a folder. */
  readonly exportSession: ExportSession;
  /** The key of a language service, where the researcher has given one. */
  readonly readKey: ReadKey;
  /** What simulated participants go through; only there once the workspace is open. */
  readonly handlers: () => SimulatedHandlers;
  /** Reads a session of the store, without names and typed words. Throws UserError for an unknown one. */
  readonly readSession: (sessionId: string) => ExportSource;
};

/** How requests name the transformer that ships with Credence. */
export const BUNDLED_TRANSFORMER = 'bundled';

/** The folder of the transformer with this name. Throws UserError where the workspace has none. */
export function transformerFolder(paths: WorkspacePaths, name: string): string {
  if (name === BUNDLED_TRANSFORMER) return resource('studies', 'transformer');
  // One plain name: what leads elsewhere is not a name.
  const folder = /^[\w][\w.-]*$/.test(name) ? join(paths.transformers, name) : '';
  if (folder === '' || !existsSync(join(folder, 'config.json')))
    throw new UserError(`there is no transformer ${name} in this workspace`, {
      hint: `put its Hugging Face folder into ${paths.transformers}`,
    });
  return folder;
}

/** The dataset folder with this name. Throws UserError where it is not there or not finished. */
export function datasetFolder(paths: WorkspacePaths, name: string): string {
  const folder = join(paths.datasets, name);
  if (!existsSync(join(folder, MANIFEST_FILE)))
    throw new UserError(`there is no finished dataset ${name} in this workspace`, { hint: 'build it first' });
  return folder;
}
