/** What a key does to a rating on a line from 0 to 100. */

export type KeyEffect =
  | { readonly kind: 'set'; readonly rating: number; readonly isStart: boolean }
  | { readonly kind: 'clear' }
  | null;

type Line = { readonly direction: 'ltr' | 'rtl'; readonly keyboardStart: number };

const clamped = (rating: number): number => Math.min(100, Math.max(0, rating));

/** How far a key moves a handle. Left and right follow the screen; up always raises. */
function stepOf(key: string, direction: Line['direction']): number | undefined {
  const right = direction === 'ltr' ? 1 : -1;
  return { ArrowRight: right, ArrowLeft: -right, ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[key];
}

/**
 * The effect of `key` on a handle at `rating`, null for a key that has none. The first step of an unset handle puts it at the line's own
 * start (`isStart`), wherever the step would lead.
 */
export function keyEffect(key: string, rating: number | null, line: Line): KeyEffect {
  if (key === 'Home' || key === 'End') return { kind: 'set', rating: key === 'Home' ? 0 : 100, isStart: false };
  if (key === 'Backspace' || key === 'Delete') return rating === null ? null : { kind: 'clear' };
  const step = stepOf(key, line.direction);
  if (step === undefined) return null;
  if (rating === null) return { kind: 'set', rating: line.keyboardStart, isStart: true };
  return { kind: 'set', rating: clamped(Math.round(rating) + step), isStart: false };
}
