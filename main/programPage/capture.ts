/** What a worker that runs programs takes from its realm before the realm is locked: a loader of generated code, and a hash. */

/** Where a blob leaves the value of its expression. */
export const DELIVER = 'deliverProgram';

/** Loads expressions. Holds what it needs of the realm, which is locked afterwards. */
export function createLoader(): (code: string, label: string) => unknown {
  const load: (url: string) => void = Reflect.get(globalThis, 'importScripts').bind(globalThis);
  const { createObjectURL, revokeObjectURL } = URL;
  const [toUrl, release, Text] = [createObjectURL.bind(URL), revokeObjectURL.bind(URL), Blob];
  let delivered: unknown;
  Object.defineProperty(globalThis, DELIVER, { value: (value: unknown) => (delivered = value) });
  return (code, label) => {
    // On the first line, where no place of the program is marked, so that lines and columns on the stack stay true.
    const url = toUrl(new Text([`${DELIVER}(${code}\n)\n//# sourceURL=${label}`], { type: 'text/javascript' }));
    try {
      load(url);
      return delivered;
    } finally {
      release(url);
    }
  };
}

/** The SHA-256 of a text, in hexadecimal. */
export function createHasher(): (text: string) => Promise<string> {
  const { subtle } = crypto;
  const [digest, encoder, Bytes] = [subtle.digest.bind(subtle), new TextEncoder(), Uint8Array];
  return async (text) =>
    [...new Bytes(await digest('SHA-256', encoder.encode(text)))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
}
