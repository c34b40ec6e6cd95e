/** Language session: the queue in a result folder with an asker and an inference pool over it, opened for one command and closed whatever happens. */
import { join } from 'node:path';
import { createRandom } from '../../engine/random.ts';
import { type Asker, createAsker, type Patience } from '../language/asker.ts';
import type { Provider, ReadKey } from '../language/provider.ts';
import { type LanguageQueue, openLanguageQueue } from '../store/languageQueue.ts';
import { createFolder } from './datasetFiles.ts';

export const QUEUE_FILE = 'language.sqlite';

/** How a command asks: whom, how much at a time, and up to what cost over all its runs. */
export type LanguageOptions = {
  readonly provider: Provider;
  readonly readKey: ReadKey;
  readonly concurrency?: number;
  readonly maxCost?: number;
  readonly patience?: Patience;
  readonly timeoutMs?: number;
};

export type LanguageSession = { readonly queue: LanguageQueue; readonly asker: Asker };

export const DEFAULT_CONCURRENCY = 8;

/** Calls `work` with a session in `folder`, which is made where it is missing. Throws UserError where the folder cannot be used. */
export async function withLanguage<T>(
  folder: string,
  options: LanguageOptions,
  work: (session: LanguageSession) => Promise<T>,
): Promise<T> {
  await createFolder(folder);
  const queue = openLanguageQueue(join(folder, QUEUE_FILE));
  try {
    const { concurrency = DEFAULT_CONCURRENCY, ...rest } = options;
    // Waits are spread by the process, so that two runs do not knock at the same moments; no result depends on them.
    const asker = createAsker({ queue, concurrency, random: createRandom(process.pid), ...rest });
    try {
      return await work({ queue, asker });
    } finally {
      asker.stop();
    }
  } finally {
    queue.close();
  }
}
