/** Runs a command as the command line would, and gives what it wrote to standard output. */
import { type Command, parseCommand } from '../../../main/commands/command.ts';

export async function runCommand(command: Command, ...args: string[]): Promise<string> {
  let out = '';
  const { values, positionals } = parseCommand(command, args);
  await command.run(values, positionals, {
    out: (text) => {
      out += text;
    },
    err: () => undefined,
    isTerminal: false,
    signal: new AbortController().signal,
  });
  return out;
}
