/**
 * Specialisation of mem: a result whose arguments are known is a variable of the run, computed where it is first asked for; a result that
 * depends on a loop's counter is an element of a table; no key is made at run time.
 */
import { createKeyMaker } from '../valueKey.ts';
import { callFunction } from './calls.ts';
import {
  type Emitter,
  emit,
  emitBlock,
  emitOutlined,
  emptyOf,
  freshName,
  isInReach,
  lift,
  loopsAround,
  named,
  nested,
  spliceBlock,
} from './emitter.ts';
import {
  known,
  type MemoClass,
  type MemoEntry,
  type MemoTable,
  nameOf,
  typeOf,
  Unspecialisable,
  type Value,
} from './values.ts';

const TABLE_LIMIT = 100_000;

export const createMemo = (f: Value): Value => ({ kind: 'memo', table: { f, entries: new Map(), classes: new Map() } });

/** A call of a memoised function. */
export function callMemo(emitter: Emitter, table: MemoTable, args: readonly Value[]): Value {
  const data = args.map((arg) => known(arg));
  if (emitter.isTop) throw new Unspecialisable('mem is called at the top of the program');
  const keyOf = createKeyMaker();
  if (data.every((part) => part !== undefined))
    return callKnown(emitter, table, data.map((part) => keyOf(part?.value)).join(), args);
  const counters = args.flatMap((arg, i) => (arg.kind === 'code' && arg.range ? [i] : []));
  const isTable = counters.length === 1 && data.filter((part) => part === undefined).length === 1;
  if (!isTable) throw new Unspecialisable('mem is called with a drawn argument');
  const [at] = counters;
  const others = data.map((part, i) => (i === at ? '*' : keyOf(part?.value))).join();
  const counter = args[at];
  if (counter.kind !== 'code' || !counter.range) throw new Unspecialisable('mem without a counter');
  for (const key of table.entries.keys()) checkApart(key, others, counter.range.low, counter.range.high);
  return callCounted(emitter, table, others, args, at);
}

/** Throws where a key known before may be the same as one the counter will reach. */
function checkApart(key: string, others: string, low: number, high: number): void {
  const [before, after] = others.split('*');
  if (!key.startsWith(before) || !key.endsWith(after) || key.length < before.length + after.length) return;
  const middle = Number(key.slice(before.length, key.length - after.length));
  if (middle >= low && middle <= high)
    throw new Unspecialisable('mem is called with a counter and with a constant in its range');
}

function callKnown(emitter: Emitter, table: MemoTable, key: string, args: readonly Value[]): Value {
  for (const [others, { low, high }] of table.classes) checkApart(key, others, low, high);
  let entry = table.entries.get(key);
  if (entry?.home && entry.value && isInReach(emitter, entry.home)) return entry.value;
  const isFirst = !entry;
  if (!entry)
    table.entries.set(
      key,
      (entry = { slot: freshName(emitter, 's'), home: undefined, value: undefined, isShared: false }),
    );
  // In the run's own block, or in branches of it, the first request is the first in time; in a loop it may be the second.
  if (isFirst && loopsAround(emitter).length === 0) return computeFirst(emitter, table, entry, args);
  return computeMaybe(emitter, table, entry, args);
}

/** Code of at least this many lines is worth a function. */
const OUTLINE_FROM = 3;

/** The result for `args`, by a call of a function shared with alike results where that is possible. */
function computeValue(emitter: Emitter, table: MemoTable, args: readonly Value[]): Value {
  const { ties } = emitter;
  const { block, result } = nested(emitter, () => named(emitter, callFunction(emitter, table.f, args)));
  if (emitter.ties === ties && result.kind === 'code' && block.lines.length >= OUTLINE_FROM)
    return emitOutlined(emitter, block, result);
  spliceBlock(emitter, block);
  return result;
}

function computeFirst(emitter: Emitter, table: MemoTable, entry: MemoEntry, args: readonly Value[]): Value {
  const value = computeValue(emitter, table, args);
  emitter.ties++;
  entry.home = emitter.block;
  entry.value = value;
  const type = typeOf(value);
  if (emitter.block !== emitter.run) {
    emitter.slots.push(() =>
      entry.isShared ? `let ${entry.slot} = ${emptyOf(type)}, ${entry.slot}h = false;` : undefined,
    );
    const text = isData(value) ? lift(emitter, value) : undefined;
    emit(emitter, () => {
      if (!entry.isShared) return undefined;
      if (text === undefined) throw new Unspecialisable('a function is memoised in a branch');
      return `${entry.slot} = ${text}; ${entry.slot}h = true;`;
    });
  }
  return value;
}

const isData = (value: Value): boolean =>
  value.kind !== 'closure' &&
  value.kind !== 'memo' &&
  (value.kind !== 'list' || value.items.every(isData)) &&
  (value.kind !== 'record' || [...value.fields.values()].every(isData));

/** A request that may be the first or not: computed if it is. */
function computeMaybe(emitter: Emitter, table: MemoTable, entry: MemoEntry, args: readonly Value[]): Value {
  const isNew = entry.value === undefined;
  emitter.ties++;
  const { block, result } = nested(emitter, () => named(emitter, callFunction(emitter, table.f, args)));
  if (!isData(result)) throw new Unspecialisable('a function is memoised in a branch');
  const type = typeOf(result);
  entry.isShared = true;
  if (isNew) emitter.slots.push(`let ${entry.slot} = ${emptyOf(type)}, ${entry.slot}h = false;`);
  block.lines.push(`${entry.slot} = ${lift(emitter, result)}; ${entry.slot}h = true;`);
  emitBlock(emitter, `if (!${entry.slot}h) {`, block, '}');
  entry.home = emitter.block;
  entry.value = nameOf(
    entry.slot,
    isNew || (entry.value && typeOf(entry.value) === type) ? type : 'unknown',
    emitter.block,
  );
  return entry.value;
}

function classOf(emitter: Emitter, table: MemoTable, others: string, low: number, high: number): MemoClass {
  let found = table.classes.get(others);
  if (!found) {
    found = { id: emitter.classes.length, low, high, type: 'number', reads: 0, isOncePerKey: true };
    table.classes.set(others, found);
    emitter.classes.push(found);
  }
  found.low = Math.min(found.low, low);
  found.high = Math.max(found.high, high);
  if (found.high - found.low > TABLE_LIMIT) throw new Unspecialisable('mem over a very long range');
  return found;
}

/** A call whose one unknown argument is a counter. */
function callCounted(emitter: Emitter, table: MemoTable, others: string, args: readonly Value[], at: number): Value {
  const counter = args[at];
  if (counter.kind !== 'code' || !counter.range) throw new Unspecialisable('mem without a counter');
  const { low, high, loop } = counter.range;
  const found = classOf(emitter, table, others, low, high);
  found.reads++;
  emitter.ties++;
  const loops = loopsAround(emitter);
  if (loops.length !== 1 || loops[0] !== loop) found.isOncePerKey = false;
  const { block, result } = nested(emitter, () => named(emitter, callFunction(emitter, table.f, args)));
  if (!isData(result)) throw new Unspecialisable('a function is memoised by a counter');
  if (typeOf(result) !== 'number') found.type = 'unknown';
  const name = freshName(emitter, 'x');
  const index = freshName(emitter, 'i');
  const text = lift(emitter, result);
  const isFresh = (): boolean => found.reads === 1 && found.isOncePerKey;
  emit(emitter, () => (isFresh() ? undefined : `const ${index} = ${counter.text} - ${found.low};`));
  emit(emitter, `let ${name};`);
  const stored = `t${found.id}[${index}]`;
  emit(emitter, () => (isFresh() ? '{' : `if (u${found.id}[${index}] === $run) ${name} = ${stored}; else {`));
  emit(emitter, () =>
    block.lines
      .map((line) => (typeof line === 'string' ? line : line()))
      .filter((line) => line !== undefined)
      .join('\n'),
  );
  emit(emitter, () =>
    isFresh() ? `${name} = ${text}; }` : `${name} = ${text}; ${stored} = ${name}; u${found.id}[${index}] = $run; }`,
  );
  return nameOf(name, typeOf(result), emitter.block);
}
