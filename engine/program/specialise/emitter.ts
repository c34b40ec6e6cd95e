/** Specialisation: where generated lines go. Blocks nest as in the output; slots and tables are declared at the level of a run or of the program. */
import { printLiteral, printText } from '../print/printProgram.ts';
import {
  type Block,
  type CodeType,
  type CodeValue,
  known,
  type Line,
  type MemoClass,
  nameOf,
  typeOf,
  Unspecialisable,
  type Value,
} from './values.ts';

/** `walks`: rejection whose draws say how much weight a run needs and, behind its last evidence, whether it goes on. */
export type SpecialisedMode = 'rejection' | 'walks' | 'importance' | 'forward';

/** Everything one specialisation collects. */
export type Emitter = {
  readonly mode: SpecialisedMode;
  block: Block;
  /** True while the top of the program is evaluated: nothing may be drawn there. */
  isTop: boolean;
  readonly top: Block;
  readonly run: Block;
  /** Declarations at the head of every run. */
  readonly slots: Line[];
  /** Library names in use, with their local names; and constants by their text. */
  readonly libraryNames: Map<string, string>;
  readonly methodNames: Map<string, string>;
  readonly constants: Map<string, string>;
  readonly classes: MemoClass[];
  /** Functions beside the run, filled while its lines are printed. */
  readonly functions: string[];
  /** Functions made of alike pieces of code, by their text with names made alike. */
  readonly outlined: Map<string, string>;
  /** How often something happened that ties code to its place: a memoised result, a run given up. */
  ties: number;
  /** Names already given to code without effect. */
  readonly computed: Map<string, CodeValue>;
  count: number;
  /** Numbers kept in `$m`. */
  cells: number;
  lines: number;
  depth: number;
  loops: number;
  /** How often the current block is gone through in one run. */
  iterations: number;
  /** Places of the innermost call, for marks. */
  at: number;
  hasSoftEvidence: boolean;
  /** How many conditions and factors there were. */
  evidence: number;
};

const LINE_LIMIT = 6_000;

export function createEmitter(mode: SpecialisedMode): Emitter {
  const top: Block = { lines: [], parent: undefined, depth: 0, loop: undefined };
  const run: Block = { lines: [], parent: top, depth: 1, loop: undefined };
  return {
    mode,
    block: top,
    isTop: true,
    top,
    run,
    slots: [],
    libraryNames: new Map(),
    methodNames: new Map(),
    constants: new Map(),
    classes: [],
    functions: [],
    outlined: new Map(),
    ties: 0,
    computed: new Map(),
    count: 0,
    cells: 0,
    lines: 0,
    depth: 0,
    loops: 0,
    iterations: 1,
    at: 0,
    hasSoftEvidence: false,
    evidence: 0,
  };
}

export const freshName = (emitter: Emitter, prefix: string): string => `${prefix}${emitter.count++}`;

export function emit(emitter: Emitter, line: Line): void {
  if (++emitter.lines > LINE_LIMIT) throw new Unspecialisable('the specialised program is too long');
  emitter.block.lines.push(line);
}

/** Emits what `fill` emits as a block of its own and returns it; the caller prints it. */
export function nested<T>(emitter: Emitter, fill: () => T, loop?: number): { block: Block; result: T } {
  const outer = emitter.block;
  const block: Block = { lines: [], parent: outer, depth: outer.depth + 1, loop };
  emitter.block = block;
  const result = fill();
  emitter.block = outer;
  return { block, result };
}

/** Prints a finished block between the lines that open and close it. */
export const emitBlock = (emitter: Emitter, open: string, block: Block, close: string): void =>
  emit(emitter, () => `${open}\n${linesText(block.lines)}\n${close}`);

export const linesText = (lines: readonly Line[]): string =>
  lines
    .map((line) => (typeof line === 'string' ? line : line()))
    .filter((line) => line !== undefined)
    .join('\n');

const NAMES = /\b[xsi]\d+h?\b|\$m\[\d+\]/g;
const TEXTS = /"(?:[^"\\]|\\.)*"/g;

/** Names a piece of printed code uses without declaring them. */
function freeNames(text: string): string[] {
  const declared = new Set([...text.matchAll(/\b(?:const|let) ([xsi]\d+)/g)].map(([, name]) => name));
  return [...new Set(text.replace(TEXTS, '').match(NAMES))].filter((name) => !declared.has(name));
}

/** The index in `$m` of a number kept there, as text; undefined for other names. */
const cellOf = (name: string): string | undefined => /^\$m\[(\d+)\]$/.exec(name)?.[1];

/**
 * Where given names stand in a text, for pieces that differ in names only: the free ones become p0, p1, …, the declared ones y…. Of a number in `$m` the
 * piece is told the index and reads it once.
 */
function rename(text: string, free: readonly string[]): string {
  const renamed = new Map(free.map((given, i) => [given, cellOf(given) === undefined ? `p${i}` : `v${i}`]));
  const reads = free.map((given, i) => (cellOf(given) === undefined ? '' : `const v${i} = $m[p${i}];\n`)).join('');
  for (const [, given] of text.matchAll(/\b(?:const|let) ([xsi]\d+)/g))
    if (!renamed.has(given)) renamed.set(given, `y${renamed.size}`);
  const alike = text
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(NAMES, (given) => renamed.get(given) ?? given)))
    .join('');
  return reads + alike;
}

/**
 * A call of a function whose body is `text`, which leaves its result in `$m[into]` if given. Pieces that differ in names only share one, and many small functions are compiled far sooner than
 * one long one.
 */
function callOutlined(emitter: Emitter, text: string, into?: string): string {
  const free = freeNames(text);
  const alike = rename(text, free);
  const key = `${free.length}:${into === undefined}:${alike}`;
  let f = emitter.outlined.get(key);
  if (f === undefined) {
    f = `g${emitter.outlined.size}`;
    emitter.outlined.set(key, f);
    const parameters = [...(into === undefined ? [] : ['q']), ...free.map((_, i) => `p${i}`)];
    emitter.functions.push(`function ${f}(${parameters.join(', ')}) {\n${alike}\n}`);
  }
  return `${f}(${[...(into === undefined ? [] : [into]), ...free.map((name) => cellOf(name) ?? name)].join(', ')})`;
}

/**
 * Prints a loop that adds up `total` as a function of its own. A loop that may give up the run, or fills variables of the run, stays where it is.
 */
export function emitSummingLoop(emitter: Emitter, total: string, open: string, block: Block): void {
  emit(emitter, () => {
    const loop = `${open}\n${linesText(block.lines)}\n}`;
    if (/return \$rejected|^s\d+h? =|; s\d+h = /m.test(loop)) return `let ${total} = 0;\n${loop}`;
    return `const ${total} = ${callOutlined(emitter, `let ${total} = 0;\n${loop}\nreturn ${total};`)};`;
  });
}

/** The block whose lines hold those of `block`. */
const placed = (block: Block): Block => (block.into ? placed(block.into) : block);

/**
 * Prints a block that computes `value` as a call of a function. Nothing in the block may be tied to its place. Numbers are left in `$m`: V8 allocates
 * memory for every number that a function returns or is given, unless it is inlined.
 */
export function emitOutlined(emitter: Emitter, block: Block, value: CodeValue): CodeValue {
  if (value.type === 'number') {
    const cell = String(emitter.cells++);
    emit(emitter, () => `${callOutlined(emitter, `${linesText(block.lines)}\n$m[q] = ${value.text};`, cell)};`);
    return { ...nameOf(`$m[${cell}]`, 'number', emitter.block), isFinite: value.isFinite };
  }
  const name = freshName(emitter, 'x');
  emit(emitter, () => `const ${name} = ${callOutlined(emitter, `${linesText(block.lines)}\nreturn ${value.text};`)};`);
  return { ...nameOf(name, value.type, emitter.block), isFinite: value.isFinite };
}

/** Prints a block's lines as if they stood in the current one. */
export function spliceBlock(emitter: Emitter, block: Block): void {
  block.into = emitter.block;
  emit(emitter, () => linesText(block.lines) || undefined);
}

/** Whether what `home` declares can be named in the current block. */
export function isInReach(emitter: Emitter, home: Block): boolean {
  const target = placed(home);
  for (let block: Block | undefined = emitter.block; block; block = block.parent)
    if (placed(block) === target) return true;
  return false;
}

/** The loops around the current block, innermost first. */
export function loopsAround(emitter: Emitter): number[] {
  const loops: number[] = [];
  for (let block: Block | undefined = emitter.block; block; block = block.parent)
    if (block.loop !== undefined) loops.push(block.loop);
  return loops;
}

export const libraryName = (emitter: Emitter, name: string): string => local(emitter.libraryNames, name, 'l');
export const methodName = (emitter: Emitter, name: string): string => local(emitter.methodNames, name, 'm');

function local(names: Map<string, string>, name: string, prefix: string): string {
  let result = names.get(name);
  if (result === undefined) names.set(name, (result = `${prefix}${names.size}`));
  return result;
}

/** A name for a piece of data that never changes, made once per program. */
export function constantName(emitter: Emitter, text: string): string {
  let name = emitter.constants.get(text);
  if (name === undefined) emitter.constants.set(text, (name = `k${emitter.constants.size}`));
  return name;
}

const literalText = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literalText).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, field]) => `${printText(name)}: ${literalText(field)}`)
      .join(', ')}}`;
  return printLiteral(value as number | string | boolean | null | undefined);
};

/** The value as code. Known lists and records become constants; functions cannot. */
export function lift(emitter: Emitter, value: Value): string {
  switch (value.kind) {
    case 'code':
      return value.text;
    case 'constant':
      return printLiteral(value.value);
    case 'list': {
      const data = known(value);
      return data
        ? constantName(emitter, literalText(data.value))
        : `[${value.items.map((item) => lift(emitter, item)).join(', ')}]`;
    }
    case 'record': {
      const data = known(value);
      return data
        ? constantName(emitter, literalText(data.value))
        : `{${[...value.fields].map(([name, field]) => `${printText(name)}: ${lift(emitter, field)}`).join(', ')}}`;
    }
    case 'distribution':
      return `${libraryName(emitter, value.name)}(${value.args.map((arg) => lift(emitter, arg)).join(', ')})`;
    case 'library':
      return libraryName(emitter, value.name);
    default:
      throw new Unspecialisable('a function as data');
  }
}

/** Binds code to a name, evaluated here and now. */
export function bind(emitter: Emitter, text: string, type: CodeType): CodeValue {
  const name = freshName(emitter, 'x');
  emit(emitter, `const ${name} = ${text};`);
  return nameOf(name, type, emitter.block);
}

const homeOf = (emitter: Emitter, value: Value): Block => {
  if (value.kind === 'code') return placed(value.home);
  const parts = value.kind === 'list' ? value.items : value.kind === 'record' ? [...value.fields.values()] : [];
  return deepest(emitter, parts);
};

const deepest = (emitter: Emitter, values: readonly Value[]): Block =>
  values.map((value) => homeOf(emitter, value)).reduce((a, b) => (b.depth > a.depth ? b : a), emitter.top);

/** Code without effect, made of `operands`. */
export const pure = (emitter: Emitter, text: string, type: CodeType, operands: readonly Value[]): CodeValue => ({
  kind: 'code',
  text,
  type,
  isName: false,
  home: deepest(emitter, operands),
});

/** The block to compute code in: outside every loop that changes none of its parts. */
function placeFor(emitter: Emitter, home: Block): Block {
  let place = emitter.block;
  for (let block: Block | undefined = emitter.block; block && block.depth > placed(home).depth; block = block.parent)
    if (block.loop !== undefined && block.parent) place = block.parent;
  return place;
}

/** A name for code without effect: the one it has already, where that is in reach. */
function nameCode(emitter: Emitter, value: CodeValue): CodeValue {
  const given = emitter.computed.get(value.text);
  if (given && isInReach(emitter, given.home)) return given;
  const place = placeFor(emitter, value.home);
  const name = freshName(emitter, 'x');
  if (++emitter.lines > LINE_LIMIT) throw new Unspecialisable('the specialised program is too long');
  place.lines.push(`const ${name} = ${value.text};`);
  const result: CodeValue = { ...nameOf(name, value.type, place, value.range), isFinite: value.isFinite };
  emitter.computed.set(value.text, result);
  return result;
}

/** A value cheap to use more than once: composite code gets a name. */
export function named(emitter: Emitter, value: Value): Value {
  if (value.kind === 'code' && !value.isName) return nameCode(emitter, value);
  if (value.kind === 'list')
    return value.items.every(isSettled)
      ? value
      : { kind: 'list', items: value.items.map((item) => named(emitter, item)) };
  if (value.kind === 'record')
    return [...value.fields.values()].every(isSettled)
      ? value
      : { kind: 'record', fields: new Map([...value.fields].map(([name, field]) => [name, named(emitter, field)])) };
  return value;
}

const isSettled = (value: Value): boolean =>
  value.kind === 'list'
    ? value.items.every(isSettled)
    : value.kind === 'record'
      ? [...value.fields.values()].every(isSettled)
      : value.kind !== 'code' || value.isName;

/** The first value a variable of this type holds. */
export const emptyOf = (type: CodeType): string =>
  type === 'number' ? '0' : type === 'boolean' ? 'false' : 'undefined';

export const joinTypes = (a: Value, b: Value): CodeType => (typeOf(a) === typeOf(b) ? typeOf(a) : 'unknown');
