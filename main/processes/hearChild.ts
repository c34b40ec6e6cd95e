/** What a child says, checked before it is acted on: a child that faces the network or reads files of others must not be able to end the host. */
import type { z } from 'zod';
import { InternalError } from '../../shared/errors.ts';
import type { ChildHandle } from './childHandle.ts';

/**
 * Gives each message that fits `schema` to `receive`. One that does not, and whatever `receive` throws, goes to `onFault`: thrown here it
 * would end the process.
 */
export function hearChild<S extends z.ZodType>(
  child: Pick<ChildHandle, 'onMessage'>,
  schema: S,
  { receive, onFault }: { readonly receive: (message: z.infer<S>) => void; readonly onFault: (error: Error) => void },
): void {
  child.onMessage((received) => {
    try {
      const parsed = schema.safeParse(received);
      if (!parsed.success) throw new InternalError('a process said something else than it may');
      receive(parsed.data);
    } catch (error) {
      onFault(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
