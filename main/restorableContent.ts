/**
 * Content that can be restored while it is served: the workspace is closed, brought back from its newest good backup and its log, and
 * opened again, while calls wait.
 */
import { UserError } from '../shared/errors.ts';
import { restoreApart } from './restoreApart.ts';
import type { Restored } from './store/restore.ts';
import type { ContentHandlers, WorkspaceContent } from './workspaceContent.ts';

export type RestorableContent = {
  /** What is open now. Throws a UserError while nothing is, during a restore or after one that failed. */
  readonly now: () => WorkspaceContent;
  /** Calls go to what is open; during a restore they wait for its end. */
  readonly handlers: ContentHandlers;
  restore(): Promise<Restored>;
  close(): Promise<void>;
};

/** Opens the content with `open`, now and again after each restore. */
export async function openRestorable(open: () => Promise<WorkspaceContent>): Promise<RestorableContent> {
  let content: WorkspaceContent | undefined = await open();
  let restoring: Promise<unknown> | undefined;
  const { paths, handlers } = content;

  const now = (): WorkspaceContent => {
    if (content) return content;
    throw new UserError('the workspace is closed: it is being restored, or that failed', {
      hint: 'start Credence again; credence restore says more',
    });
  };
  const forward = (name: keyof ContentHandlers) => {
    const callNow = (input: unknown, caller: unknown): unknown =>
      // The router has checked the input against this very procedure's schema.
      (now().handlers[name] as (input: unknown, caller: unknown) => unknown)(input, caller);
    return (input: unknown, caller: unknown): unknown =>
      restoring ? restoring.then(() => callNow(input, caller)) : callNow(input, caller);
  };
  const names = Object.keys(handlers) as (keyof ContentHandlers)[];

  const restore = async (): Promise<Restored> => {
    const before = now();
    content = undefined;
    await before.close();
    const restored = await restoreApart(paths.root);
    content = await open();
    // The first backup that goes with the restored log.
    await content.backups.request();
    return restored;
  };
  return {
    now,
    handlers: Object.fromEntries(names.map((name) => [name, forward(name)])) as unknown as ContentHandlers,
    restore() {
      if (restoring) throw new UserError('the workspace is being restored already');
      const outcome = restore();
      restoring = outcome.catch(() => undefined).finally(() => (restoring = undefined));
      return outcome;
    },
    async close() {
      await restoring;
      await content?.close();
      content = undefined;
    },
  };
}
