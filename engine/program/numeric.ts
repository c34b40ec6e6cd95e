/** Which expressions are numbers for sure, so that their + needs no check. */
import type { Expression } from './syntax.ts';

const NUMERIC_FUNCTIONS = new Set([
  'sum',
  'product',
  'mean',
  'listMean',
  'listVar',
  'listStdev',
  'gaussian',
  'uniform',
  'beta',
  'gamma',
  'exponential',
  'cauchy',
  'laplace',
  'logNormal',
  'logitNormal',
  'studentT',
  'poisson',
  'binomial',
  'randomInteger',
  'discrete',
  '_.sum',
  '_.mean',
  '_.sumBy',
  '_.meanBy',
  'sigmoid',
  'expectation',
]);
/** Whether the library function gives numbers only. */
export const isNumericFunction = (name: string): boolean => name.startsWith('Math.') || NUMERIC_FUNCTIONS.has(name);

const ARITHMETIC = new Set(['-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>']);

/** Whether `expression` can only be a number. */
export function isNumeric(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return typeof expression.value === 'number';
    case 'name':
      return (
        expression.binding.value !== undefined && !expression.binding.isForward && isNumeric(expression.binding.value)
      );
    case 'library':
      return /^Math\.[A-Z]/.test(expression.name);
    case 'call':
      return (
        expression.callee.kind === 'library' &&
        (expression.callee.name.startsWith('Math.') || NUMERIC_FUNCTIONS.has(expression.callee.name))
      );
    case 'conditional':
      return isNumeric(expression.whenTrue) && isNumeric(expression.whenFalse);
    case 'binary':
      return (
        ARITHMETIC.has(expression.operator) ||
        (expression.operator === '+' && isNumeric(expression.left) && isNumeric(expression.right))
      );
    case 'unary':
      return expression.operator === '-' || expression.operator === '+' || expression.operator === '~';
    default:
      return false;
  }
}
