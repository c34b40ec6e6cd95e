/** Specialisation: calls. Functions of the program are evaluated in place; library functions by what they are. */
import { INFERENCE_NAMES } from '../names.ts';
import { isNumericFunction } from '../numeric.ts';
import { mark } from '../print/positions.ts';
import { printText } from '../print/printProgram.ts';
import type { Expression } from '../syntax.ts';
import { callDraw, isDraw } from './draws.ts';
import { bind, type Emitter, libraryName, lift, methodName, named, pure } from './emitter.ts';
import { evaluate, evaluateStatements, take } from './evaluate.ts';
import { callEvidence, isEvidence } from './evidence.ts';
import { callHigherOrder, fuseLoop, isHigherOrder } from './higherOrder.ts';
import { foldLibrary } from './knownCalls.ts';
import { callMemo, createMemo } from './memo.ts';
import {
  type CallExpression,
  checkLength,
  constant,
  type Environment,
  known,
  Unspecialisable,
  type Value,
} from './values.ts';

const DEPTH_LIMIT = 150;

/** Functions that the library cannot be asked for here: nested inference, and what has effects of its own. */
const UNSUITED = new Set([...INFERENCE_NAMES, 'display', 'print', 'compose', 'apply', 'marginalize', 'expectation']);

export function evaluateCall(emitter: Emitter, e: CallExpression, environment: Environment): Value {
  if (e.kind === 'method') return evaluateMethod(emitter, e, environment);
  const callee = evaluate(emitter, e.callee, environment);
  if (callee.kind === 'library') {
    const fused = fuseLoop(emitter, callee.name, e, environment);
    if (fused) return fused;
  }
  const args = e.args.map((arg) => named(emitter, evaluate(emitter, arg, environment)));
  emitter.at = e.at;
  return callFunction(emitter, callee, args);
}

/** The value of `f(…args)`. */
export function callFunction(emitter: Emitter, f: Value, args: readonly Value[]): Value {
  if (f.kind === 'library') return callLibrary(emitter, f.name, args);
  if (f.kind === 'memo') return callMemo(emitter, f.table, args);
  if (f.kind !== 'closure') throw new Unspecialisable('a call of what is no known function');
  if (++emitter.depth > DEPTH_LIMIT) throw new Unspecialisable('recursion');
  const { node } = f;
  const inner: Environment = { names: new Map(), parent: f.environment };
  if (node.self) inner.names.set(node.self, f);
  node.parameters.forEach((pattern, i) => {
    take(emitter, pattern, args[i] ?? constant(undefined), inner);
  });
  const value = evaluateStatements(emitter, node.body, inner) ?? constant(undefined);
  emitter.depth--;
  return value;
}

function callLibrary(emitter: Emitter, name: string, args: readonly Value[]): Value {
  if (name === 'mem') return createMemo(args[0] ?? constant(undefined));
  if (name === 'cache' || name === 'idF') return args[0] ?? constant(undefined);
  if (UNSUITED.has(name)) throw new Unspecialisable(name);
  if (isDraw(name)) return callDraw(emitter, name, args);
  if (isEvidence(name)) return callEvidence(emitter, name, args);
  const folded = foldLibrary(name, args);
  if (folded) return folded;
  if (isHigherOrder(name)) return callHigherOrder(emitter, name, args);
  if (name.startsWith('Math.') || name === 'sigmoid')
    return pure(
      emitter,
      `${libraryName(emitter, name)}(${args.map((arg) => lift(emitter, arg)).join(', ')})`,
      'number',
      args,
    );
  return bind(
    emitter,
    `${mark(emitter.at)}${libraryName(emitter, name)}(${args.map((arg) => lift(emitter, arg)).join(', ')})`,
    isNumericFunction(name) ? 'number' : 'unknown',
  );
}

const LIST_METHODS: Readonly<Record<string, string>> = { map: 'map', filter: 'filter', every: 'all', some: 'any' };

function evaluateMethod(emitter: Emitter, e: Extract<Expression, { kind: 'method' }>, environment: Environment): Value {
  const object = named(emitter, evaluate(emitter, e.object, environment));
  const args = e.args.map((arg) => named(emitter, evaluate(emitter, arg, environment)));
  emitter.at = e.at;
  if (object.kind === 'record') {
    const field = object.fields.get(e.name);
    if (field) return callFunction(emitter, field, args);
  }
  if (object.kind === 'distribution' && e.name === 'sample') return callDraw(emitter, 'sample', [object]);
  if (object.kind === 'list') {
    const value = listMethod(emitter, object.items, e.name, args);
    if (value) return value;
  }
  if (object.kind === 'constant' && typeof object.value === 'string') {
    const folded = foldLibrary(`.${e.name}`, [object, ...args]);
    if (folded) return folded;
  }
  const texts = [object, ...args].map((arg) => lift(emitter, arg));
  if (!METHODS.has(e.name))
    return bind(
      emitter,
      `${mark(e.at)}$.callField(${printText(e.name)}, ${texts[0]}, [${texts.slice(1).join(', ')}])`,
      'unknown',
    );
  return bind(emitter, `${mark(e.at)}${methodName(emitter, e.name)}(${texts.join(', ')})`, 'unknown');
}

/** Methods that only hand data on. */
const METHODS = new Set([
  'concat',
  'slice',
  'indexOf',
  'lastIndexOf',
  'includes',
  'join',
  'at',
  'flat',
  'charAt',
  'split',
  'startsWith',
  'endsWith',
  'toLowerCase',
  'toUpperCase',
  'trim',
  'substring',
  'score',
]);

function listMethod(
  emitter: Emitter,
  items: readonly Value[],
  name: string,
  args: readonly Value[],
): Value | undefined {
  const [first] = args;
  if (Object.hasOwn(LIST_METHODS, name) && first?.kind === 'closure' && first.node.parameters.length < 2)
    return callHigherOrder(emitter, LIST_METHODS[name], [first, { kind: 'list', items }]);
  if (name === 'reduce' && args.length === 2)
    return items.reduce<Value>((total, item) => named(emitter, callFunction(emitter, first, [total, item])), args[1]);
  if (name === 'concat' && args.every((arg) => arg.kind === 'list')) {
    const all = [...items, ...args.flatMap((arg) => (arg.kind === 'list' ? arg.items : []))];
    checkLength(all.length);
    return { kind: 'list', items: all };
  }
  if (name === 'slice' && args.every((arg) => known(arg))) {
    const [from, to] = args.map((arg) => known(arg)?.value);
    return {
      kind: 'list',
      items: items.slice(typeof from === 'number' ? from : undefined, typeof to === 'number' ? to : undefined),
    };
  }
  return foldLibrary(`.${name}`, [{ kind: 'list', items }, ...args]);
}
