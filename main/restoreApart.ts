/** Restores a workspace in a process of its own, so that the host answers its windows meanwhile. */
import { errorFromData, InternalError } from '../shared/errors.ts';
import type { RestoreReply } from './processes/restore/restoreMessages.ts';
import { entryFile, spawnProcess } from './processes/spawn.ts';
import type { Restored } from './store/restore.ts';

/** Restores the workspace at the absolute path `root`, which must not be open. Throws as `restoreWorkspace` does. */
export function restoreApart(root: string): Promise<Restored> {
  const child = spawnProcess(entryFile('restore/restore'), { nodeFlags: [], env: {}, stderr: 'inherit' });
  // Children do not keep the host alive; a restore that someone waits for does.
  const keepAlive = setInterval(() => {}, 2 ** 30);
  return new Promise<Restored>((resolve, reject) => {
    child.onMessage((message) => {
      // The process says nothing else.
      const reply = message as RestoreReply;
      if (reply.kind === 'restored') resolve(reply.restored);
      else reject(errorFromData(reply.error));
    });
    child.onExit((cause) => reject(new InternalError(`the restoring process ended: ${cause}`)));
    child.send(root);
  }).finally(() => {
    clearInterval(keepAlive);
    child.kill();
  });
}
