/** Keys of language services: sealed where there is a keyring, for the session where there is none, and never shown but for their end. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openSecrets, type Sealer } from '../../main/secrets.ts';
import { PROCEDURES } from '../../shared/api.ts';
import { scratchFolder } from '../scratch.ts';
import { researcher } from './store/openLab.ts';

const CANARY = 'sk-canary-1234567890abcdWXYZ';

/** A keyring with a password of its own: what one seals, no other opens. */
function createSealer(): Sealer {
  const [password, nonce] = [randomBytes(32), randomBytes(12)];
  return {
    seal: (text) => {
      const cipher = createCipheriv('aes-256-gcm', password, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([cipher.getAuthTag(), body]);
    },
    open: (sealed) => {
      const decipher = createDecipheriv('aes-256-gcm', password, nonce).setAuthTag(sealed.subarray(0, 16));
      return Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString('utf8');
    },
  };
}

let path: string;
beforeEach(() => {
  path = join(scratchFolder(), 'keys.json');
});

describe('with a keyring', () => {
  it('keeps a key sealed, readable by its owner alone, and gives it back after a restart', async () => {
    const sealer = createSealer();
    const secrets = openSecrets(path, sealer);
    const listed = await secrets.handlers['keys.set']({ provider: 'anthropic', key: ` ${CANARY}\n` }, researcher);
    expect(listed).toEqual({ isPersistent: true, notice: null, keys: [{ provider: 'anthropic', lastFour: 'WXYZ' }] });
    expect(PROCEDURES['keys.set'].output.parse(listed)).toEqual(listed);
    expect(readFileSync(path, 'latin1')).not.toContain('canary');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const again = openSecrets(path, sealer);
    expect(again.readKey('anthropic')).toBe(CANARY);
    expect(again.readKey('google')).toBeUndefined();
    expect(await again.handlers['keys.remove']({ provider: 'anthropic' }, researcher)).toMatchObject({ keys: [] });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    [
      'sealed elsewhere',
      () => openSecrets(path, createSealer()).handlers['keys.set']({ provider: 'google', key: CANARY }, researcher),
    ],
    ['that is no key file', () => writeFileSync(path, '{"format": "other"}')],
    ['that is garbage', () => writeFileSync(path, randomBytes(100))],
  ])('says so of a file %s, starts all the same, and leaves it until a key is set', async (_, make) => {
    await make();
    const before = readFileSync(path);
    const secrets = openSecrets(path, createSealer());
    expect(await secrets.handlers['keys.list']({}, researcher)).toMatchObject({ keys: [], notice: /cannot be opened/ });
    expect(readFileSync(path)).toEqual(before);
    expect(await secrets.handlers['keys.set']({ provider: 'google', key: CANARY }, researcher)).toMatchObject({
      notice: null,
    });
  });
});

describe('without a keyring', () => {
  it('holds keys until the end and says so', async () => {
    const secrets = openSecrets(path, undefined);
    expect(await secrets.handlers['keys.set']({ provider: 'google', key: CANARY }, researcher)).toMatchObject({
      isPersistent: false,
      notice: /no keyring.*typed again/,
      keys: [{ lastFour: 'WXYZ' }],
    });
    expect(secrets.readKey('google')).toBe(CANARY);
    expect(existsSync(path)).toBe(false);
    expect(openSecrets(path, undefined).readKey('google')).toBeUndefined();
  });
});

it('refuses what is no key without repeating it', () => {
  const secrets = openSecrets(path, undefined);
  for (const key of ['a key with spaces', 'line\nbreak-in-it', 'схожий-ключ-12345']) {
    const set = (): unknown => secrets.handlers['keys.set']({ provider: 'google', key }, researcher);
    expect(set).toThrow('this is no key: it holds spaces or signs that keys do not have');
    expect(set).toThrow(expect.objectContaining({ hint: 'copy it again from the page of the service' }));
  }
});
