/**
 * Values as text between page and main process: JSON, with tags for what JSON would change. Both functions are also sent as source text
 * to the page, so they use nothing from outside themselves.
 */

/** Plain data with NaN, infinities and undefined kept. Throws for what structured cloning would refuse too. */
export function encodeValue(value: unknown): string {
  return JSON.stringify([value], (_key, item) => {
    if (typeof item === 'number' && !Number.isFinite(item)) return { $standIn: String(item) };
    if (item === undefined) return { $standIn: 'undefined' };
    if (typeof item === 'function' || typeof item === 'symbol') throw new Error('An object could not be cloned.');
    return item;
  });
}

/** The value `encodeValue` was given. */
export function decodeValue(text: string): unknown {
  const untag = (item: unknown): unknown => {
    if (typeof item !== 'object' || item === null) return item;
    if ('$standIn' in item) return item.$standIn === 'undefined' ? undefined : Number(item.$standIn);
    for (const key of Object.keys(item))
      Object.defineProperty(item, key, {
        value: untag(Reflect.get(item, key)),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    return item;
  };
  const holder = JSON.parse(text);
  return Array.isArray(untag(holder)) ? holder[0] : undefined;
}
