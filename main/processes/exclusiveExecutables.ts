/** Executables that take turns on a device whose memory holds the weights once: running one releases the one before. */
import type { Executable } from '../../engine/transformer/backend.ts';

/** One executable per entry of `compilers`; each is compiled when it is run after another. */
export function exclusiveExecutables(compilers: readonly (() => Promise<Executable>)[]): Executable[] {
  let open: { readonly index: number; readonly executable: Executable } | null = null;
  const release = async (): Promise<void> => {
    const last = open;
    open = null;
    await last?.executable.release();
  };
  return compilers.map((compile, index) => ({
    run: async (feeds, fetches) => {
      if (open?.index !== index) {
        await release();
        open = { index, executable: await compile() };
      }
      return open.executable.run(feeds, fetches);
    },
    release,
  }));
}
