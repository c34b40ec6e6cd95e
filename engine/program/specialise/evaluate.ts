/** Specialisation: expressions and statements, evaluated as far as they are known; what is left goes to the emitter. */
import { mark } from '../print/positions.ts';
import { memberOf } from '../print/printProgram.ts';
import { type Expression, type Pattern, type Statement, unreachable } from '../syntax.ts';
import { evaluateCall } from './calls.ts';
import {
  bind,
  type Emitter,
  emit,
  emitBlock,
  emptyOf,
  freshName,
  joinTypes,
  lift,
  named,
  nested,
  pure,
} from './emitter.ts';
import { foldBinary, foldUnary } from './fold.ts';
import {
  checkLength,
  constant,
  type Environment,
  known,
  lookUpValue,
  nameOf,
  truth,
  typeOf,
  Unspecialisable,
  type Value,
} from './values.ts';

const COMPARISONS = new Set(['<', '<=', '>', '>=', '===', '!==', '==', '!=']);

/** The value of `e`; draws and effects inside it are emitted in order. */
export function evaluate(emitter: Emitter, e: Expression, environment: Environment): Value {
  switch (e.kind) {
    case 'literal':
      return constant(e.value);
    case 'name':
      return lookUpValue(environment, e.binding);
    case 'library':
      return evaluateLibraryName(e);
    case 'function':
      return { kind: 'closure', node: e, environment };
    case 'call':
    case 'method':
      return evaluateCall(emitter, e, environment);
    case 'conditional':
      return choose(
        emitter,
        evaluate(emitter, e.test, environment),
        () => evaluate(emitter, e.whenTrue, environment),
        () => evaluate(emitter, e.whenFalse, environment),
      );
    case 'array':
      return { kind: 'list', items: e.items.map((item) => named(emitter, evaluate(emitter, item, environment))) };
    case 'object':
      return {
        kind: 'record',
        fields: new Map(
          e.entries.map(({ key, value }) => [key, named(emitter, evaluate(emitter, value, environment))]),
        ),
      };
    case 'member':
      return memberValue(emitter, evaluate(emitter, e.object, environment), e.name, e.at);
    case 'index':
      return indexValue(
        emitter,
        evaluate(emitter, e.object, environment),
        evaluate(emitter, e.index, environment),
        e.at,
      );
    case 'binary':
      return binary(
        emitter,
        e.operator,
        evaluate(emitter, e.left, environment),
        evaluate(emitter, e.right, environment),
        e.at,
      );
    case 'logical':
      return logical(emitter, e, environment);
    case 'unary':
      return unary(emitter, e.operator, evaluate(emitter, e.operand, environment));
    case 'template':
      return template(emitter, e, environment);
    default:
      return unreachable(e);
  }
}

function evaluateLibraryName(e: Extract<Expression, { kind: 'library' }>): Value {
  if (/^Math\.[A-Z]/.test(e.name)) return constant(Math[e.name.slice(5) as 'PI']);
  return { kind: 'library', name: e.name, at: e.at };
}

/** `test ? a : b`, one of them only where the test is known. */
export function choose(emitter: Emitter, test: Value, whenTrue: () => Value, whenFalse: () => Value): Value {
  const isTrue = truth(test);
  if (isTrue !== undefined) return isTrue ? whenTrue() : whenFalse();
  const condition = named(emitter, test);
  const a = nested(emitter, whenTrue);
  const b = nested(emitter, whenFalse);
  if (a.block.lines.length === 0 && b.block.lines.length === 0)
    return joined(emitter, a.result, b.result, (x, y) =>
      pure(emitter, `(${lift(emitter, condition)} ? ${lift(emitter, x)} : ${lift(emitter, y)})`, joinTypes(x, y), [
        condition,
        x,
        y,
      ]),
    );
  const result = joined(emitter, a.result, b.result, (x, y) => {
    const type = joinTypes(x, y);
    const name = freshName(emitter, 'x');
    emit(emitter, `let ${name} = ${emptyOf(type)};`);
    a.block.lines.push(`${name} = ${lift(emitter, x)};`);
    b.block.lines.push(`${name} = ${lift(emitter, y)};`);
    return nameOf(name, type, emitter.block);
  });
  emitBlock(emitter, `if (${lift(emitter, condition)}) {`, a.block, '}');
  // Blocks without lines are left out.
  if (b.block.lines.length > 0) emitBlock(emitter, 'else {', b.block, '}');
  return result;
}

const isFunction = (value: Value): boolean =>
  value.kind === 'closure' || value.kind === 'memo' || value.kind === 'library' || value.kind === 'distribution';

/** One value for two branches: alike parts stay as they are, lists and records of one shape are joined part by part. */
function joined(emitter: Emitter, a: Value, b: Value, join: (a: Value, b: Value) => Value): Value {
  if (isFunction(a) || isFunction(b)) throw new Unspecialisable('a function chosen by a draw');
  if (a.kind === 'constant' && b.kind === 'constant' && Object.is(a.value, b.value)) return a;
  if (a.kind === 'list' && b.kind === 'list' && a.items.length === b.items.length)
    return { kind: 'list', items: a.items.map((item, i) => joined(emitter, item, b.items[i], join)) };
  if (
    a.kind === 'record' &&
    b.kind === 'record' &&
    a.fields.size === b.fields.size &&
    [...a.fields.keys()].every((name) => b.fields.has(name))
  )
    return {
      kind: 'record',
      fields: new Map(
        [...a.fields].map(([name, field]) => [
          name,
          joined(emitter, field, b.fields.get(name) ?? constant(undefined), join),
        ]),
      ),
    };
  return join(a, b);
}

function logical(emitter: Emitter, e: Extract<Expression, { kind: 'logical' }>, environment: Environment): Value {
  const left = named(emitter, evaluate(emitter, e.left, environment));
  const right = (): Value => evaluate(emitter, e.right, environment);
  if (e.operator === '??') {
    if (left.kind !== 'constant') throw new Unspecialisable('?? of a drawn value');
    return left.value === undefined || left.value === null ? right() : left;
  }
  return e.operator === '&&' ? choose(emitter, left, right, () => left) : choose(emitter, left, () => left, right);
}

function unary(emitter: Emitter, operator: string, operand: Value): Value {
  if (operator === 'void') return constant(undefined);
  if (operand.kind === 'constant') return constant(foldUnary(operator, operand.value));
  if (operator === '!') {
    const isTrue = truth(operand);
    return isTrue === undefined
      ? pure(emitter, `(!${lift(emitter, operand)})`, 'boolean', [operand])
      : constant(!isTrue);
  }
  if (operator === 'typeof')
    return isFunction(operand)
      ? constant('function')
      : pure(emitter, `$.typeOf(${lift(emitter, operand)})`, 'unknown', [operand]);
  return pure(emitter, `(${operator} ${lift(emitter, operand)})`, 'number', [operand]);
}

function binary(emitter: Emitter, operator: string, left: Value, right: Value, at: number): Value {
  if (left.kind === 'constant' && right.kind === 'constant') {
    const folded = foldBinary(operator, left.value, right.value);
    if (!(folded instanceof Unspecialisable)) return constant(folded);
  }
  if (operator === 'in') throw new Unspecialisable('in');
  const [a, b] = [lift(emitter, left), lift(emitter, right)];
  if (COMPARISONS.has(operator)) return pure(emitter, `(${a} ${operator} ${b})`, 'boolean', [left, right]);
  if (operator === '+' && !(typeOf(left) === 'number' && typeOf(right) === 'number'))
    return bind(emitter, `${mark(at)}$add(${a}, ${b})`, 'unknown');
  return {
    ...pure(emitter, `(${a} ${operator} ${b})`, 'number', [left, right]),
    range: shiftedRange(operator, left, right),
  };
}

/** The range of a counter plus or minus a constant. */
function shiftedRange(
  operator: string,
  left: Value,
  right: Value,
): { low: number; high: number; loop: number } | undefined {
  const [counter, shift] = left.kind === 'code' ? [left, right] : [right, left];
  if (
    counter.kind !== 'code' ||
    !counter.range ||
    shift.kind !== 'constant' ||
    typeof shift.value !== 'number' ||
    !Number.isInteger(shift.value)
  )
    return undefined;
  const { low, high, loop } = counter.range;
  if (operator === '+') return { low: low + shift.value, high: high + shift.value, loop };
  return operator === '-' && counter === left ? { low: low - shift.value, high: high - shift.value, loop } : undefined;
}

function template(emitter: Emitter, e: Extract<Expression, { kind: 'template' }>, environment: Environment): Value {
  const values = e.values.map((value) => evaluate(emitter, value, environment));
  if (values.every((value) => value.kind === 'constant')) {
    const text = e.strings.map((part, i) => part + (i < values.length ? String(known(values[i])?.value) : '')).join('');
    checkLength(text.length);
    return constant(text);
  }
  const parts = e.strings.flatMap((text, i) => [
    lift(emitter, constant(text)),
    ...(i < values.length ? [lift(emitter, values[i])] : []),
  ]);
  return bind(emitter, `${mark(e.at)}$.join(${parts.join(', ')})`, 'unknown');
}

/** `object.name`. */
export function memberValue(emitter: Emitter, object: Value, name: string, at: number): Value {
  if (object.kind === 'record') return object.fields.get(name) ?? constant(undefined);
  if (object.kind === 'list' && name === 'length') return constant(object.items.length);
  if (object.kind === 'constant' && typeof object.value === 'string' && name === 'length')
    return constant(object.value.length);
  if (object.kind !== 'code') throw new Unspecialisable(`.${name} of this`);
  return bind(emitter, memberOf(object.text, name, at), 'unknown');
}

function indexValue(emitter: Emitter, object: Value, index: Value, at: number): Value {
  if (index.kind === 'constant') {
    if (object.kind === 'list' && typeof index.value === 'number')
      return object.items[index.value] ?? constant(undefined);
    if (object.kind === 'record' && (typeof index.value === 'string' || typeof index.value === 'number')) {
      const field = object.fields.get(String(index.value));
      if (field) return field;
    }
  }
  const type =
    object.kind === 'list' &&
    index.kind === 'code' &&
    index.range &&
    index.range.low >= 0 &&
    index.range.high < object.items.length &&
    object.items.every((item) => typeOf(item) === 'number')
      ? 'number'
      : 'unknown';
  return bind(emitter, `${mark(at)}$.index(${lift(emitter, object)}, ${lift(emitter, index)})`, type);
}

/** Gives the names of `pattern` their parts of `value`. */
export function take(emitter: Emitter, pattern: Pattern, value: Value, environment: Environment): void {
  if (pattern.kind === 'plain') {
    environment.names.set(pattern.binding, named(emitter, value));
    return;
  }
  const whole = named(emitter, value);
  if (pattern.kind === 'array') {
    pattern.bindings.forEach((binding, i) => {
      if (binding) environment.names.set(binding, named(emitter, indexValue(emitter, whole, constant(i), pattern.at)));
    });
    return;
  }
  if (whole.kind !== 'record') throw new Unspecialisable('a record that is not known');
  for (const { key, binding } of pattern.entries)
    environment.names.set(binding, memberValue(emitter, whole, key, pattern.at));
}

/** Whether the statements surely return, surely do not, or either. */
function returns(statements: readonly Statement[]): 'always' | 'never' | 'maybe' {
  for (const statement of statements) {
    if (statement.kind === 'return') return 'always';
    if (statement.kind !== 'if') continue;
    const [a, b] = [returns(statement.whenTrue), returns(statement.whenFalse)];
    if (a === 'always' && b === 'always') return 'always';
    if (a !== 'never' || b !== 'never') return 'maybe';
  }
  return 'never';
}

/** The value the statements return; undefined where they end without returning. */
export function evaluateStatements(
  emitter: Emitter,
  statements: readonly Statement[],
  environment: Environment,
): Value | undefined {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements[i];
    if (statement.kind === 'return')
      return statement.value ? evaluate(emitter, statement.value, environment) : constant(undefined);
    if (statement.kind === 'expression') evaluate(emitter, statement.value, environment);
    else if (statement.kind === 'declare')
      take(emitter, statement.pattern, evaluate(emitter, statement.value, environment), environment);
    else {
      const ended = evaluateIf(emitter, statement, statements.slice(i + 1), environment);
      if (ended) return ended.value;
    }
  }
  return undefined;
}

/** An if with the statements after it; undefined where those are still to do. */
function evaluateIf(
  emitter: Emitter,
  statement: Extract<Statement, { kind: 'if' }>,
  rest: readonly Statement[],
  environment: Environment,
): { value: Value | undefined } | undefined {
  const test = evaluate(emitter, statement.test, environment);
  const branch = (statements: readonly Statement[]): Value | undefined =>
    evaluateStatements(emitter, statements, { names: new Map(), parent: environment });
  const isTrue = truth(test);
  if (isTrue !== undefined) {
    const statements = isTrue ? statement.whenTrue : statement.whenFalse;
    const value = branch(statements);
    return value ? { value } : undefined;
  }
  if (returns(statement.whenTrue) === 'never' && returns(statement.whenFalse) === 'never') {
    const nothing = (statements: readonly Statement[]) => (): Value => branch(statements) ?? constant(undefined);
    choose(emitter, test, nothing(statement.whenTrue), nothing(statement.whenFalse));
    return undefined;
  }
  // A branch that returns has no rest; the other goes on with it.
  const whole = (statements: readonly Statement[]) => (): Value => {
    const inner: Environment = { names: new Map(), parent: environment };
    return evaluateStatements(emitter, [...statements, ...rest], inner) ?? constant(undefined);
  };
  return { value: choose(emitter, test, whole(statement.whenTrue), whole(statement.whenFalse)) };
}
