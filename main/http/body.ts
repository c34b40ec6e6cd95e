/** The body of a request: read up to a limit, never beyond it, and parsed as JSON. */
import type { IncomingMessage } from 'node:http';

/** The value, or why there is none. */
export type BodyResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413; readonly detail: string };

/** The bytes up to `maxBytes`, or `long` as soon as there are more, or `broken`. The stream is paused, not destroyed, so an answer can still be sent. */
function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'long' | 'broken'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxBytes) {
        chunks.push(chunk);
        return;
      }
      request.pause();
      resolve('long');
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve('broken'));
    request.on('error', () => resolve('broken'));
  });
}

/** Reads a JSON body; a longer one than `maxBytes` is refused as soon as its stated length or its bytes say so. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  const tooLarge = { ok: false, status: 413, detail: `the body is over ${maxBytes} bytes` } as const;
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return tooLarge;
  const bytes = await readBytes(request, maxBytes);
  if (bytes === 'long') return tooLarge;
  if (bytes === 'broken') return { ok: false, status: 400, detail: 'the body ended early' };
  try {
    return { ok: true, value: JSON.parse(bytes.toString('utf8')) };
  } catch {
    return { ok: false, status: 400, detail: 'the body is not JSON' };
  }
}
