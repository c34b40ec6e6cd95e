/**
 * Locks the language's realm before any program runs in it (layer 3): takes away every global that reaches outside, freezes everything that
 * is left, and makes code from strings impossible. The engine must be loaded and hold what it needs before.
 */

/** The only globals that stay: the language's own values. */
const KEPT = new Set([
  'Object',
  'Array',
  'String',
  'Number',
  'Boolean',
  'Math',
  'JSON',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'Symbol',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'EvalError',
  'ReferenceError',
  'URIError',
  'AggregateError',
  'Float64Array',
  'Float32Array',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Uint16Array',
  'Uint32Array',
  'ArrayBuffer',
  'DataView',
  'RegExp',
  'Promise',
  'Infinity',
  'NaN',
  'undefined',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'BigInt',
  'Reflect',
  'Function',
]);

/** Makes `constructor` of a function prototype a refusal: the way from any function to code from strings. */
function closeConstructor(prototype: object): void {
  Object.defineProperty(prototype, 'constructor', {
    get: () => {
      throw new TypeError('constructor is closed');
    },
    configurable: false,
  });
}

function freezeDeep(value: unknown, seen: Set<unknown>): void {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return;
  seen.add(value);
  for (const key of Reflect.ownKeys(value)) {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    if (!property) continue;
    freezeDeep(property.value, seen);
    freezeDeep(property.get, seen);
    freezeDeep(property.set, seen);
  }
  freezeDeep(Reflect.getPrototypeOf(value), seen);
  if (!ArrayBuffer.isView(value)) Object.freeze(value);
}

/** Locks the realm of this process for good. */
export function lockRealm(): void {
  const realm = globalThis;
  const functions = [
    (): void => {},
    async (): Promise<void> => {},
    function* (): Generator<never> {},
    async function* (): AsyncGenerator<never> {},
  ];
  const prototypes = functions.map((f) => Object.getPrototypeOf(f));
  Reflect.deleteProperty(Math, 'random');
  for (const name of Reflect.ownKeys(realm)) {
    if (typeof name === 'string' && (KEPT.has(name) || name === 'globalThis')) continue;
    if (!Reflect.deleteProperty(realm, name)) Reflect.defineProperty(realm, name, { value: undefined });
  }
  for (const prototype of prototypes) closeConstructor(prototype);
  const seen = new Set<unknown>([realm]);
  for (const value of [...prototypes, ...[...KEPT].map((name) => Reflect.get(realm, name))]) freezeDeep(value, seen);
  Reflect.deleteProperty(realm, 'Function');
  Reflect.deleteProperty(realm, 'globalThis');
  Object.freeze(realm);
}
