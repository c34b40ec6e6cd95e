/** Loadable: a value on its way, here, or failed with words for the reader. */
import { UserError } from '../../shared/errors.ts';

/** What a screen shows of a value that comes from the host. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | {
      readonly status: 'failed';
      readonly message: string;
      readonly hint: string | undefined;
      /** The host was not reached: the screens have their own words for it. */
      readonly isUnreachable?: true;
    };

/** The state before anything has come. */
export const LOADING = { status: 'loading' } as const;

/** An error as the reader sees it. A host that cannot be reached is said in words, not as the browser's error. */
export function failed(error: unknown): Loadable<never> {
  if (error instanceof TypeError)
    return {
      status: 'failed',
      message: 'Credence does not answer.',
      hint: 'Is it still running? If it was stopped, start it again and open the address it prints.',
      isUnreachable: true,
    };
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'failed', message, hint: error instanceof UserError ? error.hint : undefined };
}

/** The outcome of `value` as a state. Never throws. */
export async function settle<T>(value: Promise<T>): Promise<Loadable<T>> {
  try {
    return { status: 'ready', value: await value };
  } catch (error) {
    return failed(error);
  }
}
