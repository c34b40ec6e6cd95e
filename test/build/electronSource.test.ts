/** Where the packages' Electron comes from: this machine's folder for this system, and a clear word where a download fails. */
import { describe, expect, it } from 'vitest';
import { electronFlags, explainDownload } from '../../build/electronSource.ts';

describe('packaging', () => {
  it('takes the Electron folder of this machine for this system alone', () => {
    const other = process.platform === 'win32' ? '--mac' : '--win';
    expect(electronFlags(['--dir'], '/opt/electron/electron')).toEqual(['-c.electronDist=/opt/electron']);
    expect(electronFlags(['--dir', other], '/opt/electron/electron')).toEqual([]);
    expect(electronFlags(['--dir'], undefined)).toEqual([]);
  });

  it('says what is missing when a download fails, and nothing of other failures', () => {
    expect(explainDownload('⨯ getaddrinfo ENOTFOUND github.com  failedTask=build\n    at x')).toBe(
      'package: Electron is not on this machine and could not be downloaded (ENOTFOUND github.com)\nhint: set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron folder, or run it again with a network',
    );
    expect(explainDownload('⨯ cannot find icon')).toBeUndefined();
  });
});
