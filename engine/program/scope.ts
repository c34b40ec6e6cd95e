/**
 * Scopes of the gate: which binding a name means at a place. A second `var x` in one scope makes a new binding from there on, as in
 * WebPPL; functions may name what is declared further down; two parts of one function may not.
 */
import type { Binding } from './syntax.ts';

export type Scope = {
  readonly parent: Scope | undefined;
  /** How many functions enclose the scope: names used at the same level must be declared already. */
  readonly level: number;
  readonly names: Map<string, Binding[]>;
  /** For each name, how many of its bindings have been passed. */
  readonly passed: Map<string, number>;
  /** For each name, the index of the binding whose value is being read. */
  readonly pending: Map<string, number>;
};

export const createScope = (parent: Scope | undefined, level: number): Scope => ({
  parent,
  level,
  names: new Map(),
  passed: new Map(),
  pending: new Map(),
});

/** Announces a name that will be declared in `scope`. */
export function announce(scope: Scope, binding: Binding): void {
  const list = scope.names.get(binding.name);
  if (list) list.push(binding);
  else scope.names.set(binding.name, [binding]);
}

/** The next announced binding of `name`, whose value is now being read. */
export function beginDeclaration(scope: Scope, name: string): Binding {
  const index = scope.passed.get(name) ?? 0;
  const binding = scope.names.get(name)?.[index];
  if (!binding) throw new Error(`internal: ${name} was not announced`);
  scope.pending.set(name, index);
  return binding;
}

/** From here on `name` means the binding last begun. */
export function endDeclaration(scope: Scope, name: string): void {
  scope.passed.set(name, (scope.pending.get(name) ?? 0) + 1);
  scope.pending.delete(name);
}

/** The binding `name` means at function level `level`, or the one that will be declared later there, or undefined. */
export function lookUp(scope: Scope, name: string, level: number): { binding?: Binding; later?: Binding } {
  let later: Binding | undefined;
  for (let s: Scope | undefined = scope; s; s = s.parent) {
    const list = s.names.get(name);
    if (!list) continue;
    const passed = s.passed.get(name) ?? 0;
    const pending = s.pending.get(name);
    if (s.level < level && pending !== undefined) {
      list[pending].isForward = true;
      return { binding: list[pending] };
    }
    if (passed > 0) return { binding: list[passed - 1] };
    if (s.level < level) {
      list[0].isForward = true;
      return { binding: list[0] };
    }
    later ??= list[0];
  }
  return { later };
}

/** Every name in reach, for hints. */
export function* namesInReach(scope: Scope): Generator<string> {
  for (let s: Scope | undefined = scope; s; s = s.parent) yield* s.names.keys();
}
