/** The program tree: what the gate lets through, with every name resolved. Nothing else of JavaScript exists after it. */

/** A `var`, `const`, parameter: the thing a name stands for. `id` is unique in the program and names it in generated code. */
export type Binding = {
  readonly id: number;
  readonly name: string;
  /** Offset of the declaration in the source. */
  readonly at: number;
  /** The value it is declared with, once known; parameters have none. */
  value?: Expression;
  /** Named in text that stands before the declaration (mutual recursion). */
  isForward: boolean;
};

export type Pattern =
  | { readonly kind: 'plain'; readonly binding: Binding }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: string; readonly binding: Binding }[];
      readonly at: number;
    }
  | { readonly kind: 'array'; readonly bindings: readonly (Binding | null)[]; readonly at: number };

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '==='
  | '!=='
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '>>>'
  | 'in';
export type LogicalOperator = '&&' | '||' | '??';
export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof' | 'void';
export type LiteralValue = number | string | boolean | null | undefined;

export type FunctionExpression = {
  readonly kind: 'function';
  readonly id: number;
  readonly parameters: readonly Pattern[];
  readonly body: readonly Statement[];
  /** The function's own name inside it, for `function name() {…}` expressions. */
  readonly self: Binding | undefined;
  readonly at: number;
  /** May call itself by name, so it carries the depth and fuel guard. */
  isRecursive: boolean;
};

/** `at` is the offset of the first character; `site` numbers calls and samples for addresses. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: LiteralValue; readonly at: number }
  | { readonly kind: 'name'; readonly binding: Binding; readonly at: number }
  | { readonly kind: 'library'; readonly name: string; readonly site: number; readonly at: number }
  | FunctionExpression
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly args: readonly Expression[];
      readonly site: number;
      readonly at: number;
    }
  | {
      readonly kind: 'method';
      readonly object: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
      readonly site: number;
      readonly at: number;
    }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
      readonly at: number;
    }
  | { readonly kind: 'array'; readonly items: readonly Expression[]; readonly at: number }
  | {
      readonly kind: 'object';
      readonly entries: readonly { readonly key: string; readonly value: Expression }[];
      readonly at: number;
    }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string; readonly at: number }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | {
      readonly kind: 'logical';
      readonly operator: LogicalOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression; readonly at: number }
  | {
      readonly kind: 'template';
      readonly strings: readonly string[];
      readonly values: readonly Expression[];
      readonly at: number;
    };

export type Statement =
  | { readonly kind: 'declare'; readonly pattern: Pattern; readonly value: Expression; readonly at: number }
  | { readonly kind: 'expression'; readonly value: Expression; readonly at: number }
  | { readonly kind: 'return'; readonly value: Expression | undefined; readonly at: number }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly whenTrue: readonly Statement[];
      readonly whenFalse: readonly Statement[];
      readonly at: number;
    };

/** Thrown by an exhaustive switch that is not. */
export const unreachable = (value: never): never => {
  throw new Error(`internal: unexpected ${JSON.stringify(value)}`);
};
