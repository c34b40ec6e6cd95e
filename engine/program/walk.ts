/** Walking the program tree: the parts of an expression or statement, and all expressions of a program. */
import { type Expression, type Statement, unreachable } from './syntax.ts';

/** The expressions directly inside `e`; a function's statements are not among them. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'literal':
    case 'name':
    case 'library':
    case 'function':
      return [];
    case 'call':
      return [e.callee, ...e.args];
    case 'method':
      return [e.object, ...e.args];
    case 'conditional':
      return [e.test, e.whenTrue, e.whenFalse];
    case 'array':
      return e.items;
    case 'object':
      return e.entries.map((entry) => entry.value);
    case 'member':
      return [e.object];
    case 'index':
      return [e.object, e.index];
    case 'binary':
    case 'logical':
      return [e.left, e.right];
    case 'unary':
      return [e.operand];
    case 'template':
      return e.values;
    default:
      return unreachable(e);
  }
}

/** Calls `visit` on every expression inside `e`, `e` first, functions' bodies included. */
export function visitExpression(e: Expression, visit: (e: Expression) => void): void {
  visit(e);
  for (const part of partsOf(e)) visitExpression(part, visit);
  if (e.kind === 'function') visitStatements(e.body, visit);
}

/** Calls `visit` on every expression of the statements, in the order of the text. */
export function visitStatements(statements: readonly Statement[], visit: (e: Expression) => void): void {
  for (const statement of statements) {
    if (statement.kind === 'if') {
      visitExpression(statement.test, visit);
      visitStatements(statement.whenTrue, visit);
      visitStatements(statement.whenFalse, visit);
    } else if (statement.value) visitExpression(statement.value, visit);
  }
}
