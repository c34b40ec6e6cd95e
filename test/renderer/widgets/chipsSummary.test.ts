/** What chips imply, against densities whose quantiles are known. */
import { expect, it } from 'vitest';
import { chipsQuantile, chipsSummary } from '../../../renderer/components/widgets/chipsSummary.ts';

it('says of chips spread evenly what is true of an even density', () => {
  const summary = chipsSummary([2, 2, 2, 2, 2, 2, 2, 2, 2, 2]);
  expect(summary?.mean).toBeCloseTo(50, 10);
  expect(summary?.low).toBeCloseTo(10, 10);
  expect(summary?.high).toBeCloseTo(90, 10);
});

it('keeps all mass of one bin within it, and ignores empty bins at the ends', () => {
  expect(chipsSummary([0, 0, 0, 20])).toEqual({ mean: 87.5, low: 77.5, high: 97.5 });
  expect(chipsQuantile([0, 5, 0, 5, 0], 0)).toBe(20);
  expect(chipsQuantile([0, 5, 0, 5, 0], 1)).toBe(80);
});

it('finds quantiles across a gap', () => {
  // Half the mass even on 0–10, half on 90–100: below 5 lie 25 %, below 95 lie 75 %.
  const chips = [4, 0, 0, 0, 0, 0, 0, 0, 0, 4];
  expect(chipsQuantile(chips, 0.25)).toBeCloseTo(5, 10);
  expect(chipsQuantile(chips, 0.75)).toBeCloseTo(95, 10);
});

it('says nothing of no chips', () => {
  expect(chipsSummary([0, 0, 0])).toBeNull();
});
