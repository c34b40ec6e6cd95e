/** The recorded statistics of test/fixtures/goldens/stats, with "NaN" read as NaN. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

const revive = (_: string, value: unknown): unknown => (value === 'NaN' ? Number.NaN : value);

/** The cases of one file; `out` holds the expected results. */
export function goldenCases<Case>(name: string): (Case & { id: number; label: string })[] {
  const path = new URL(`../../fixtures/goldens/stats/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8'), revive).cases;
}

/** Equal to a relative 1e-9 (the goldens' own statement), NaN to NaN. Near zero an absolute 1e-12 holds, which is rounding at unit size. */
export function expectGolden(actual: number, expected: number): void {
  if (Number.isNaN(expected)) expect(actual).toBeNaN();
  else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 + 1e-9 * Math.abs(expected));
}
