/** The commands of the CLI, each loaded only when it is the one that runs. */
import type { Command } from './command.ts';

/** Name → loader, in the order `credence --help` lists them. */
export const COMMANDS: Readonly<Record<string, { readonly summary: string; readonly load: () => Promise<Command> }>> =
  {};
