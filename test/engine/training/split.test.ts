/** The split: by motif cell, level or domain, and by whole scenario between validation and test. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_HOLD_OUT, isHeldOut, parseDomains, parseLevels, splitOf } from '../../../engine/training/split.ts';
import { scenarioIdSchema } from '../../../shared/identifiers.ts';
import type { Scenario } from '../../../shared/scenario.ts';

type Placed = Pick<Scenario, 'id' | 'domain' | 'motif'>;
const place = (index: number, P: number, C: number, R: number): Placed => ({
  id: scenarioIdSchema.parse(`s-${index}`),
  domain: 'sports',
  motif: { P, C, R, teamSize: 3 },
});
const options = { holdOut: DEFAULT_HOLD_OUT, seed: 1 };

describe('splitOf', () => {
  it('trains on fourteen cells and holds out the two of the paper', () => {
    const heldOut: string[] = [];
    for (const P of [0, 1, 2, 3])
      for (const C of [0, 1])
        for (const R of [0, 1]) if (splitOf(place(1, P, C, R), options) !== 'train') heldOut.push(`${P},${C},${R}`);
    expect(heldOut).toEqual(['1,1,0', '2,1,0']);
  });

  it('halves the held-out scenarios between validation and test', () => {
    const splits = Array.from({ length: 4000 }, (_, i) => splitOf(place(i, 1, 1, 0), options));
    const share = splits.filter((split) => split === 'test').length / splits.length;
    // Binomial: 4 standard errors of 0.0079.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.032);
    expect(splits).not.toContain('train');
  });

  it('depends on the seed and the id alone', () => {
    expect(splitOf(place(7, 1, 1, 0), options)).toBe(splitOf(place(7, 2, 1, 0), options));
    const other = Array.from({ length: 50 }, (_, i) => splitOf(place(i, 1, 1, 0), { ...options, seed: 2 }));
    expect(other).not.toEqual(Array.from({ length: 50 }, (_, i) => splitOf(place(i, 1, 1, 0), options)));
  });

  it('holds out whole levels, team sizes and domains', () => {
    const holdOut = { cells: [], levels: parseLevels('P=3, N=9'), domains: parseDomains('healthcare'), queries: false };
    expect(isHeldOut(place(1, 3, 0, 1), holdOut)).toBe(true);
    expect(isHeldOut(place(1, 2, 0, 1), holdOut)).toBe(false);
    expect(isHeldOut({ ...place(1, 0, 0, 0), motif: { P: 0, C: 0, R: 0, teamSize: 9 } }, holdOut)).toBe(true);
    expect(isHeldOut({ ...place(1, 0, 0, 0), domain: 'healthcare' }, holdOut)).toBe(true);
    expect(isHeldOut({ id: scenarioIdSchema.parse('s-1'), domain: 'sports' }, holdOut)).toBe(false);
  });
});

describe('hold-out flags', () => {
  it.each([
    [() => parseLevels('Q=1'), 'held-out levels: expected P=0–3, C=0–1, R=0–1 or N=1–9, received "Q=1"', 'P=3,C=1'],
    [
      () => parseDomains('sport'),
      'held-out domains: expected sports, healthcare, general, received "sport"',
      'healthcare,general',
    ],
  ])('name what was expected and received', (run, message, hint) => {
    const received = expect.objectContaining({ name: 'UserError', message, hint: expect.stringContaining(hint) });
    expect(run).toThrow(received);
  });
});
