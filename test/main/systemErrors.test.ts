/** System faults become the user's to mend, with file and reason. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainSystemError } from '../../main/systemErrors.ts';

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};

describe('explainSystemError', () => {
  it('names the file and the reason of a missing file', () => {
    expect(explainSystemError(thrownBy(() => readFileSync('/no/such/file')))).toMatchObject({
      name: 'UserError',
      message: '/no/such/file: no such file or folder',
      hint: 'is the path spelled right?',
      location: { file: '/no/such/file' },
    });
  });

  it('tells a folder from a file', () => {
    const file = join(tmpdir(), `system-errors-${process.pid}`);
    writeFileSync(file, '');
    const error = explainSystemError(thrownBy(() => mkdirSync(join(file, 'sub'))));
    rmSync(file);
    expect(error).toMatchObject({ message: `${join(file, 'sub')}: a part of the path is a file, not a folder` });
  });

  it('leaves every other error as it is', () => {
    const error = new TypeError('x');
    expect(explainSystemError(error)).toBe(error);
    expect(explainSystemError('text')).toBe('text');
  });
});
