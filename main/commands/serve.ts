/** `credence serve`: browser mode, until it is stopped. */
import { join } from 'node:path';
import { UserError } from '../../shared/errors.ts';
import { type BrowserModeOptions, type OpenedLan, startBrowserMode } from '../headless.ts';
import { type CommandContext, defineCommand } from './command.ts';

/** The demonstration's workspace under the current folder. */
export const DEFAULT_WORKSPACE = join('out', 'demo');

/** Resolves when the command is to stop. */
export const untilStopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** What a researcher needs to bring stations in, as text. */
const describeLan = ({ url, stations }: OpenedLan): string =>
  [
    `Stations open ${url}`,
    ...stations.map(({ label, code, url: own }) => `  ${label}  code ${code}  or once at ${own}`),
    'What they send is not encrypted: use this on a network of your own only.',
    '',
  ].join('\n');

/** Serves `workspace` until Ctrl-C, then closes it. Prints the address, as JSON where asked. */
export async function serve(
  options: Pick<BrowserModeOptions, 'workspace' | 'port' | 'lan'> & { readonly isJson: boolean },
  context: CommandContext,
): Promise<void> {
  const { workspace, port, lan, isJson } = options;
  const mode = await startBrowserMode({
    workspace,
    port,
    lan,
    echo: (line) => context.err(`credence: ${line}\n`),
  });
  try {
    context.out(
      isJson
        ? `${JSON.stringify({ address: mode.address, ...(mode.lan ? { lan: mode.lan } : {}) })}\n`
        : `Credence is open at ${mode.address}\nOnly this machine can reach it. Ctrl-C stops it.\n${mode.lan ? describeLan(mode.lan) : ''}`,
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
    lan: {
      type: 'string',
      placeholder: 'ADDRESS',
      description: 'serve participants at stations too, on this address of this machine (not encrypted)',
    },
    'lan-port': { type: 'number', min: 0, max: 65535, integer: true, description: 'port of the stations (any free)' },
    stations: { type: 'number', min: 1, max: 100, integer: true, description: 'stations to add, LAB01 and on' },
    json: { type: 'boolean', description: 'print the address as JSON' },
  },
  run: ({ workspace, port, lan, 'lan-port': lanPort, stations, json }, _positionals, context) => {
    if (lan === undefined && (lanPort !== undefined || stations !== undefined))
      throw new UserError('serve: --lan-port and --stations go with --lan, which was not given', {
        hint: 'name the address of this machine that stations can reach: --lan ADDRESS',
      });
    return serve(
      {
        workspace: workspace ?? DEFAULT_WORKSPACE,
        port: port ?? 0,
        lan: lan === undefined ? undefined : { address: lan, port: lanPort ?? 0, stations: stations ?? 0 },
        isJson: json,
      },
      context,
    );
  },
});
