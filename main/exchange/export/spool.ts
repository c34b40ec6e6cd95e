/** A spool: texts gathered by key on disk, to be read back key by key. Memory holds a few megabytes and where each key's pieces lie. */
import { open } from 'node:fs/promises';

const FLUSH_CHARACTERS = 4 << 20;

type Piece = { readonly start: number; readonly length: number };

export type Spool = {
  /** Adds one text, which must hold no line feed. */
  readonly add: (key: string, text: string) => Promise<void>;
  /** The keys, in the order they first came. */
  readonly keys: () => readonly string[];
  /** A key's texts, in their order. */
  readonly read: (key: string) => AsyncGenerator<string>;
  readonly close: () => Promise<void>;
};

/** A spool in the file `path`, which the caller removes. */
export async function createSpool(path: string): Promise<Spool> {
  const handle = await open(path, 'w+', 0o600);
  const pieces = new Map<string, Piece[]>();
  const waiting = new Map<string, string[]>();
  let characters = 0;
  let end = 0;
  const flush = async (): Promise<void> => {
    for (const [key, texts] of waiting) {
      const bytes = Buffer.from(`${texts.join('\n')}\n`);
      await handle.write(bytes, 0, bytes.length, end);
      pieces.get(key)?.push({ start: end, length: bytes.length });
      end += bytes.length;
    }
    waiting.clear();
    characters = 0;
  };
  return {
    add: async (key, text) => {
      if (!pieces.has(key)) pieces.set(key, []);
      const texts = waiting.get(key) ?? [];
      waiting.set(key, texts);
      texts.push(text);
      characters += text.length;
      if (characters >= FLUSH_CHARACTERS) await flush();
    },
    keys: () => [...pieces.keys()],
    async *read(key) {
      await flush();
      for (const { start, length } of pieces.get(key) ?? []) {
        const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
        yield* buffer.toString().split('\n').slice(0, -1);
      }
    },
    close: () => handle.close(),
  };
}
