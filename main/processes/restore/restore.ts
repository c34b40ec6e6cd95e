/** Entry of the process that restores a workspace: checks and a replay that may take a minute, while the host's windows go on. */
import { z } from 'zod';
import { errorToData } from '../../../shared/errors.ts';
import { restoreWorkspace } from '../../store/restore.ts';
import { workspacePaths } from '../../workspacePaths.ts';
import { connectParent } from '../parent.ts';
import type { RestoreReply } from './restoreMessages.ts';

const parent = connectParent();
parent?.onMessage((message) => {
  const tell = (reply: RestoreReply): void => parent.send(reply);
  try {
    tell({ kind: 'restored', restored: restoreWorkspace(workspacePaths(z.string().parse(message))) });
  } catch (error) {
    tell({ kind: 'failed', error: errorToData(error) });
  }
});
