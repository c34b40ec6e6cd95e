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

/** Takes every name off `object` but those kept. */
function strip(object: object, isKept: (name: string | symbol) => boolean): void {
  for (const name of Reflect.ownKeys(object)) {
    if (isKept(name)) continue;
    if (!Reflect.deleteProperty(object, name)) Reflect.defineProperty(object, name, { value: undefined });
  }
}

/** The objects a realm's global inherits from, the language's own left out: in a worker they hold its ways out. */
function ancestorsOf(realm: object): object[] {
  const result: object[] = [];
  for (let each = Reflect.getPrototypeOf(realm); each && each !== Object.prototype; each = Reflect.getPrototypeOf(each))
    result.push(each);
  return result;
}

/** Locks the realm of this process, or worker, for good. `own` names are globals of ours that stay. */
export function lockRealm(own: readonly string[] = []): void {
  const realm = globalThis;
  const functions = [
    (): void => {},
    async (): Promise<void> => {},
    function* (): Generator<never> {},
    async function* (): AsyncGenerator<never> {},
  ];
  const prototypes = functions.map((f) => Object.getPrototypeOf(f));
  Reflect.deleteProperty(Math, 'random');
  const kept = new Set([...KEPT, ...own, 'globalThis']);
  strip(realm, (name) => typeof name === 'string' && kept.has(name));
  for (const ancestor of ancestorsOf(realm)) strip(ancestor, (name) => name === 'constructor');
  for (const prototype of prototypes) closeConstructor(prototype);
  const seen = new Set<unknown>([realm]);
  for (const value of [...prototypes, ...[...KEPT].map((name) => Reflect.get(realm, name))]) freezeDeep(value, seen);
  Reflect.deleteProperty(realm, 'Function');
  Reflect.deleteProperty(realm, 'globalThis');
  Object.freeze(realm);
}
