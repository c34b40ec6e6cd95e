/**
 * Specialisation: values known in part while the program is being specialised. Lists and records keep their shape, functions stay functions, and
 * only what depends on a draw becomes code.
 */
import type { Binding, Expression, FunctionExpression, LiteralValue } from '../syntax.ts';

export type CodeType = 'number' | 'boolean' | 'unknown';

/** An interval that surely holds a whole number, and whether it is that loop's own counter plus a constant. */
export type Range = { readonly low: number; readonly high: number; readonly loop: number };

export type Value =
  | { readonly kind: 'constant'; readonly value: LiteralValue }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'record'; readonly fields: ReadonlyMap<string, Value> }
  | { readonly kind: 'closure'; readonly node: FunctionExpression; readonly environment: Environment }
  | { readonly kind: 'library'; readonly name: string; readonly at: number }
  | { readonly kind: 'memo'; readonly table: MemoTable }
  | { readonly kind: 'distribution'; readonly name: string; readonly args: readonly Value[]; readonly at: number }
  /** JavaScript without effect; a plain name where `isName`. `home` is the innermost block that declares a name it holds. */
  | {
      readonly kind: 'code';
      readonly text: string;
      readonly type: CodeType;
      readonly isName: boolean;
      readonly home: Block;
      readonly range?: Range;
      /** Surely a finite number. */
      readonly isFinite?: boolean;
    };

export type CodeValue = Extract<Value, { kind: 'code' }>;

/** Names and their values in one activation of a function. */
export type Environment = { readonly names: Map<Binding, Value>; readonly parent: Environment | undefined };

/** Results of a memoised function: by key where the arguments are known, by table where one is a counter. */
export type MemoTable = {
  readonly f: Value;
  readonly entries: Map<string, MemoEntry>;
  readonly classes: Map<string, MemoClass>;
};
export type MemoEntry = {
  readonly slot: string;
  /** The block in which `value` is in reach, once computed. */
  home: Block | undefined;
  value: Value | undefined;
  /** Read from another block than the one it was computed in, so that it needs the slot. */
  isShared: boolean;
};
export type MemoClass = {
  readonly id: number;
  low: number;
  high: number;
  type: CodeType;
  /** How many places read it, and whether each of them surely asks for every key only once in a run. */
  reads: number;
  isOncePerKey: boolean;
};

/** Lines of generated code; a line may be decided at the end, when it is known what is read. */
export type Line = string | (() => string | undefined);
export type Block = {
  readonly lines: Line[];
  readonly parent: Block | undefined;
  readonly depth: number;
  readonly loop: number | undefined;
  /** The block its lines are printed in as if they stood there, if they are. */
  into?: Block;
};

/** Thrown when a program is beyond this specialiser; it then runs in its general form. */
export class Unspecialisable extends Error {
  override readonly name = 'Unspecialisable';
}

export const constant = (value: LiteralValue): Value => ({ kind: 'constant', value });

/** A name that `home` declares. */
export const nameOf = (text: string, type: CodeType, home: Block, range?: Range): CodeValue => ({
  kind: 'code',
  text,
  type,
  isName: true,
  home,
  range,
});

export function lookUpValue(environment: Environment, binding: Binding): Value {
  for (let e: Environment | undefined = environment; e; e = e.parent) {
    const value = e.names.get(binding);
    if (value) return value;
  }
  throw new Unspecialisable(`${binding.name} has no value yet`);
}

/** Longer lists and texts, and values of more elements and fields (shared parts counted again), are the run's to make, under its limits. */
export const KNOWN_LENGTH_LIMIT = 10_000;

/** Throws where a list or text has grown past what is worth knowing. */
export function checkLength(length: number): void {
  if (length > KNOWN_LENGTH_LIMIT) throw new Unspecialisable('a list or text that is too long');
}

type Budget = { left: number };

function spend(budget: Budget, count: number): void {
  budget.left -= count;
  if (budget.left < 0) throw new Unspecialisable('a very large constant');
}

/** The plain JavaScript value, where all of it is known. Throws Unspecialisable where it is very large. */
export function known(
  value: Value,
  budget: Budget = { left: KNOWN_LENGTH_LIMIT },
): { readonly value: unknown } | undefined {
  if (value.kind === 'constant') return { value: value.value };
  if (value.kind === 'list') {
    spend(budget, value.items.length);
    const items = value.items.map((item) => known(item, budget));
    return items.every((item) => item !== undefined) ? { value: items.map((item) => item?.value) } : undefined;
  }
  if (value.kind === 'record') {
    spend(budget, value.fields.size);
    const entries = [...value.fields].map(([name, field]) => [name, known(field, budget)] as const);
    return entries.every(([, field]) => field !== undefined)
      ? { value: Object.fromEntries(entries.map(([name, field]) => [name, field?.value])) }
      : undefined;
  }
  return undefined;
}

/** The value of a plain JavaScript value. Throws Unspecialisable where it is no data, or very large. */
export function fromKnown(value: unknown, budget: Budget = { left: KNOWN_LENGTH_LIMIT }): Value {
  if (Array.isArray(value)) {
    spend(budget, value.length);
    return { kind: 'list', items: value.map((item) => fromKnown(item, budget)) };
  }
  if (typeof value === 'string') checkLength(value.length);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    spend(budget, entries.length);
    return { kind: 'record', fields: new Map(entries.map(([name, field]) => [name, fromKnown(field, budget)])) };
  }
  if (
    value === null ||
    value === undefined ||
    typeof value === 'number' ||
    typeof value === 'string' ||
    typeof value === 'boolean'
  )
    return constant(value);
  throw new Unspecialisable('a library result that is no data');
}

/** The type of the code a value turns into. */
export function typeOf(value: Value): CodeType {
  if (value.kind === 'code') return value.type;
  if (value.kind !== 'constant') return 'unknown';
  return typeof value.value === 'number' ? 'number' : typeof value.value === 'boolean' ? 'boolean' : 'unknown';
}

/** Whether the value counts as true, where that is known. */
export function truth(value: Value): boolean | undefined {
  if (value.kind === 'constant') return Boolean(value.value);
  return value.kind === 'code' ? undefined : true;
}

export type CallExpression = Extract<Expression, { kind: 'call' | 'method' }>;
