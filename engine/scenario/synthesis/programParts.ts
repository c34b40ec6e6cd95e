/** Program parts: the evidence and the answers of a program that keeps the contract, each with its place in the text. */
import type {
  ArrayExpression,
  CallExpression,
  Expression,
  FunctionExpression,
  Node,
  ObjectExpression,
  Program,
  Statement,
} from 'acorn';
import { parse } from '../../program/parse.ts';
import { faultAt } from '../../program/sourceText.ts';
import { CONTEST, EVIDENCE_NAMES, type EvidenceName, RANK, WEIGHING_NAMES } from './contract.ts';

type Span = { readonly start: number; readonly end: number };

/** A statement that weighs a run, as data. Events are as the program writes them. */
export type EvidencePart = Span &
  (
    | {
        readonly kind: 'result';
        readonly winners: readonly string[];
        readonly losers: readonly string[];
        readonly event: string;
      }
    | {
        readonly kind: 'remark';
        readonly isHigh: boolean;
        readonly factor: string;
        readonly entity: string;
        readonly event: string;
      }
  );

/** What a query's property is made of. */
export type AnswerPart = { readonly id: string; readonly value: Span } & (
  | { readonly kind: 'rank'; readonly trait: string; readonly entity: string }
  | { readonly kind: 'percentage'; readonly factor: string; readonly entity: string; readonly event: string }
  | { readonly kind: 'contest'; readonly sides: readonly [readonly string[], readonly string[]] }
  | { readonly kind: 'other' }
);

export type ProgramParts = {
  readonly text: string;
  readonly evidence: readonly EvidencePart[];
  readonly answers: readonly AnswerPart[];
  /** The whole return statement. */
  readonly returned: Span;
};

type Called = { readonly name: string; readonly args: readonly Expression[] };

function calledIn(expression: Node): Called | undefined {
  if (expression.type !== 'CallExpression') return undefined;
  const { callee, arguments: args } = expression as CallExpression;
  if (callee.type !== 'Identifier') return undefined;
  return { name: callee.name, args: args.filter((arg): arg is Expression => arg.type !== 'SpreadElement') };
}

const literalOf = (node: Node | undefined): string | undefined =>
  node?.type === 'Literal' && 'value' in node && (typeof node.value === 'string' || typeof node.value === 'number')
    ? String(node.value)
    : undefined;

/** The names in an array of texts, or nothing if it holds anything else. */
function namesOf(node: Node | undefined): string[] | undefined {
  if (node?.type !== 'ArrayExpression') return undefined;
  const names = (node as ArrayExpression).elements.map((element) => literalOf(element ?? undefined));
  return names.every((name) => name !== undefined) && names.length > 0 ? names : undefined;
}

/** All nodes of a tree, each with the name of the function variable it lies in, outermost last. */
function* nodesOf(
  node: Node,
  owner: string | undefined = undefined,
): Generator<{ node: Node; owner: string | undefined }> {
  yield { node, owner };
  const isNamed = node.type === 'VariableDeclarator' && 'id' in node && 'init' in node;
  const inner = isNamed && isFunction(node.init) ? nameOf(node.id) : owner;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesOf(child, inner);
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
const isFunction = (value: unknown): value is FunctionExpression =>
  isNode(value) && (value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression');
const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' && 'name' in value && typeof value.name === 'string'
    ? value.name
    : undefined;

/** Throws UserError that shows the place in the program. */
type Refuse = (node: Span, message: string, hint?: string) => never;

function modelBody(program: Program, refuse: Refuse): readonly Statement[] {
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration') continue;
    for (const { id, init } of statement.declarations)
      if (nameOf(id) === 'model' && isFunction(init) && init.body.type === 'BlockStatement') return init.body.body;
  }
  return refuse(
    program,
    'there is no `var model = function () {…}`',
    'Write the whole program as one function named model.',
  );
}

function evidenceOf({ name, args }: Called, span: Span, refuse: Refuse): EvidencePart {
  const { start, end } = span;
  if (name === 'beats') {
    const [winners, losers, event] = [namesOf(args[0]), namesOf(args[1]), literalOf(args[2])];
    if (!winners || !losers || event === undefined || args.length !== 3)
      return refuse(span, 'expected beats([winners], [losers], event) with names and the event written out');
    return { kind: 'result', winners, losers, event, start, end };
  }
  const inner = args.length === 1 ? calledIn(args[0]) : undefined;
  const [entity, event] = [literalOf(inner?.args[0]), literalOf(inner?.args[1])];
  if (!inner || entity === undefined || event === undefined)
    return refuse(span, `expected ${name}(factor('entity', event)) with the entity and the event written out`);
  return { kind: 'remark', isHigh: name === 'seemsHigh', factor: inner.name, entity, event, start, end };
}

const isEvidenceName = (name: string): name is EvidenceName => EVIDENCE_NAMES.some((known) => known === name);
const isWeighing = (name: string): boolean => WEIGHING_NAMES.some((known) => known === name);

/** Throws UserError where something weighs a run that is not one of `evidence`. */
function checkNothingElseWeighs(program: Program, evidence: readonly EvidencePart[], refuse: Refuse): void {
  for (const { node, owner } of nodesOf(program)) {
    const called = calledIn(node);
    if (!called) continue;
    const isHome = owner !== undefined && isEvidenceName(owner);
    if (isWeighing(called.name) && !isHome)
      refuse(
        node,
        `${called.name} stands outside ${EVIDENCE_NAMES.join(', ')}`,
        'Write every observation as one of these three.',
      );
    const isListed = evidence.some(({ start, end }) => start <= node.start && node.end <= end);
    if (isEvidenceName(called.name) && !isListed && !isHome)
      refuse(node, `${called.name} is not a statement of its own in the body of model`);
  }
}

function answerOf(id: string, value: Expression): AnswerPart {
  const span = { start: value.start, end: value.end };
  const called = calledIn(value);
  if (!called) return { id, value: span, kind: 'other' };
  const { name, args } = called;
  if (name === CONTEST) {
    const [first, second] = [namesOf(args[0]), namesOf(args[1])];
    return first && second
      ? { id, value: span, kind: 'contest', sides: [first, second] }
      : { id, value: span, kind: 'other' };
  }
  if (name === RANK) {
    const inner = args[0] ? calledIn(args[0]) : undefined;
    const entity = literalOf(inner?.args[0]);
    return inner && entity !== undefined
      ? { id, value: span, kind: 'rank', trait: inner.name, entity }
      : { id, value: span, kind: 'other' };
  }
  const [entity, event] = [literalOf(args[0]), literalOf(args[1])];
  if (entity === undefined || event === undefined) return { id, value: span, kind: 'other' };
  return { id, value: span, kind: 'percentage', factor: name, entity, event };
}

function returnedObject(statement: Statement | undefined, program: Program, refuse: Refuse): ObjectExpression {
  if (statement?.type === 'ReturnStatement' && statement.argument?.type === 'ObjectExpression')
    return statement.argument;
  return refuse(statement ?? program, 'model does not end with `return {…}`', 'Return one property per query id.');
}

/** The parts of a program. Throws UserError with the place where it does not keep the contract, and parse errors as they are. */
export function readProgramParts(text: string, file?: string): ProgramParts {
  const source = { text, file };
  const refuse: Refuse = (node, message, hint) => {
    throw faultAt(source, node.start, `program: ${message}`, hint);
  };
  const program = parse(source);
  const body = modelBody(program, refuse);
  const evidence = body.flatMap((statement) => {
    const called = statement.type === 'ExpressionStatement' ? calledIn(statement.expression) : undefined;
    return called && isEvidenceName(called.name) ? [evidenceOf(called, statement, refuse)] : [];
  });
  checkNothingElseWeighs(program, evidence, refuse);
  const last = body.at(-1);
  const answers = returnedObject(last, program, refuse).properties.map((property): AnswerPart => {
    if (property.type !== 'Property') return refuse(property, 'spread is not allowed among the answers');
    const id = nameOf(property.key) ?? literalOf(property.key);
    if (id === undefined || property.computed) return refuse(property, 'an answer has no written query id');
    return answerOf(id, property.value);
  });
  return { text, evidence, answers, returned: { start: last?.start ?? 0, end: last?.end ?? 0 } };
}
