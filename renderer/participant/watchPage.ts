/** Watches the page around the screens: focus, visibility, full screen and idleness; and keeps what must not be lost when it goes. */
import type { ParticipantState } from '../state/participantStore.ts';

/** How often the page says that it is alive, in ms. */
const BEAT_MS = 3000;
/** How soon answers being made are kept, in ms. */
const WRITE_MS = 250;

type Watched = Pick<ParticipantState, 'report' | 'setPresence' | 'beat'>;

function watchPresence({ report, setPresence }: Watched): void {
  const tell = (): void => setPresence({ isAway: !document.hasFocus(), isHidden: document.hidden });
  window.addEventListener('blur', () => {
    report('focus-lost');
    tell();
  });
  window.addEventListener('focus', () => {
    report('focus-gained');
    tell();
  });
  document.addEventListener('visibilitychange', () => {
    report(document.hidden ? 'hidden' : 'visible');
    tell();
  });
  document.addEventListener('fullscreenchange', () =>
    report(document.fullscreenElement ? 'fullscreen-entered' : 'fullscreen-left'),
  );
  tell();
}

/** Tells the store what happens to the page, for as long as it is open. */
export function watchPage(watched: Watched): void {
  let lastInputMs: number | null = null;
  for (const type of ['pointerdown', 'keydown', 'input'])
    window.addEventListener(
      type,
      (event) => {
        lastInputMs = event.timeStamp;
      },
      { capture: true, passive: true },
    );
  watchPresence(watched);
  setInterval(() => {
    void watched.beat(lastInputMs === null ? undefined : performance.now() - lastInputMs);
  }, BEAT_MS);
}

/** Makes what calls the last `write` given within the next quarter of a second, and at once when the page is about to go. */
export function createWriter(): (write: () => void) => void {
  let pending: (() => void) | null = null;
  const writeNow = (): void => {
    pending?.();
    pending = null;
  };
  window.addEventListener('pagehide', writeNow);
  document.addEventListener('visibilitychange', writeNow);
  return (write) => {
    if (pending === null) setTimeout(writeNow, WRITE_MS);
    pending = write;
  };
}

/** Ends after `ms` milliseconds, or when the machine says that it is connected again. */
export const untilOnline = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    window.addEventListener('online', end);
  });
