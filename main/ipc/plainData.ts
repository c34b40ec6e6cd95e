/** Plain data: what may cross into the host. Finite numbers, strings, booleans, null, arrays and plain objects without prototype keys. */

/** Limits of one message: `maxBytes` of text, keys and numbers (UTF-8; 8 for a number), `maxDepth` of nesting. */
export type DataLimits = { readonly maxBytes: number; readonly maxDepth: number };

/** What is wrong with a message and where in it, such as `samples[3]`. */
export type DataFlaw = { readonly reason: 'oversize' | 'not-plain'; readonly path: string; readonly detail: string };

const REFUSED_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Place = { readonly value: unknown; readonly path: string; readonly depth: number };

const isRecord = (value: object): value is Record<string, unknown> => {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** Bytes that one value itself adds, without what it holds; a text when it is not plain. */
function sizeOf(value: unknown): number | string {
  if (value === null || typeof value === 'boolean' || value === undefined) return 4;
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Number.isFinite(value) ? 8 : `${value} is not a finite number`;
  if (typeof value !== 'object') return `a ${typeof value} is not plain data`;
  if (Array.isArray(value)) return 2;
  return isRecord(value) ? 2 : 'an object with a prototype of its own is not plain data';
}

/** What `place` holds, holes of an array as undefined. */
function children({ value, path, depth }: Place): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return Array.from(value, (item, i) => ({ value: item, path: `${path}[${i}]`, depth: depth + 1 }));
  return Object.entries(value).map(([key, item]) => ({
    value: item,
    path: path === '' ? key : `${path}.${key}`,
    depth: depth + 1,
  }));
}

/** The first flaw of `root`, or undefined when it is plain data within the limits. Walks without recursion and stops at the limit. */
export function findDataFlaw(root: unknown, limits: DataLimits): DataFlaw | undefined {
  const open: Place[] = [{ value: root, path: '', depth: 0 }];
  let bytes = 0;
  for (let place = open.pop(); place; place = open.pop()) {
    const { value, path, depth } = place;
    if (depth > limits.maxDepth)
      return { reason: 'oversize', path, detail: `nested deeper than ${limits.maxDepth} levels` };
    const size = sizeOf(value);
    if (typeof size === 'string') return { reason: 'not-plain', path, detail: size };
    bytes += size;
    const keys = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const refused = keys.find((key) => REFUSED_KEYS.has(key));
    if (refused !== undefined) return { reason: 'not-plain', path, detail: `the key ${refused} is refused` };
    for (const key of keys) bytes += Buffer.byteLength(key);
    // Counted before they are visited: an array may be long and hold nothing.
    const count = Array.isArray(value) ? value.length : keys.length;
    if (bytes + count > limits.maxBytes)
      return { reason: 'oversize', path, detail: `more than ${limits.maxBytes} bytes` };
    for (const child of children(place)) open.push(child);
  }
  return undefined;
}
