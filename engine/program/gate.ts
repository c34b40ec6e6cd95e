/**
 * Gate, second part: the parser's tree to the program tree. Whatever is not expressly let through is an error that says what to write
 * instead; every name is resolved to a binding or to a name of the library. **Source:** WebPPL's language, less assignment to stores.
 */
import type * as js from 'acorn';
import { convertExpression } from './gateExpression.ts';
import { isAllowedIdentifier, isAllowedProperty } from './names.ts';
import { announce, beginDeclaration, createScope, endDeclaration, type Scope } from './scope.ts';
import { faultAt, type SourceText } from './sourceText.ts';
import type { Binding, FunctionExpression, Pattern, Statement } from './syntax.ts';

export const NODE_LIMIT = 50_000;
export const DEPTH_LIMIT = 1_000;

/** What the gate knows and collects while it walks. */
export type GateState = {
  readonly source: SourceText;
  readonly libraryNames: ReadonlySet<string>;
  scope: Scope;
  level: number;
  nodes: number;
  depth: number;
  sites: number;
  /** How often the text names Infer or a relative of it. */
  inferenceCalls: number;
  /** The text names factor or observe. */
  hasSoftEvidence: boolean;
  /** Where the text first names condition. */
  conditionAt: number | undefined;
  readonly bindings: Binding[];
  readonly functions: { readonly node: FunctionExpression; readonly within: readonly Binding[] }[];
  /** Bindings whose values are being read, outermost first, and which bindings each value names. */
  readonly declaring: Binding[];
  readonly references: Map<Binding, Set<Binding>>;
};

/** Counts a node. Throws where the program has too many, or too deep ones. */
export function countNode(state: GateState, at: number): void {
  if (++state.nodes > NODE_LIMIT) throw faultAt(state.source, at, `program: more than ${NODE_LIMIT} parts`);
}

/** A new binding for the name written at `node`. */
export function createBinding(state: GateState, node: js.Identifier): Binding {
  checkIdentifier(state, node);
  const binding: Binding = { id: state.bindings.length, name: node.name, at: node.start, isForward: false };
  state.bindings.push(binding);
  return binding;
}

function checkIdentifier(state: GateState, node: js.Identifier): void {
  const written = state.source.text.slice(node.start, node.end);
  if (!isAllowedIdentifier(node.name) || written !== node.name)
    throw faultAt(
      state.source,
      node.start,
      `program: the name "${written}" is not allowed`,
      'Names are ASCII letters, digits, _ and $, written plainly.',
    );
}

/** A property name, refused where it leads out of the language. */
export function checkProperty(state: GateState, name: string, at: number): string {
  if (!isAllowedProperty(name))
    throw faultAt(state.source, at, `program: the property name "${name}" is not allowed`, 'Choose another name.');
  return name;
}

const patternNodes = (pattern: js.Pattern): js.Identifier[] => {
  if (pattern.type === 'Identifier') return [pattern];
  if (pattern.type === 'ObjectPattern')
    return pattern.properties.flatMap((property) =>
      property.type === 'Property' && property.value.type === 'Identifier' ? [property.value] : [],
    );
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.flatMap((element) => (element?.type === 'Identifier' ? [element] : []));
  return [];
};

/** Announces the names that the statements of one block declare. */
function announceNames(state: GateState, statements: readonly js.Node[]): void {
  for (const statement of statements as js.Statement[]) {
    if (statement.type === 'VariableDeclaration')
      for (const declarator of statement.declarations)
        for (const node of patternNodes(declarator.id)) announce(state.scope, createBinding(state, node));
    if (statement.type === 'FunctionDeclaration') announce(state.scope, createBinding(state, statement.id));
  }
}

function convertPattern(state: GateState, pattern: js.Pattern, bind: (node: js.Identifier) => Binding): Pattern {
  const { source } = state;
  if (pattern.type === 'Identifier') return { kind: 'plain', binding: bind(pattern) };
  if (pattern.type === 'ObjectPattern') {
    const entries = pattern.properties.map((property) => {
      if (
        property.type !== 'Property' ||
        property.computed ||
        property.key.type !== 'Identifier' ||
        property.value.type !== 'Identifier'
      )
        throw faultAt(
          source,
          property.start,
          'program: only plain names can be taken out of an object',
          'Write var {a, b} = value, without defaults or nesting.',
        );
      return { key: checkProperty(state, property.key.name, property.start), binding: bind(property.value) };
    });
    return { kind: 'object', entries, at: pattern.start };
  }
  if (pattern.type === 'ArrayPattern') {
    const bindings = pattern.elements.map((element) => {
      if (element !== null && element.type !== 'Identifier')
        throw faultAt(source, element.start, 'program: only plain names can be taken out of an array');
      return element === null ? null : bind(element);
    });
    return { kind: 'array', bindings, at: pattern.start };
  }
  const hint =
    pattern.type === 'AssignmentPattern'
      ? 'Write var x = given === undefined ? fallback : given.'
      : 'Pass an array instead.';
  throw faultAt(
    source,
    pattern.start,
    `program: ${pattern.type === 'AssignmentPattern' ? 'default values are' : 'rest parameters are'} not supported`,
    hint,
  );
}

/** A function expression or arrow, in a scope of its own. */
export function convertFunction(
  state: GateState,
  node: js.FunctionExpression | js.ArrowFunctionExpression | js.FunctionDeclaration | js.AnonymousFunctionDeclaration,
): FunctionExpression {
  if (node.async || node.generator)
    throw faultAt(
      state.source,
      node.start,
      `program: ${node.async ? 'async functions' : 'generators'} are not supported`,
      'A program runs at once, from top to bottom.',
    );
  const outer = state.scope;
  state.scope = createScope(outer, ++state.level);
  const named = node.type === 'FunctionExpression' && node.id ? createBinding(state, node.id) : undefined;
  const pass = (binding: Binding): Binding => {
    announce(state.scope, binding);
    state.scope.passed.set(binding.name, state.scope.names.get(binding.name)?.length ?? 1);
    return binding;
  };
  if (named) pass(named);
  const parameters = node.params.map((parameter) =>
    convertPattern(state, parameter, (name) => pass(createBinding(state, name))),
  );
  const result: FunctionExpression = {
    kind: 'function',
    id: state.functions.length,
    parameters,
    body: [],
    self: named,
    at: node.start,
    isRecursive: false,
  };
  const record = { node: result, within: named ? [...state.declaring, named] : [...state.declaring] };
  state.functions.push(record);
  if (named) state.declaring.push(named);
  const body =
    node.body.type === 'BlockStatement'
      ? convertBlock(state, node.body.body)
      : [{ kind: 'return' as const, value: convertExpression(state, node.body), at: node.body.start }];
  if (named) state.declaring.pop();
  Object.assign(result, { body });
  state.scope = outer;
  state.level--;
  return result;
}

function convertDeclaration(state: GateState, declarator: js.VariableDeclarator): Statement {
  const { scope } = state;
  const names = patternNodes(declarator.id);
  const isPlain = declarator.id.type === 'Identifier';
  const begun = isPlain ? names.map(({ name }) => beginDeclaration(scope, name)) : [];
  state.declaring.push(...begun);
  const value = declarator.init
    ? convertExpression(state, declarator.init)
    : { kind: 'literal' as const, value: undefined, at: declarator.start };
  state.declaring.length -= begun.length;
  if (isPlain) begun[0].value = value;
  const pattern = convertPattern(state, declarator.id, ({ name }) =>
    isPlain ? begun[0] : beginDeclaration(scope, name),
  );
  for (const { name } of names) endDeclaration(scope, name);
  return { kind: 'declare', pattern, value, at: declarator.start };
}

/** The statements of a block whose names are announced in the current scope. */
export function convertBlock(state: GateState, statements: readonly js.Node[]): Statement[] {
  announceNames(state, statements);
  return (statements as js.Statement[]).flatMap((statement) => convertStatement(state, statement));
}

function convertBranch(state: GateState, node: js.Statement | null | undefined): Statement[] {
  if (!node) return [];
  const outer = state.scope;
  state.scope = createScope(outer, state.level);
  const result = convertBlock(state, node.type === 'BlockStatement' ? node.body : [node]);
  state.scope = outer;
  return result;
}

const REFUSED_STATEMENTS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ForStatement: ['loops are', 'Use map, mapN, repeat or reduce.'],
  ForOfStatement: ['loops are', 'Use map or reduce.'],
  ForInStatement: ['loops are', 'Use map over _.keys(object).'],
  WhileStatement: ['loops are', 'Use a recursive function.'],
  DoWhileStatement: ['loops are', 'Use a recursive function.'],
  SwitchStatement: ['switch is', 'Use conditionals: a ? b : c.'],
  ThrowStatement: ['throw is', 'Use condition(false) to rule a run out.'],
  TryStatement: ['try is', 'Errors end the program.'],
  ClassDeclaration: ['classes are', 'Use object literals and functions.'],
  ImportDeclaration: ['imports are', 'A program sees only its own names and the library.'],
};

function convertStatement(state: GateState, node: js.Statement): Statement[] {
  countNode(state, node.start);
  switch (node.type) {
    case 'VariableDeclaration':
      if (node.kind !== 'var' && node.kind !== 'const' && node.kind !== 'let')
        throw faultAt(state.source, node.start, `program: ${node.kind} is not supported`, 'Use var.');
      return node.declarations.map((declarator) => convertDeclaration(state, declarator));
    case 'FunctionDeclaration': {
      const binding = beginDeclaration(state.scope, node.id.name);
      state.declaring.push(binding);
      const value = convertFunction(state, node);
      state.declaring.pop();
      binding.value = value;
      endDeclaration(state.scope, node.id.name);
      return [{ kind: 'declare', pattern: { kind: 'plain', binding }, value, at: node.start }];
    }
    case 'ExpressionStatement':
      return [{ kind: 'expression', value: convertExpression(state, node.expression), at: node.start }];
    case 'ReturnStatement':
      return [
        { kind: 'return', value: node.argument ? convertExpression(state, node.argument) : undefined, at: node.start },
      ];
    case 'IfStatement': {
      const test = convertExpression(state, node.test);
      return [
        {
          kind: 'if',
          test,
          whenTrue: convertBranch(state, node.consequent),
          whenFalse: convertBranch(state, node.alternate),
          at: node.start,
        },
      ];
    }
    case 'BlockStatement':
      return convertBranch(state, node);
    case 'EmptyStatement':
      return [];
    default: {
      const [what, hint] = REFUSED_STATEMENTS[node.type] ?? [`${node.type} is`, undefined];
      throw faultAt(state.source, node.start, `program: ${what} not supported`, hint);
    }
  }
}
