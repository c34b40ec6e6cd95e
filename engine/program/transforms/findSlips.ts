/** Transform without effect: finds what is allowed but nearly always a slip, such as a function of `{athlete}` called with a string. */
import { placeText, type SourceText } from '../sourceText.ts';
import type { Expression, FunctionExpression, Statement } from '../syntax.ts';
import { visitStatements } from '../walk.ts';
import { answerAt, functionBehind, resolved } from './findAnswer.ts';

const isLibrary = (e: Expression, ...names: readonly string[]): boolean =>
  e.kind === 'library' && names.includes(e.name);

/** The literal, or first literal element, that reaches the parameter. */
function literalBehind(e: Expression): string | number | undefined {
  const value = resolved(e);
  return value.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number')
    ? value.value
    : undefined;
}

/** A warning where `argument` is plain while `f` takes its parameter `index` apart. */
function mismatch(
  source: SourceText,
  f: FunctionExpression | undefined,
  index: number,
  argument: Expression,
): string[] {
  const pattern = f?.parameters[index];
  const literal = literalBehind(argument);
  if (pattern?.kind !== 'object' || pattern.entries.length === 0 || literal === undefined) return [];
  const { key } = pattern.entries[0];
  return [
    `${placeText(source, argument.at)}: ${JSON.stringify(literal)} is passed where the function takes {${pattern.entries.map((entry) => entry.key).join(', ')}} out of an object, so ${key} is undefined there; pass {${key}: ${JSON.stringify(literal)}} or write function (${key})`,
  ];
}

function slipsOfCall(source: SourceText, e: Extract<Expression, { kind: 'call' }>): string[] {
  if (isLibrary(e.callee, 'condition') && e.args[0]?.kind === 'literal' && !e.args[0].value)
    return [`${placeText(source, e.at)}: this condition can never hold`];
  if (isLibrary(e.callee, 'map', 'filter', 'all', 'any', 'find') && e.args.length === 2) {
    const list = resolved(e.args[1]);
    return list.kind === 'array' && list.items.length > 0
      ? mismatch(source, functionBehind(e.args[0]), 0, list.items[0])
      : [];
  }
  const f = functionBehind(e.callee);
  return e.args.flatMap((argument, i) => mismatch(source, f, i, argument));
}

/** A warning where the model gives nothing back. */
function slipOfModel(source: SourceText, model: FunctionExpression | undefined): string[] {
  if (!model || answerAt(model) !== undefined) return [];
  return [`${placeText(source, model.at)}: the model has no return, so every answer is undefined; write return {…}`];
}

/** One sentence per slip, in the order of the text; the last about the model `body`. */
export function findSlips(
  source: SourceText,
  statements: readonly Statement[],
  body: Expression | undefined,
): string[] {
  const slips: string[] = [];
  visitStatements(statements, (e) => {
    if (e.kind === 'call') slips.push(...slipsOfCall(source, e));
    if (e.kind === 'function')
      for (const statement of e.body)
        if (
          statement.kind === 'expression' &&
          statement.value.kind === 'binary' &&
          ['<', '>', '<=', '>=', '===', '=='].includes(statement.value.operator)
        )
          slips.push(`${placeText(source, statement.at)}: this comparison has no effect; did you mean condition(…)?`);
  });
  return [...slips, ...slipOfModel(source, body && functionBehind(body))];
}
