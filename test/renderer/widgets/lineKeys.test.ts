/** Keys on a line: left and right follow the screen, up always raises, and an unset handle appears at its own start. */
import { expect, it } from 'vitest';
import { keyEffect } from '../../../renderer/components/widgets/lineKeys.ts';

const ltr = { direction: 'ltr', keyboardStart: 37 } as const;
const rtl = { direction: 'rtl', keyboardStart: 37 } as const;
const ratingAfter = (key: string, rating: number | null, line: typeof ltr | typeof rtl): number | undefined => {
  const effect = keyEffect(key, rating, line);
  return effect?.kind === 'set' ? effect.rating : undefined;
};

it('moves by one and by ten within the line', () => {
  expect(
    ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map((key) =>
      ratingAfter(key, 50, ltr),
    ),
  ).toEqual([51, 49, 51, 49, 60, 40, 0, 100]);
  expect(ratingAfter('ArrowRight', 100, ltr)).toBe(100);
  expect(ratingAfter('PageDown', 4, ltr)).toBe(0);
});

it('follows the screen where the line runs from right to left', () => {
  expect(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'].map((key) => ratingAfter(key, 50, rtl))).toEqual([
    49, 51, 51, 49,
  ]);
});

it('puts an unset handle at the start drawn for it, and at the ends where those are asked for', () => {
  expect(keyEffect('ArrowLeft', null, ltr)).toEqual({ kind: 'set', rating: 37, isStart: true });
  expect(keyEffect('PageUp', null, rtl)).toEqual({ kind: 'set', rating: 37, isStart: true });
  expect(keyEffect('End', null, ltr)).toEqual({ kind: 'set', rating: 100, isStart: false });
});

it('clears what is set and leaves other keys to the page', () => {
  expect(keyEffect('Backspace', 0, ltr)).toEqual({ kind: 'clear' });
  expect(keyEffect('Delete', null, ltr)).toBeNull();
  for (const key of ['Tab', 'Enter', ' ', 'a', 'Escape']) expect(keyEffect(key, 50, ltr), key).toBeNull();
});
