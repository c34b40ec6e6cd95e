/** The keyring: what it seals only its key opens, one damaged or lost file is made again from the other, an erased key stays erased. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../main/store/database.ts';
import { type Keyring, openKeyring } from '../../../main/store/keyring.ts';
import { FAST_PLACE } from './openLab.ts';

let root: string;
let keyring: Keyring;
const paths = (): [string, string] => [join(root, 'keyring.db'), join(root, 'copy.db')];
const reopen = (): void => {
  keyring = openKeyring(...paths());
};
beforeEach(() => {
  root = mkdtempSync(join(FAST_PLACE, 'keyring-'));
  reopen();
  keyring.add('ann');
  keyring.add('bob');
});
afterEach(() => {
  keyring.close();
  rmSync(root, { recursive: true, force: true });
});

const sealed = (id: string, text: string): Buffer => Buffer.from(keyring.seal(id, 'response', text), 'base64');

/** The bytes of ann's key, as the file holds them. */
function keyBytes(): Buffer {
  keyring.close();
  const file = openDatabase(paths()[0]);
  const row = file.read.get<{ key: Buffer }>("SELECT key FROM participant_key WHERE participant_id = 'ann'");
  file.close();
  reopen();
  if (!row) throw new Error('no key');
  return row.key;
}

describe('a sealed value', () => {
  it('opens with its own key, kind and bytes only', () => {
    const value = sealed('ann', 'seventy');
    expect(keyring.unseal('ann', 'response', value)).toBe('seventy');
    expect(() => keyring.unseal('bob', 'response', value)).toThrow('a response of participant bob is damaged');
    expect(() => keyring.unseal('ann', 'label', value)).toThrow('a label of participant ann is damaged');
    for (let i = 0; i < value.length; i++) {
      const changed = Buffer.from(value);
      changed[i] ^= 1;
      expect(keyring.opens('ann', 'response', changed)).toBe(false);
    }
    expect(sealed('ann', 'seventy').equals(value)).toBe(false);
  });

  it('opens no more once its key is erased, in neither file, also after opening again', () => {
    const value = sealed('ann', 'seventy');
    const key = keyBytes();
    expect(paths().map((path) => readFileSync(path).includes(key))).toEqual([true, true]);
    keyring.erase('ann', '2026-01-01');
    for (const path of paths())
      for (const suffix of ['', '-wal']) expect(readFileSync(`${path}${suffix}`).includes(key), path).toBe(false);
    expect(keyring.unseal('ann', 'response', value)).toBeUndefined();
    expect(() => keyring.seal('ann', 'response', 'x')).toThrow('internal: no key for participant ann');
    keyring.close();
    reopen();
    expect(keyring.holds('ann')).toBe(false);
    expect(keyring.erasedIds()).toEqual(['ann']);
    expect(keyring.holds('bob')).toBe(true);
  });
});

describe('one of the two files', () => {
  it.each([0, 1])('lost (%i) is made again from the other', (lost) => {
    const value = sealed('ann', 'seventy');
    keyring.close();
    rmSync(paths()[lost]);
    reopen();
    expect(keyring.unseal('ann', 'response', value)).toBe('seventy');
  });

  it.each([0, 1])('with a damaged key (%i) takes it from the other', (damaged) => {
    const value = sealed('ann', 'seventy');
    keyring.close();
    const file = openDatabase(paths()[damaged]);
    file.write.run("UPDATE participant_key SET key = zeroblob(32) WHERE participant_id = 'ann'");
    file.close();
    reopen();
    expect(keyring.unseal('ann', 'response', value)).toBe('seventy');
  });

  it('that was put back from before an erasure does not bring the key back', () => {
    keyring.close();
    const old = readFileSync(paths()[1]);
    reopen();
    keyring.erase('ann', '2026-01-01');
    keyring.close();
    writeFileSync(paths()[1], old);
    reopen();
    expect(keyring.holds('ann')).toBe(false);
  });
});
