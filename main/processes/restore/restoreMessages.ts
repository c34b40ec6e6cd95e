/** What the restoring process tells the host, once. It is asked with the absolute path of the workspace. */
import type { ErrorData } from '../../../shared/errors.ts';
import type { Restored } from '../../store/restore.ts';

export type RestoreReply =
  | { readonly kind: 'restored'; readonly restored: Restored }
  | { readonly kind: 'failed'; readonly error: ErrorData };
