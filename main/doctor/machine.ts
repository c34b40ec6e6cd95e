/** What this machine offers: Node, Electron, a browser, processors, memory, graphics. Looks only, starts and downloads nothing. */
import { accessSync, constants, readdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { findElectron, hasDisplay } from '../electronBinary.ts';

/** One line of the doctor's report. `level`: all well, worth knowing, or to be mended. */
export type Finding = { readonly level: 'ok' | 'note' | 'fault'; readonly subject: string; readonly text: string };

const GIB = 2 ** 30;
const NEEDED_NODE = [22, 18] as const;
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'firefox'];

export const gibText = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** The first of `names` that can be run from the PATH. */
function onPath(names: readonly string[], path: string): string | undefined {
  for (const folder of path.split(delimiter))
    for (const name of names)
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here: try the next place.
      }
  return undefined;
}

function nodeFinding(found: string): Finding {
  const [major, minor] = found.split('.').map(Number);
  const isRecent = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  return isRecent
    ? { level: 'ok', subject: 'Node', text: found }
    : { level: 'fault', subject: 'Node', text: `${found}; ${NEEDED_NODE.join('.')} or newer is needed` };
}

function electronFinding(): Finding {
  const path = findElectron();
  if (!path)
    return { level: 'note', subject: 'Electron', text: 'not installed; the app runs in browser mode (credence serve)' };
  return hasDisplay()
    ? { level: 'ok', subject: 'Electron', text: path }
    : { level: 'note', subject: 'Electron', text: `${path}, but no display; the app runs in browser mode` };
}

function graphicsFinding(): Finding {
  const devices: string[] = [];
  try {
    devices.push(...readdirSync('/dev').filter((name) => /^nvidia\d+$/.test(name)));
    devices.push(...readdirSync('/dev/dri').filter((name) => name.startsWith('renderD')));
  } catch {
    // No such folder: no such device.
  }
  return devices.length > 0
    ? { level: 'ok', subject: 'graphics', text: `${devices.join(', ')}: training can try webgpu` }
    : { level: 'note', subject: 'graphics', text: 'no graphics device found; training runs on the processor' };
}

/** All findings about the machine. */
export function examineMachine(): Finding[] {
  const browser = process.env.CREDENCE_CHROMIUM ?? onPath(BROWSERS, process.env.PATH ?? '');
  return [
    nodeFinding(process.versions.node),
    electronFinding(),
    browser
      ? { level: 'ok', subject: 'browser', text: browser }
      : { level: 'note', subject: 'browser', text: 'none found on the PATH' },
    { level: 'ok', subject: 'processors', text: String(availableParallelism()) },
    { level: 'ok', subject: 'memory', text: gibText(totalmem()) },
    graphicsFinding(),
  ];
}
