/** Time on a screen in whole seconds: until it may be left, and until it closes by itself. */
import { useEffect, useState } from 'react';

/** Seconds that are left of `seconds` since the screen was drawn, counted down; 0 when they are over. */
export function useSecondsLeft(seconds: number): number {
  const [startMs] = useState(() => performance.now());
  const [nowMs, setNowMs] = useState(startMs);
  const left = Math.max(0, Math.ceil(seconds - (nowMs - startMs) / 1000));
  useEffect(() => {
    if (left === 0) return;
    const timer = setInterval(() => setNowMs(performance.now()), 200);
    return () => clearInterval(timer);
  }, [left]);
  return left;
}
