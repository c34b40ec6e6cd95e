/** Gate, third part: expressions. See gate.ts. */
import type * as js from 'acorn';
import { checkProperty, convertFunction, countNode, DEPTH_LIMIT, type GateState } from './gate.ts';
import { UNSUPPORTED } from './library/unsupported.ts';
import { INFERENCE_NAMES, OUTSIDE_NAMES } from './names.ts';
import { didYouMean } from './nearestName.ts';
import { lookUp, namesInReach } from './scope.ts';
import { faultAt } from './sourceText.ts';
import type { BinaryOperator, Expression, LogicalOperator, UnaryOperator } from './syntax.ts';

const BINARY = new Set<string>([
  '+',
  '-',
  '*',
  '/',
  '%',
  '**',
  '===',
  '!==',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '&',
  '|',
  '^',
  '<<',
  '>>',
  '>>>',
  'in',
]);
const LOGICAL = new Set<string>(['&&', '||', '??']);
const UNARY = new Set<string>(['-', '+', '!', '~', 'typeof', 'void']);
const isBinary = (operator: string): operator is BinaryOperator => BINARY.has(operator);
const isLogical = (operator: string): operator is LogicalOperator => LOGICAL.has(operator);
const isUnary = (operator: string): operator is UnaryOperator => UNARY.has(operator);

const CONSTANTS: ReadonlyMap<string, number | undefined> = new Map([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
]);

/** Library objects whose members are functions: `Math.exp`, `_.max`. */
const NAMESPACES = ['Math', '_', 'Vector', 'Number', 'JSON', 'T', 'ad', 'dists', 'util', 'nn'];

const REFUSED: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  AssignmentExpression: ['assignment is', 'A name keeps its value; declare another one with var.'],
  UpdateExpression: ['++ and -- are', 'A name keeps its value; declare another one with var.'],
  NewExpression: ['new is', 'Write the distribution or the literal without new.'],
  ThisExpression: ['this is', 'Pass the value as a parameter.'],
  SpreadElement: ['... is', 'Use concat for arrays, extend for objects, _.max or sum for arguments.'],
  TaggedTemplateExpression: ['tagged templates are', 'Call the function with ( ).'],
  ChainExpression: ['?. is', 'Test for undefined with a conditional.'],
  SequenceExpression: ['the comma operator is', 'Write one expression per statement.'],
  ClassExpression: ['classes are', 'Use object literals and functions.'],
  YieldExpression: ['yield is', 'A program runs at once, from top to bottom.'],
  AwaitExpression: ['await is', 'A program runs at once, from top to bottom.'],
  ImportExpression: ['import is', 'A program sees only its own names and the library.'],
  MetaProperty: ['meta properties are', 'A program sees only its own names and the library.'],
  Super: ['super is', 'Use object literals and functions.'],
};

/** The program tree of one expression. Throws UserError with place where something is not supported or not bound. */
export function convertExpression(
  state: GateState,
  node: js.Expression | js.SpreadElement | js.PrivateIdentifier | js.Super,
): Expression {
  countNode(state, node.start);
  if (++state.depth > DEPTH_LIMIT)
    throw faultAt(
      state.source,
      node.start,
      `program: nested more than ${DEPTH_LIMIT} deep`,
      'Give the inner parts names.',
    );
  const result = convert(state, node);
  state.depth--;
  return result;
}

function convert(
  state: GateState,
  node: js.Expression | js.SpreadElement | js.PrivateIdentifier | js.Super,
): Expression {
  const { source } = state;
  const at = node.start;
  switch (node.type) {
    case 'Literal':
      return convertLiteral(state, node);
    case 'Identifier':
      return convertName(state, node);
    case 'ParenthesizedExpression':
      return convertExpression(state, node.expression);
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return convertFunction(state, node);
    case 'ConditionalExpression':
      return {
        kind: 'conditional',
        test: convertExpression(state, node.test),
        whenTrue: convertExpression(state, node.consequent),
        whenFalse: convertExpression(state, node.alternate),
        at,
      };
    case 'ArrayExpression':
      return {
        kind: 'array',
        items: node.elements.map((element) => {
          if (element === null) throw faultAt(source, at, 'program: an array with holes', 'Write every element.');
          return convertExpression(state, element);
        }),
        at,
      };
    case 'ObjectExpression':
      return { kind: 'object', entries: node.properties.map((property) => convertProperty(state, property)), at };
    case 'BinaryExpression':
      if (!isBinary(node.operator)) throw faultAt(source, at, `program: ${node.operator} is not supported`);
      return {
        kind: 'binary',
        operator: node.operator,
        left: convertExpression(state, node.left),
        right: convertExpression(state, node.right),
        at,
      };
    case 'LogicalExpression':
      if (!isLogical(node.operator)) throw faultAt(source, at, `program: ${node.operator} is not supported`);
      return {
        kind: 'logical',
        operator: node.operator,
        left: convertExpression(state, node.left),
        right: convertExpression(state, node.right),
        at,
      };
    case 'UnaryExpression':
      if (!isUnary(node.operator))
        throw faultAt(
          source,
          at,
          `program: ${node.operator} is not supported`,
          'Objects keep their properties; make another with _.omit.',
        );
      return { kind: 'unary', operator: node.operator, operand: convertExpression(state, node.argument), at };
    case 'TemplateLiteral':
      return {
        kind: 'template',
        strings: node.quasis.map((quasi) => quasi.value.cooked ?? ''),
        values: node.expressions.map((expression) => convertExpression(state, expression)),
        at,
      };
    case 'MemberExpression':
      return convertMember(state, node);
    case 'CallExpression':
      return convertCall(state, node);
    default: {
      const [what, hint] = REFUSED[node.type] ?? [`${node.type} is`, undefined];
      throw faultAt(source, at, `program: ${what} not supported`, hint);
    }
  }
}

function convertLiteral(state: GateState, node: js.Literal): Expression {
  const { value } = node;
  if (node.regex)
    throw faultAt(
      state.source,
      node.start,
      'program: regular expressions are not supported',
      'Use indexOf, split or slice.',
    );
  if (node.bigint || typeof value === 'bigint' || value instanceof RegExp)
    throw faultAt(state.source, node.start, 'program: big integers are not supported', 'Use plain numbers.');
  return { kind: 'literal', value: value ?? null, at: node.start };
}

function convertName(state: GateState, node: js.Identifier): Expression {
  const { name, start: at } = node;
  const { source, scope } = state;
  if (source.text.slice(at, node.end) !== name)
    throw faultAt(source, at, 'program: names must be written without escapes');
  if (CONSTANTS.has(name)) return { kind: 'literal', value: CONSTANTS.get(name), at };
  const { binding, later } = lookUp(scope, name, state.level);
  if (binding) {
    for (const declaring of state.declaring) {
      const named = state.references.get(declaring);
      if (named) named.add(binding);
      else state.references.set(declaring, new Set([binding]));
    }
    return { kind: 'name', binding, at };
  }
  if (INFERENCE_NAMES.has(name)) state.inferenceCalls++;
  if (name === 'condition') state.conditionAt ??= at;
  if (name === 'factor' || name === 'observe') state.hasSoftEvidence = true;
  if (state.libraryNames.has(name)) return { kind: 'library', name, site: state.sites++, at };
  if (later) throw faultAt(source, at, `program: ${name} is used before it is declared`, 'Move its declaration up.');
  if (NAMESPACES.includes(name))
    throw faultAt(source, at, `program: ${name} itself is no value`, `Use its functions: ${name}.name(…).`);
  throw unbound(state, name, at);
}

function unbound(state: GateState, name: string, at: number): Error {
  if (UNSUPPORTED.has(name))
    return faultAt(state.source, at, `program: ${name} is not supported`, UNSUPPORTED.get(name));
  const own = [...namesInReach(state.scope)];
  const hint =
    OUTSIDE_NAMES.get(name) ?? didYouMean(name, own) ?? didYouMean(name, state.libraryNames, hiddenName(state, name));
  return faultAt(state.source, at, `program: ${name} is not defined`, hint);
}

/** A hint for a name that exists, though not in reach. */
const hiddenName = (state: GateState, name: string): string | undefined =>
  state.bindings.some((binding) => binding.name === name)
    ? `${name} is declared inside another function or block; pass it as a parameter, or write var ${name} = test ? a : b.`
    : undefined;

function convertProperty(state: GateState, node: js.Property | js.SpreadElement): { key: string; value: Expression } {
  const { source } = state;
  if (node.type !== 'Property') throw faultAt(source, node.start, 'program: ... is not supported', 'Use extend(a, b).');
  if (node.kind !== 'init' || node.method)
    throw faultAt(
      source,
      node.start,
      'program: getters, setters and methods are not supported',
      'Write name: function () {…}.',
    );
  if (node.computed)
    throw faultAt(
      source,
      node.start,
      'program: computed property names are not supported',
      'Use _.fromPairs([[key, value]]).',
    );
  const { key } = node;
  const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
  if (name === undefined) throw faultAt(source, node.start, 'program: this property name is not supported');
  return { key: checkProperty(state, name, key.start), value: convertExpression(state, node.value) };
}

/** `Math.exp`, where `Math` is not the program's own. */
function namespaceOf(state: GateState, node: js.MemberExpression): string | undefined {
  const { object } = node;
  if (object.type !== 'Identifier' || !NAMESPACES.includes(object.name)) return undefined;
  return lookUp(state.scope, object.name, state.level).binding ? undefined : object.name;
}

function convertMember(state: GateState, node: js.MemberExpression): Expression {
  const { source } = state;
  const at = node.start;
  if (node.optional)
    throw faultAt(source, at, 'program: ?. is not supported', 'Test for undefined with a conditional.');
  const namespace = namespaceOf(state, node);
  if (namespace !== undefined) return convertNamespaced(state, node, namespace);
  const object = convertExpression(state, node.object);
  if (!node.computed) {
    if (node.property.type !== 'Identifier') throw faultAt(source, at, 'program: private names are not supported');
    if (source.text.slice(node.property.start, node.property.end) !== node.property.name)
      throw faultAt(source, node.property.start, 'program: names must be written without escapes');
    return {
      kind: 'member',
      object,
      name: checkProperty(state, node.property.name, node.property.start),
      at: node.property.start,
    };
  }
  const index = convertExpression(state, node.property);
  if (index.kind === 'literal' && typeof index.value === 'string')
    return { kind: 'member', object, name: checkProperty(state, index.value, index.at), at: index.at };
  return { kind: 'index', object, index, at: node.property.start };
}

function convertNamespaced(state: GateState, node: js.MemberExpression, namespace: string): Expression {
  const { source } = state;
  if (node.computed || node.property.type !== 'Identifier')
    throw faultAt(source, node.start, `program: ${namespace}[…] is not supported`, `Write ${namespace}.name.`);
  const name = `${namespace}.${node.property.name}`;
  if (!state.libraryNames.has(name)) {
    const sameSpace = [...state.libraryNames].filter((known) => known.startsWith(`${namespace}.`));
    throw faultAt(
      source,
      node.property.start,
      `program: ${name} is not supported`,
      didYouMean(name, sameSpace, 'The library lists what there is.'),
    );
  }
  return { kind: 'library', name, site: state.sites++, at: node.start };
}

function convertCall(state: GateState, node: js.CallExpression): Expression {
  if (node.optional)
    throw faultAt(state.source, node.start, 'program: ?. is not supported', 'Test for undefined with a conditional.');
  const callee = convertExpression(state, node.callee);
  const args = node.arguments.map((argument) => convertExpression(state, argument));
  const site = state.sites++;
  if (callee.kind === 'member')
    return { kind: 'method', object: callee.object, name: callee.name, args, site, at: callee.at };
  return { kind: 'call', callee, args, site, at: node.start };
}
