/** `credence app`: the desktop application, where Electron and a display are at hand. */
import { spawn } from 'node:child_process';
import { UserError } from '../../shared/errors.ts';
import { findElectron, hasDisplay } from '../electronBinary.ts';
import { resource } from '../resources.ts';
import { type CommandContext, defineCommand } from './command.ts';
import { DEFAULT_WORKSPACE } from './serve.ts';

/** Why the desktop application cannot be shown here, or undefined. */
export function missingForDesktop(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (!findElectron(env)) return "Electron's program is not installed";
  return hasDisplay(env) ? undefined : 'there is no display';
}

/** Shows the application and waits until it is closed; Ctrl-C closes it. Throws UserError when it cannot start or fails. */
async function openDesktop(electron: string, workspace: string, context: CommandContext): Promise<void> {
  // Chromium's sandbox refuses to run as root.
  const rootFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electron, [...rootFlags, resource(), `--workspace=${workspace}`], { stdio: 'inherit' });
  const stop = (): void => {
    child.kill('SIGTERM');
  };
  context.signal.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve);
    child.once('error', reject);
  });
  context.signal.removeEventListener('abort', stop);
  if (code !== 0 && !context.signal.aborted)
    throw new UserError(`app: the desktop application ended with code ${code}`, { hint: 'the lines above say why' });
}

export const appCommand = defineCommand({
  name: 'app',
  summary: 'open a workspace in the desktop application',
  positionals: [],
  options: {
    workspace: { type: 'string', placeholder: 'DIR', description: `workspace folder (default ${DEFAULT_WORKSPACE})` },
    json: { type: 'boolean', description: 'print nothing but errors' },
  },
  async run({ workspace }, _positionals, context) {
    const electron = findElectron();
    const missing = missingForDesktop();
    if (missing || !electron)
      throw new UserError(`app: ${missing}`, { hint: 'credence serve opens the same screens in a browser' });
    await openDesktop(electron, workspace ?? DEFAULT_WORKSPACE, context);
  },
});
