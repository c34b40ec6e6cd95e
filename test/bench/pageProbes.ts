/** Measurements inside a page: until something is drawn, frames while a list is scrolled, memory. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

/** What is done in the page, and what must be there afterwards; both are selectors or texts, so that they can be sent into it. */
export type Act = {
  readonly act:
    | { readonly kind: 'hash'; readonly hash: string }
    | { readonly kind: 'type'; readonly selector: string; readonly text: string }
    | { readonly kind: 'choose'; readonly selector: string; readonly value: string }
    | { readonly kind: 'click'; readonly selector: string };
  /** Must match something; its text must differ from what it was where `isChange` is set. */
  readonly ready: string;
  readonly isChange?: boolean;
};

/** Milliseconds from the act until what must be there has been painted, and nothing in the screen says it is loading. */
export const measureAct = (page: Page, act: Act): Promise<number> =>
  page.evaluate(async ({ act: doing, ready, isChange }) => {
    const textOf = (): string | null | undefined => document.querySelector(ready)?.textContent;
    const before = textOf();
    const isReady = (): boolean =>
      document.querySelector(ready) !== null &&
      (!isChange || textOf() !== before) &&
      !/^(Loading|Opening|Lade|Öffne)/m.test(document.querySelector('main')?.textContent ?? '');
    const startMs = performance.now();
    if (doing.kind === 'hash') window.location.hash = doing.hash;
    else {
      const control = document.querySelector<HTMLInputElement | HTMLSelectElement>(doing.selector);
      if (!control) throw new Error(`nothing matches ${doing.selector}`);
      if (doing.kind === 'click') control.click();
      else {
        // React reads what the prototype's own setter has set.
        const { prototype } = doing.kind === 'type' ? HTMLInputElement : HTMLSelectElement;
        const value = doing.kind === 'type' ? doing.text : doing.value;
        Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(control, value);
        control.dispatchEvent(new Event(doing.kind === 'type' ? 'input' : 'change', { bubbles: true }));
      }
    }
    while (!isReady()) {
      if (performance.now() - startMs > 30_000) throw new Error(`${ready} did not come`);
      await new Promise(requestAnimationFrame);
    }
    // A message after the next frame's callbacks comes when that frame has been laid out and painted.
    return new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - startMs);
        port2.postMessage(null);
      });
    });
  }, act);

/** The times between frames (ms) while what `selector` names is scrolled by `step` px a frame, for `frames` frames. */
export const scrollFrames = (page: Page, selector: string, step: number, frames: number): Promise<number[]> =>
  page.evaluate(
    async ([selected, by, count]) => {
      const frame = document.querySelector(selected);
      if (!frame) throw new Error(`nothing matches ${selected}`);
      const times: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let i = 0; i < count; i++) {
        frame.scrollTop += by;
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      return times;
    },
    [selector, step, frames] as const,
  );

/** How often what `selector` names changed its text within `seconds`, and when for the first time (ms). */
export const countChanges = (
  page: Page,
  selector: string,
  seconds: number,
): Promise<{ changes: number; firstMs: number; lastMs: number }> =>
  page.evaluate(
    async ([selected, limit]) => {
      const startMs = performance.now();
      let [changes, firstMs, lastMs] = [0, Number.NaN, Number.NaN];
      let before = document.querySelector(selected)?.textContent;
      while (performance.now() - startMs < 1000 * limit) {
        await new Promise(requestAnimationFrame);
        const text = document.querySelector(selected)?.textContent;
        if (text === before) continue;
        before = text;
        changes++;
        lastMs = performance.now() - startMs;
        if (changes === 1) firstMs = lastMs;
      }
      return { changes, firstMs, lastMs };
    },
    [selector, seconds] as const,
  );

const MEGABYTE = 2 ** 20;

/** The page's script heap after a collection, in MB. */
export async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / MEGABYTE;
}

const parentOf = (pid: string): string => /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';

/** Resident memory (MB) of the largest renderer process that this process started; NaN where the system has no /proc. */
export function rendererMegabytes(): number {
  const sizes = readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) return [];
      const line = [pid];
      while (Number(line[0]) > 1 && !line.includes(String(process.pid))) line.unshift(parentOf(line[0]));
      if (!line.includes(String(process.pid))) return [];
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
      return [Number(kilobytes) / 1024];
    } catch {
      // It ended meanwhile.
      return [];
    }
  });
  return sizes.length === 0 ? Number.NaN : Math.max(...sizes);
}
