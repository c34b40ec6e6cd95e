/** What a CLI command is: its options as data, parsed strictly (an unknown flag is an error), and the function that runs it. */
import { parseArgs } from 'node:util';
import { didYouMean, nearestName } from '../../engine/program/nearestName.ts';
import { UserError } from '../../shared/errors.ts';

type OptionBase = { readonly description: string; readonly short?: string };
export type OptionSpec =
  | (OptionBase & { readonly type: 'boolean' })
  | (OptionBase & {
      readonly type: 'string';
      readonly choices?: readonly string[];
      readonly placeholder?: string;
      readonly multiple?: false;
    })
  | (OptionBase & { readonly type: 'strings'; readonly placeholder?: string })
  | (OptionBase & {
      readonly type: 'number';
      readonly min?: number;
      readonly max?: number;
      readonly integer?: boolean;
    });

type OptionValue<S extends OptionSpec> = S extends { type: 'boolean' }
  ? boolean
  : S extends { type: 'number' }
    ? number | undefined
    : S extends { type: 'strings' }
      ? string[]
      : string | undefined;
export type OptionValues<O extends Record<string, OptionSpec>> = { readonly [K in keyof O]: OptionValue<O[K]> };

/** Where a command writes: results to `out`, everything else to `err`; `signal` is aborted by Ctrl-C. */
export type CommandContext = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
};

export type Command<O extends Record<string, OptionSpec> = Record<string, OptionSpec>> = {
  readonly name: string;
  readonly summary: string;
  /** Names of the positional arguments; the last may end in `…` for one or more. Empty for none. */
  readonly positionals: readonly string[];
  readonly options: O;
  run(values: OptionValues<O>, positionals: readonly string[], context: CommandContext): Promise<void>;
};

/** Fixes the option types of a command literal. */
export const defineCommand = <O extends Record<string, OptionSpec>>(command: Command<O>): Command<O> => command;

function parseNumber(name: string, text: string, spec: Extract<OptionSpec, { type: 'number' }>): number {
  const value = Number(text);
  const wanted = `${spec.integer ? 'a whole number' : 'a number'}${spec.min === undefined ? '' : ` of at least ${spec.min}`}${spec.max === undefined ? '' : ` of at most ${spec.max}`}`;
  const isBad = text.trim() === '' || !Number.isFinite(value) || (spec.integer && !Number.isInteger(value));
  if (isBad || value < (spec.min ?? -Infinity) || value > (spec.max ?? Infinity))
    throw new UserError(`--${name}: expected ${wanted}, received "${text}"`);
  return value;
}

function optionValue(
  name: string,
  raw: string | boolean | (string | boolean)[] | undefined,
  spec: OptionSpec,
): unknown {
  if (spec.type === 'boolean') return raw === true;
  if (spec.type === 'strings') return raw ?? [];
  if (raw === undefined) return undefined;
  const text = String(raw);
  if (spec.type === 'number') return parseNumber(name, text, spec);
  if (spec.choices && !spec.choices.includes(text)) {
    throw new UserError(`--${name}: expected one of ${spec.choices.join(', ')}, received "${text}"`, {
      hint: didYouMean(text, spec.choices),
    });
  }
  return text;
}

function checkFlags(command: Command, args: readonly string[]): void {
  const known = [...Object.keys(command.options), 'help'];
  const end = args.indexOf('--');
  for (const arg of end < 0 ? args : args.slice(0, end)) {
    if (!/^--./.test(arg)) continue;
    const name = arg.slice(2).split('=')[0];
    if (known.includes(name)) continue;
    const guess = nearestName(name, known);
    throw new UserError(`${command.name}: unknown flag --${name}`, {
      hint: guess ? `did you mean --${guess}?` : `credence ${command.name} --help lists the flags`,
    });
  }
}

/** `--seed -3` as `--seed=-3`: a negative number after a flag is its value, not another flag. */
const joinNegatives = (args: readonly string[]): string[] =>
  args.reduce<string[]>((joined, arg) => {
    const last = joined.at(-1);
    if (/^-[\d.]/.test(arg) && last !== undefined && /^--[^=]+$/.test(last))
      joined[joined.length - 1] = `${last}=${arg}`;
    else joined.push(arg);
    return joined;
  }, []);

/** The values and positionals of `args` under `command`'s specification. Throws UserError naming the flag, what was expected and received. */
export function parseCommand(
  command: Command,
  args: readonly string[],
): { values: OptionValues<Record<string, OptionSpec>>; positionals: string[]; help: boolean } {
  checkFlags(command, args);
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, spec]) => [
      name,
      {
        type: spec.type === 'boolean' ? ('boolean' as const) : ('string' as const),
        multiple: spec.type === 'strings',
        ...(spec.short ? { short: spec.short } : {}),
      },
    ]),
  );
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: joinNegatives(args),
      options: { ...options, help: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UserError(
      `${command.name}: ${error instanceof Error ? error.message.split('\n')[0].split('. ')[0] : error}`,
    );
  }
  if (parsed.values.help === true) return { values: {}, positionals: [], help: true };
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(command.options))
    values[name] = optionValue(name, parsed.values[name], spec);
  checkPositionals(command, parsed.positionals);
  return { values: values as OptionValues<Record<string, OptionSpec>>, positionals: parsed.positionals, help: false };
}

function checkPositionals(command: Command, given: readonly string[]): void {
  const wanted = command.positionals;
  const isOpen = wanted.at(-1)?.endsWith('…') ?? false;
  if (given.length < wanted.length)
    throw new UserError(
      `${command.name}: expected ${wanted.join(' ')}, received ${given.length === 0 ? 'nothing' : given.join(' ')}`,
      {
        hint: `credence ${command.name} --help`,
      },
    );
  if (given.length > wanted.length && !isOpen)
    throw new UserError(`${command.name}: unexpected argument "${given[wanted.length]}"`, {
      hint: `credence ${command.name} --help`,
    });
}
