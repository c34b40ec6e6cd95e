/** Gate: which identifiers and property names a program may use at all. */

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** Property names that lead from a value to the language's own machinery. */
const REFUSED_PROPERTIES = new Set([
  'constructor',
  'prototype',
  'caller',
  'callee',
  'arguments',
  'apply',
  'call',
  'bind',
  'valueOf',
  'toString',
  'toLocaleString',
  'toJSON',
  'then',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'getPrototypeOf',
  'setPrototypeOf',
  'defineProperty',
]);

/** Names the language reserves, or that mean the world outside; refused even as a program's own. */
const REFUSED_IDENTIFIERS = new Set([
  'eval',
  'arguments',
  'undefined',
  'NaN',
  'Infinity',
  'await',
  'async',
  'yield',
  'let',
  'static',
  'implements',
  'interface',
  'package',
  'private',
  'protected',
  'public',
]);

/** Whether a program may read, write as a key, or destructure the property `name`. */
export const isAllowedProperty = (name: string): boolean =>
  !REFUSED_PROPERTIES.has(name) && !name.startsWith('__') && !name.endsWith('__');

/** Whether `name` may stand for something of the program's. */
export const isAllowedIdentifier = (name: string): boolean =>
  IDENTIFIER.test(name) && !name.startsWith('__') && !REFUSED_IDENTIFIERS.has(name);

/** Names of the world outside with what to say instead. */
export const OUTSIDE_NAMES: ReadonlyMap<string, string> = new Map([
  ...[
    'process',
    'require',
    'module',
    'exports',
    'global',
    'globalThis',
    'self',
    'window',
    'top',
    'document',
    'navigator',
    'location',
    'import',
  ].map((name): [string, string] => [name, 'A program sees only its own names and the library.']),
  ...[
    'fetch',
    'XMLHttpRequest',
    'WebSocket',
    'Worker',
    'importScripts',
    'postMessage',
    'close',
    'indexedDB',
    'caches',
  ].map((name): [string, string] => [name, 'A program has no network and no storage.']),
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Promise'].map((name): [string, string] => [
    name,
    'A program runs at once, from top to bottom.',
  ]),
  ...['Date', 'performance', 'crypto'].map((name): [string, string] => [
    name,
    'Time and outside randomness do not exist here; sample from a distribution.',
  ]),
  ...[
    'Object',
    'Reflect',
    'Proxy',
    'Symbol',
    'Function',
    'eval',
    'Map',
    'Set',
    'WeakMap',
    'WeakRef',
    'RegExp',
    'Error',
    'ArrayBuffer',
    'SharedArrayBuffer',
    'Atomics',
    'WebAssembly',
    'BigInt',
    'Array',
  ].map((name): [string, string] => [
    name,
    'Use array and object literals, and the library: map, mapN, repeat, _.keys, mapObject.',
  ]),
  ['console', 'Use display(value).'],
]);

/** Functions that run an inference. */
export const INFERENCE_NAMES: ReadonlySet<string> = new Set([
  'Infer',
  'Enumerate',
  'Rejection',
  'MCMC',
  'MH',
  'IncrementalMH',
  'SMC',
  'ParticleFilter',
  'ForwardSample',
]);
