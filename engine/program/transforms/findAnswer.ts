/** Transform without effect: the function behind an expression, and where it gives its answer. */
import type { Expression, FunctionExpression, Statement } from '../syntax.ts';

const isMemo = (e: Expression): boolean => e.kind === 'library' && (e.name === 'mem' || e.name === 'cache');

/** The value a name was declared with, looked up through names. */
export const resolved = (e: Expression): Expression =>
  e.kind === 'name' && e.binding.value ? resolved(e.binding.value) : e;

/** The function an expression stands for, through names, mem and cache. */
export function functionBehind(e: Expression): FunctionExpression | undefined {
  const value = resolved(e);
  if (value.kind === 'function') return value;
  return value.kind === 'call' && isMemo(value.callee) && value.args.length > 0
    ? functionBehind(value.args[0])
    : undefined;
}

const returnsOf = (statement: Statement): number[] =>
  statement.kind === 'return' && statement.value
    ? [statement.value.at]
    : statement.kind === 'if'
      ? [...statement.whenTrue, ...statement.whenFalse].flatMap(returnsOf)
      : [];

/** The offset of the last value that `f` returns; undefined where it returns none. */
export const answerAt = (f: FunctionExpression): number | undefined => f.body.flatMap(returnsOf).at(-1);
