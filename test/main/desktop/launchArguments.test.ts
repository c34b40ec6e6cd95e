/** Launch arguments: the workspace, and the switches the packaged application refuses. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dangerousSwitches, refuseDangerousSwitches, workspaceFrom } from '../../../main/desktop/launchArguments.ts';

describe('dangerousSwitches', () => {
  it('finds each of them, with a value or without, in any case', () => {
    const args = [
      '--no-sandbox',
      '--Inspect=0',
      '--inspect-brk=9229',
      '--remote-debugging-port=0',
      '--js-flags=--jitless',
    ];
    expect(dangerousSwitches(['/app', ...args])).toEqual([
      '--no-sandbox',
      '--inspect',
      '--inspect-brk',
      '--remote-debugging-port',
      '--js-flags',
    ]);
  });

  it('leaves ordinary arguments alone', () => {
    expect(dangerousSwitches(['/app', '--workspace=/data', '--lang=de', '--inspector-name=x', 'inspect'])).toEqual([]);
  });
});

describe('refuseDangerousSwitches', () => {
  it('names what it refuses and says what to do', () => {
    expect(() => refuseDangerousSwitches(['--inspect', '--disable-web-security'])).toThrow(
      expect.objectContaining({
        message: 'start refused: --inspect, --disable-web-security would open the application to others',
        hint: 'start it without these switches',
      }),
    );
    expect(() => refuseDangerousSwitches(['--workspace=/data'])).not.toThrow();
  });
});

describe('workspaceFrom', () => {
  it('takes the folder given, else the fallback, as an absolute path', () => {
    expect(workspaceFrom(['.', '--workspace=lab'], 'out/demo')).toBe(resolve('lab'));
    expect(workspaceFrom(['.'], 'out/demo')).toBe(resolve('out/demo'));
  });

  it('refuses an empty folder', () => {
    expect(() => workspaceFrom(['--workspace='], 'out/demo')).toThrow(
      '--workspace: expected a folder, received nothing',
    );
  });
});
