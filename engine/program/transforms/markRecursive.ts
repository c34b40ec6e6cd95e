/** Transform: marks the functions that may reach themselves by name, which then carry the depth and fuel guard. Tarjan's components. */
import type { Binding, FunctionExpression } from '../syntax.ts';

/** The bindings that lie on a cycle of `references` (which binding's value names which). */
function bindingsOnCycles(references: ReadonlyMap<Binding, ReadonlySet<Binding>>): Set<Binding> {
  const index = new Map<Binding, number>();
  const low = new Map<Binding, number>();
  const stack: Binding[] = [];
  const onCycle = new Set<Binding>();
  const visit = (binding: Binding): number => {
    const own = index.size;
    index.set(binding, own);
    let lowest = own;
    stack.push(binding);
    for (const next of references.get(binding) ?? []) {
      if (!index.has(next)) lowest = Math.min(lowest, visit(next));
      else if (stack.includes(next)) lowest = Math.min(lowest, index.get(next) ?? lowest);
      if (next === binding) onCycle.add(binding);
    }
    low.set(binding, lowest);
    if (lowest === own) {
      const component = stack.splice(stack.indexOf(binding));
      if (component.length > 1) for (const member of component) onCycle.add(member);
    }
    return lowest;
  };
  for (const binding of references.keys()) if (!index.has(binding)) visit(binding);
  return onCycle;
}

/** Sets `isRecursive` on every function inside the value of a binding that names itself, directly or by way of others. */
export function markRecursive(
  functions: readonly { readonly node: FunctionExpression; readonly within: readonly Binding[] }[],
  references: ReadonlyMap<Binding, ReadonlySet<Binding>>,
): void {
  const onCycle = bindingsOnCycles(references);
  for (const { node, within } of functions) node.isRecursive = within.some((binding) => onCycle.has(binding));
}
