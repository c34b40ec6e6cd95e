/** The clock of a screen counts from its presentation, over reloads, and knows how long the participant was away. */
import { expect, it } from 'vitest';
import { createScreenClock } from '../../../renderer/participant/screenClock.ts';

const HERE = { isAway: false, isHidden: false };

it('runs from the presentation, not from the insertion', () => {
  const clock = createScreenClock();
  clock.insert(null);
  expect(clock.read(90)).toBeNull();
  clock.present(100);
  clock.present(120);
  expect(clock.read(350)).toEqual({ onsetMs: 100, elapsedMs: 250, awayMs: 0, hiddenMs: 0 });
});

it('counts time without focus, and of that the time hidden', () => {
  const clock = createScreenClock();
  clock.insert(null);
  clock.present(0);
  clock.setPresence({ isAway: true, isHidden: false }, 1000);
  clock.setPresence({ isAway: true, isHidden: true }, 1500);
  clock.setPresence(HERE, 2500);
  expect(clock.read(4000)).toEqual({ onsetMs: 0, elapsedMs: 4000, awayMs: 1500, hiddenMs: 1000 });
  clock.setPresence({ isAway: true, isHidden: false }, 5000);
  expect(clock.read(5500)?.awayMs).toBe(2000);
});

it('goes on after a reload where it was, and begins anew on the next screen', () => {
  const clock = createScreenClock();
  clock.insert({ onsetMs: 40, elapsedMs: 9000, awayMs: 300, hiddenMs: 200 });
  clock.present(1000);
  expect(clock.read(1500)).toEqual({ onsetMs: 40, elapsedMs: 9500, awayMs: 300, hiddenMs: 200 });
  clock.insert(null);
  clock.present(3000);
  expect(clock.read(3100)).toEqual({ onsetMs: 3000, elapsedMs: 100, awayMs: 0, hiddenMs: 0 });
});
