/** Values as keys: two values get the same key exactly when a program cannot tell them apart (functions and distributions by identity). */

export type KeyMaker = (value: unknown) => string;

/** A key maker; functions and distributions are numbered as they come. */
export function createKeyMaker(): KeyMaker {
  const identities = new WeakMap<object, number>();
  let count = 0;
  const identity = (value: object): string => {
    let id = identities.get(value);
    if (id === undefined) identities.set(value, (id = count++));
    return `#${id}`;
  };
  const keyOf = (value: unknown): string => {
    switch (typeof value) {
      case 'number':
        return Object.is(value, -0) ? '0' : String(value);
      case 'string':
        return JSON.stringify(value);
      case 'boolean':
        return value ? 't' : 'f';
      case 'undefined':
        return 'u';
      case 'function':
        return identity(value);
      case 'object': {
        if (value === null) return 'n';
        if (Array.isArray(value)) return `[${value.map(keyOf).join()}]`;
        if (Object.getOwnPropertySymbols(value).length > 0) return identity(value);
        const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
        return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${keyOf(entry)}`).join()}}`;
      }
      default:
        return '?';
    }
  };
  return keyOf;
}
