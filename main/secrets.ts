/**
 * Keys of language services: sealed by the system's keyring in one file of the workspace, or held for this session only where there is
 * no keyring. They leave here only by `readKey`, and in no other form than their last four characters.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import type { Handlers } from '../shared/api.ts';
import { UserError } from '../shared/errors.ts';
import { type KEY_PROCEDURES, KEY_PROVIDERS, type KeyProvider, type Keys, keyProviderSchema } from '../shared/keys.ts';
import { writeFileAtomic } from './processes/durableFiles.ts';

/** Seals texts so that only this user of this machine can open them. */
export type Sealer = {
  seal(text: string): Buffer;
  /** Throws where the sealed bytes were made elsewhere. */
  open(sealed: Buffer): string;
};

export type Secrets = {
  readonly handlers: Pick<Handlers, keyof typeof KEY_PROCEDURES>;
  /** The key of a service; undefined where none was set. */
  readKey(provider: KeyProvider): string | undefined;
};

const NO_KEYRING =
  'This system has no keyring that Credence can use, so keys are kept until Credence ends and must be typed again then.';
const UNREADABLE = 'The keys kept here were sealed by another user or machine and cannot be opened: type them again.';

const fileSchema = z.strictObject({
  format: z.literal('credence-keys'),
  /** Base64 of each sealed key. */
  sealed: z.partialRecord(keyProviderSchema, z.string()),
});

/** Letters, digits and signs: what keys are made of. Anything else is a slip of the hand, or would break the header it travels in. */
const KEY = /^[\x21-\x7e]+$/;

/** Opens what the file holds; a key that does not open is left out. */
function openKeys(path: string, sealer: Sealer | undefined): { keys: Map<KeyProvider, string>; isWhole: boolean } {
  const keys = new Map<KeyProvider, string>();
  if (!sealer || !existsSync(path)) return { keys, isWhole: true };
  try {
    const { sealed } = fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
    for (const provider of KEY_PROVIDERS) {
      const text = sealed[provider];
      if (text !== undefined) keys.set(provider, sealer.open(Buffer.from(text, 'base64')));
    }
    return { keys, isWhole: true };
  } catch {
    // What cannot be opened stays in its file until a key is set or removed.
    return { keys, isWhole: false };
  }
}

/** The keys of the workspace whose file is `path`; without a sealer they are held for this session. */
export function openSecrets(path: string, sealer: Sealer | undefined): Secrets {
  const { keys, isWhole } = openKeys(path, sealer);
  let notice = sealer ? (isWhole ? null : UNREADABLE) : NO_KEYRING;

  const save = (): void => {
    if (!sealer) return;
    notice = null;
    if (keys.size === 0) rmSync(path, { force: true });
    else {
      const sealed = Object.fromEntries(
        [...keys].map(([provider, key]) => [provider, sealer.seal(key).toString('base64')]),
      );
      writeFileAtomic(path, `${JSON.stringify({ format: 'credence-keys', sealed })}\n`);
    }
  };
  const list = (): Keys => ({
    isPersistent: sealer !== undefined,
    notice,
    keys: [...keys].map(([provider, key]) => ({ provider, lastFour: key.slice(-4) })),
  });
  return {
    handlers: {
      'keys.list': list,
      'keys.set': ({ provider, key }) => {
        const trimmed = key.trim();
        if (!KEY.test(trimmed))
          throw new UserError('this is no key: it holds spaces or signs that keys do not have', {
            hint: 'copy it again from the page of the service',
          });
        keys.set(provider, trimmed);
        save();
        return list();
      },
      'keys.remove': ({ provider }) => {
        keys.delete(provider);
        save();
        return list();
      },
    },
    readKey: (provider) => keys.get(provider),
  };
}
