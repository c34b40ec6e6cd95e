/**
 * Prints the program tree as a JavaScript function expression `(library, tracer) => {…}`. No character of the source reaches the output
 * except inside JSON-escaped text: names become v0, v1, …; members are looked up by names the gate let through; methods and library
 * names are routed to our own functions.
 */

import { isNumeric } from '../numeric.ts';
import { type Expression, type FunctionExpression, type Pattern, type Statement, unreachable } from '../syntax.ts';
import type { Entry } from '../transforms/findEntry.ts';
import { type GeneratedCode, mark, takeMarks } from './positions.ts';

/** How to print: `hasAddresses` wraps calls so that choices know their place; `isDifferentiable` routes arithmetic through the tape. */
export type PrintOptions = {
  readonly hasAddresses: boolean;
  readonly isDifferentiable: boolean;
  readonly methods: ReadonlySet<string>;
};

type Printer = PrintOptions & { readonly libraryNames: Map<string, string>; readonly methodNames: Map<string, string> };

/** Property names that some prototype has: only own properties may be read under them. `length` is the same for all. */
const INHERITED = new Set(
  [Object, Array, String, Function, Number, Boolean]
    .flatMap((maker) => Object.getOwnPropertyNames(maker.prototype))
    .filter((name) => name !== 'length' && name !== 'name'),
);

/** Text as a literal; line separators and angle brackets are escaped too, so that the code can stand in any file. */
export const printText = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029<>]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

const registered = (names: Map<string, string>, name: string, prefix: string): string => {
  let local = names.get(name);
  if (local === undefined) names.set(name, (local = `${prefix}${names.size}`));
  return local;
};

/** A literal as code. */
export function printLiteral(value: number | string | boolean | null | undefined): string {
  if (typeof value === 'string') return printText(value);
  if (value === undefined) return 'undefined';
  if (typeof value === 'number' && (value < 0 || Object.is(value, -0)))
    return `(${Object.is(value, -0) ? '-0' : String(value)})`;
  return String(value);
}

/** `object.name` as code: names that prototypes have too are looked up as own properties. */
export const memberOf = (object: string, name: string, at: number): string => {
  if (name === 'length' || (!INHERITED.has(name) && /^[A-Za-z][A-Za-z0-9_]*$/.test(name)))
    return `${object}${mark(at)}.${name}`;
  return `$.get(${object}, ${printText(name)})`;
};

/** Library functions that neither draw nor call back: no address is needed. */
const isPlainFunction = (name: string): boolean =>
  /^(Math|Number)\.|^_\.is|^(sum|product|mean|listMean|first|second|third|last|range|concat|append)$/.test(name);

const DIFFERENTIABLE: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '**': 'pow',
};
const COMPARISON = new Set(['<', '<=', '>', '>=', '===', '!==', '==', '!=']);

function printBinary(printer: Printer, e: Extract<Expression, { kind: 'binary' }>): string {
  const left = print(printer, e.left);
  const right = print(printer, e.right);
  if (e.operator === 'in') return `$.has(${left}, ${right})`;
  if (printer.isDifferentiable) {
    if (e.operator in DIFFERENTIABLE) return `$d.${DIFFERENTIABLE[e.operator]}(${left}, ${right})`;
    return COMPARISON.has(e.operator)
      ? `($d.value(${left}) ${e.operator} $d.value(${right}))`
      : `(${`$d.value(${left})`} ${e.operator} $d.value(${right}))`;
  }
  if (e.operator === '+' && !(isNumeric(e.left) && isNumeric(e.right))) return `${mark(e.at)}$add(${left}, ${right})`;
  return `(${left} ${e.operator} ${right})`;
}

function printUnary(printer: Printer, e: Extract<Expression, { kind: 'unary' }>): string {
  const operand = print(printer, e.operand);
  if (e.operator === 'typeof') return `$.typeOf(${operand})`;
  if (!printer.isDifferentiable || e.operator === 'void') return `(${e.operator} ${operand})`;
  return e.operator === '-'
    ? `$d.sub(0, ${operand})`
    : e.operator === '+'
      ? operand
      : `(${e.operator} $d.value(${operand}))`;
}

function printCall(printer: Printer, e: Extract<Expression, { kind: 'call' | 'method' }>): string {
  const args = e.args.map((arg) => print(printer, arg));
  let call: string;
  if (e.kind === 'call') call = `${mark(e.at)}${print(printer, e.callee)}(${args.join(', ')})`;
  else if (printer.methods.has(e.name))
    call = `${registered(printer.methodNames, e.name, 'm')}${mark(e.at)}(${[print(printer, e.object), ...args].join(', ')})`;
  else call = `${mark(e.at)}$.callField(${printText(e.name)}, ${print(printer, e.object)}, [${args.join(', ')}])`;
  if (!printer.hasAddresses || (e.kind === 'call' && e.callee.kind === 'library' && isPlainFunction(e.callee.name)))
    return call;
  return `($t.enter(${e.site}), $t.leave(${call}))`;
}

/** The code of an expression whose plain value is wanted: tests, indices. */
const printPlain = (printer: Printer, e: Expression): string =>
  printer.isDifferentiable ? `$d.value(${print(printer, e)})` : print(printer, e);

/** The code of one expression, with marks. */
function print(printer: Printer, e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return printLiteral(e.value);
    case 'name':
      return `v${e.binding.id}`;
    case 'library':
      return registered(printer.libraryNames, e.name, 'l');
    case 'function':
      return printFunction(printer, e);
    case 'call':
    case 'method':
      return printCall(printer, e);
    case 'conditional':
      return `(${printPlain(printer, e.test)} ? ${print(printer, e.whenTrue)} : ${print(printer, e.whenFalse)})`;
    case 'array':
      return `[${e.items.map((item) => print(printer, item)).join(', ')}]`;
    case 'object':
      return `({${e.entries.map(({ key, value }) => `${printText(key)}: ${print(printer, value)}`).join(', ')}})`;
    case 'member':
      return memberOf(print(printer, e.object), e.name, e.at);
    case 'index':
      return `${mark(e.at)}$.index(${print(printer, e.object)}, ${printPlain(printer, e.index)})`;
    case 'binary':
      return printBinary(printer, e);
    case 'logical':
      return `(${printPlain(printer, e.left)} ${e.operator} ${print(printer, e.right)})`;
    case 'unary':
      return printUnary(printer, e);
    case 'template':
      return `${mark(e.at)}$.join(${e.strings.flatMap((text, i) => (i < e.values.length ? [printText(text), print(printer, e.values[i])] : [printText(text)])).join(', ')})`;
    default:
      return unreachable(e);
  }
}

/** Declarations that take `pattern` out of the value in the variable `from`. */
function printTaking(pattern: Pattern, from: string): string {
  if (pattern.kind === 'plain') return `var v${pattern.binding.id} = ${from};`;
  if (pattern.kind === 'array')
    return pattern.bindings
      .flatMap((binding, i) => (binding ? [`var v${binding.id} = ${mark(pattern.at)}$.index(${from}, ${i});`] : []))
      .join(' ');
  const opened =
    pattern.entries.length > 0 ? `${mark(pattern.at)}$.open(${from}, ${printText(pattern.entries[0].key)}); ` : '';
  return (
    opened +
    pattern.entries.map(({ key, binding }) => `var v${binding.id} = ${memberOf(from, key, pattern.at)};`).join(' ')
  );
}

function printFunction(printer: Printer, e: FunctionExpression): string {
  const names = e.parameters.map((pattern, i) => (pattern.kind === 'plain' ? `v${pattern.binding.id}` : `p${i}`));
  const taking = e.parameters.flatMap((pattern, i) =>
    pattern.kind === 'plain' ? [] : [printTaking(pattern, `p${i}`)],
  );
  const enter = e.isRecursive ? [`${mark(e.at)}$.enter();`] : [];
  const body = e.body.map((statement) => printStatement(printer, statement, e.isRecursive));
  const leave = e.isRecursive && e.body.at(-1)?.kind !== 'return' ? ['$.leave();'] : [];
  return `function ${e.self ? `v${e.self.id}` : ''}(${names.join(', ')}) {\n${[...taking, ...enter, ...body, ...leave].join('\n')}\n}`;
}

function printStatement(printer: Printer, statement: Statement, isGuarded: boolean): string {
  switch (statement.kind) {
    case 'declare': {
      const value = print(printer, statement.value);
      if (statement.pattern.kind === 'plain') return `var v${statement.pattern.binding.id} = ${value};`;
      return `var q${statement.at} = ${value}; ${printTaking(statement.pattern, `q${statement.at}`)}`;
    }
    case 'expression':
      return `${mark(statement.at)}(${print(printer, statement.value)});`;
    case 'return': {
      const value = statement.value ? print(printer, statement.value) : 'undefined';
      return isGuarded ? `return $.leave(${value});` : `return ${value};`;
    }
    case 'if': {
      const block = (statements: readonly Statement[]): string =>
        `{\n${statements.map((inner) => printStatement(printer, inner, isGuarded)).join('\n')}\n}`;
      const otherwise = statement.whenFalse.length > 0 ? ` else ${block(statement.whenFalse)}` : '';
      return `if (${printPlain(printer, statement.test)}) ${block(statement.whenTrue)}${otherwise}`;
    }
    default:
      return unreachable(statement);
  }
}

/** The code of a program: a function that runs the top once and returns the function whose runs are sampled. */
export function printProgram(entry: Entry, options: PrintOptions): GeneratedCode {
  const printer: Printer = { ...options, libraryNames: new Map(), methodNames: new Map() };
  const top = entry.top.map((statement) => printStatement(printer, statement, false));
  const run = entry.body
    ? [...top, `return ${print(printer, entry.body)};`]
    : [
        `return function () {\n${top.join('\n')}\nreturn ${entry.value ? print(printer, entry.value) : 'undefined'};\n};`,
      ];
  const functions = [...printer.libraryNames].map(([name, local]) => `var ${local} = $functions[${printText(name)}];`);
  const methods = [...printer.methodNames].map(([name, local]) => `var ${local} = $methods.get(${printText(name)});`);
  const lines = [
    '(function ($functions, $methods, $, $t, $d) {',
    '"use strict";',
    'var $add = $.add;',
    ...functions,
    ...methods,
    ...run,
    '})',
  ];
  return takeMarks(lines.join('\n'));
}
