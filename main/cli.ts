/** Command line: finds the command, parses its flags, runs it, and turns errors into one clear message and a non-zero exit code. */
import { nearestName } from '../engine/program/nearestName.ts';
import { CancelledError, formatError, UserError } from '../shared/errors.ts';
import { type Command, type CommandContext, type OptionSpec, parseCommand } from './commands/command.ts';
import { COMMANDS } from './commands/index.ts';
import { version } from './resources.ts';
import { explainSystemError } from './systemErrors.ts';

const EXIT = { ok: 0, internal: 70, user: 1, cancelled: 130 } as const;

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length), 0);
  const rows = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'credence COMMAND [flags]',
    '',
    ...rows,
    '',
    'credence COMMAND --help lists its flags. Every command takes --json.',
    '',
  ].join('\n');
}

const valueText = (spec: OptionSpec): string => {
  if (spec.type === 'boolean') return '';
  if (spec.type === 'number') return ' N';
  if (spec.type === 'string' && spec.choices) return ` ${spec.choices.join('|')}`;
  return ` ${spec.placeholder ?? 'TEXT'}`;
};

function help(command: Command): string {
  const rows = Object.entries(command.options).map(([name, spec]) => [`--${name}${valueText(spec)}`, spec.description]);
  const width = Math.min(44, Math.max(...rows.map(([flag]) => flag.length), 0));
  const usage = ['credence', command.name, ...command.positionals, '[flags]'].join(' ');
  return [
    usage,
    '',
    `  ${command.summary}`,
    '',
    ...rows.map(([flag, text]) => `  ${flag.padEnd(width)}  ${text}`),
    '',
  ].join('\n');
}

/** Closing the reader of a pipe early (`| head`) is no fault of the command. */
function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok);
    throw error;
  });
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CancelledError) return EXIT.cancelled;
  return error instanceof UserError ? EXIT.user : EXIT.internal;
}

function report(error: unknown, isJson: boolean): void {
  const isOurs = error instanceof UserError || error instanceof CancelledError;
  const text = isOurs
    ? formatError(error)
    : `${error instanceof Error ? (error.stack ?? error.message) : error}\nThis is a fault of Credence ${version()}; please report it.`;
  process.stderr.write(`credence: ${text}\n`);
  if (isJson)
    process.stdout.write(`${JSON.stringify({ error: error instanceof Error ? error.message : String(error) })}\n`);
}

/** Runs one command line and sets the exit code: 0 done, 1 the user's to mend, 70 ours, 130 stopped by Ctrl-C. */
export async function main(args: readonly string[]): Promise<void> {
  ignoreClosedPipe();
  const abort = new AbortController();
  const onSignal = (): void => {
    if (abort.signal.aborted) process.exit(EXIT.cancelled);
    abort.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  const context: CommandContext = {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true,
    signal: abort.signal,
  };
  try {
    await dispatch(args, context);
  } catch (thrown) {
    const error = explainSystemError(thrown);
    report(error, args.includes('--json'));
    process.exitCode = exitCodeOf(error);
  } finally {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

/** The command that `args` begin with, of one word or two, and what follows it. */
function findCommand(args: readonly string[]): { entry: (typeof COMMANDS)[string]; rest: readonly string[] } {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ');
    if (args.length >= words && Object.hasOwn(COMMANDS, name))
      return { entry: COMMANDS[name], rest: args.slice(words) };
  }
  const [word, second] = args;
  const family = Object.keys(COMMANDS).filter((name) => name.startsWith(`${word} `));
  if (family.length > 0)
    throw new UserError(
      `${word}: expected ${family.join(' or ')}, received ${second ? `"${second}"` : 'nothing more'}`,
      {
        hint: `credence ${family[0]} --help`,
      },
    );
  const guess = nearestName(word, Object.keys(COMMANDS));
  throw new UserError(`unknown command "${word}"`, {
    hint: guess ? `did you mean credence ${guess}?` : 'credence --help lists the commands',
  });
}

async function dispatch(args: readonly string[], context: CommandContext): Promise<void> {
  const [name] = args;
  if (name === undefined || name === '--help' || name === 'help') return context.out(overview());
  if (name === '--version') return context.out(`${version()}\n`);
  const { entry, rest } = findCommand(args);
  const command = await entry.load();
  const { values, positionals, help: wantsHelp } = parseCommand(command, rest);
  if (wantsHelp) return context.out(help(command));
  await command.run(values, positionals, context);
}

if (process.argv[1] && import.meta.filename === process.argv[1]) await main(process.argv.slice(2));
