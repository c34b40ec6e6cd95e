/** `credence serve`: browser mode, until it is stopped. */
import { join } from 'node:path';
import { startBrowserMode } from '../headless.ts';
import { type CommandContext, defineCommand } from './command.ts';

/** The demonstration's workspace under the current folder. */
export const DEFAULT_WORKSPACE = join('out', 'demo');

/** Resolves when the command is to stop. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Serves `workspace` until Ctrl-C, then closes it. Prints the address, as JSON where asked. */
export async function serve(
  options: { readonly workspace: string; readonly port: number; readonly isJson: boolean },
  context: CommandContext,
): Promise<void> {
  const { workspace, port, isJson } = options;
  const mode = await startBrowserMode({
    workspace,
    port,
    echo: (line) => context.err(`credence: ${line}\n`),
  });
  try {
    context.out(
      isJson
        ? `${JSON.stringify({ address: mode.address })}\n`
        : `Credence is open at ${mode.address}\nOnly this machine can reach it. Ctrl-C stops it.\n`,
    );
    await untilStopped(context.signal);
  } finally {
    await mode.close();
  }
}

export const serveCommand = defineCommand({
  name: 'serve',
  summary: 'open a workspace in the browser, on this machine only',
  positionals: [],
  options: {
    workspace: { type: 'string', placeholder: 'DIR', description: `workspace folder (default ${DEFAULT_WORKSPACE})` },
    port: {
      type: 'number',
      min: 0,
      max: 65535,
      integer: true,
      description: 'port of 127.0.0.1 (default any free one)',
    },
    json: { type: 'boolean', description: 'print the address as JSON' },
  },
  run: ({ workspace, port, json }, _positionals, context) =>
    serve({ workspace: workspace ?? DEFAULT_WORKSPACE, port: port ?? 0, isJson: json }, context),
});
