/** A workspace too damaged to open: the researcher is asked whether to restore it, since no screen of ours can be shown yet. */
import { resolve } from 'node:path';
import { app, dialog } from 'electron';
import { formatError, UserError } from '../../shared/errors.ts';
import { restoreApart } from '../restoreApart.ts';
import { isRestorable } from '../store/storeErrors.ts';

const [RESTORE, QUIT] = [0, 1];

/** Opens by `open`; where the workspace is damaged and the researcher says so, restores it and opens again. Throws what else goes wrong. */
export async function openOrRestore<T>(workspace: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof UserError) || !isRestorable(error)) throw error;
    const { response } = await dialog.showMessageBox({
      type: 'error',
      title: app.name,
      message: 'This workspace is damaged',
      detail: `${formatError(error)}\n\nRestoring takes its newest good backup and the log of all answers. What is damaged is set aside, not deleted.`,
      buttons: ['Restore', 'Quit'],
      defaultId: RESTORE,
      cancelId: QUIT,
    });
    if (response !== RESTORE) throw error;
    await restoreApart(resolve(workspace));
    return open();
  }
}
