/** Transform: finds what a program asks for: a final `Infer({…, model})`, else a function named `model`, else the value of its last line. */
import { faultAt, type SourceText } from '../sourceText.ts';
import type { Binding, Expression, LiteralValue, Statement } from '../syntax.ts';

export type Entry = {
  /** Statements that run once, before any inference. */
  readonly top: readonly Statement[];
  /** The function whose runs are sampled; undefined when the whole program is. */
  readonly body: Expression | undefined;
  /** The value of the whole program, when there is no `body`. */
  readonly value: Expression | undefined;
  /** The body stands in a call of Infer. */
  readonly isInferred: boolean;
  /** Options written in the final Infer, defaults of the run. */
  readonly options: Readonly<Record<string, LiteralValue>>;
};

const DIRECT_METHODS: Readonly<Record<string, string>> = {
  Infer: '',
  Enumerate: 'enumerate',
  Rejection: 'rejection',
  MCMC: 'MCMC',
  MH: 'MCMC',
  IncrementalMH: 'MCMC',
  SMC: 'SMC',
  ParticleFilter: 'SMC',
  ForwardSample: 'forward',
};

type Found = { readonly body: Expression; readonly options: Readonly<Record<string, LiteralValue>> };

/** The model and options of a call of Infer; undefined where the options are not written out plainly. */
function readInfer(expression: Expression): Found | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'library') return undefined;
  const { name } = expression.callee;
  if (!Object.hasOwn(DIRECT_METHODS, name)) return undefined;
  const options: Record<string, LiteralValue> = DIRECT_METHODS[name] === '' ? {} : { method: DIRECT_METHODS[name] };
  let body: Expression | undefined;
  for (const argument of expression.args) {
    if (argument.kind === 'object') {
      for (const { key, value } of argument.entries) {
        if (key === 'model') body = value;
        else if (value.kind === 'literal') options[key] = value.value;
        else if (key === 'kernel' && value.kind === 'object') options.kernel = value.entries[0]?.key;
        else return undefined;
      }
    } else if (argument.kind === 'function' || argument.kind === 'name') body = argument;
    else return undefined;
  }
  return body && { body, options };
}

/** Looks through `viz(…)`-like wrappers and names down to the value that is asked for. */
function unwrap(expression: Expression): Expression {
  if (
    expression.kind === 'call' &&
    expression.callee.kind === 'library' &&
    ['display', 'print'].includes(expression.callee.name) &&
    expression.args.length === 1
  )
    return unwrap(expression.args[0]);
  if (expression.kind === 'name' && expression.binding.value) return unwrap(expression.binding.value);
  return expression;
}

const lastBindingNamed = (statements: readonly Statement[], name: string): Binding | undefined =>
  statements
    .flatMap((statement) =>
      statement.kind === 'declare' && statement.pattern.kind === 'plain' && statement.pattern.binding.name === name
        ? [statement.pattern.binding]
        : [],
    )
    .at(-1);

/** Statements without the one that only holds the inference `body` came from. */
const withoutInference = (statements: readonly Statement[], body: Expression): Statement[] =>
  statements.filter((statement) => !(statement.kind === 'declare' && readInfer(statement.value)?.body === body));

/** What the statements of a program ask for. Throws UserError where they ask for nothing. */
export function findEntry(source: SourceText, statements: readonly Statement[]): Entry {
  const last = statements.at(-1);
  if (last?.kind === 'expression') {
    const found = readInfer(unwrap(last.value));
    const top = statements.slice(0, -1);
    if (found) return { top: withoutInference(top, found.body), ...found, isInferred: true, value: undefined };
    return { top, body: undefined, value: last.value, isInferred: false, options: {} };
  }
  const model = lastBindingNamed(statements, 'model');
  if (model)
    return {
      top: statements,
      body: { kind: 'name', binding: model, at: model.at },
      value: undefined,
      isInferred: false,
      options: {},
    };
  if (last?.kind === 'declare' && last.pattern.kind === 'plain') {
    const found = readInfer(last.value);
    if (found) return { top: statements.slice(0, -1), ...found, isInferred: true, value: undefined };
  }
  throw faultAt(
    source,
    last?.at ?? 0,
    'program: nothing is asked for',
    'Name the function model, or end with Infer({model: …}) or with a value.',
  );
}
