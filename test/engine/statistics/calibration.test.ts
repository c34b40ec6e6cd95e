/** Calibration, proper scores and temperature against recorded results, and the laws they must obey. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrationError,
  curveCalibrationError,
  reliabilityCurve,
} from '../../../engine/statistics/calibrationError.ts';
import { binaryNll, brierScore, logitNll } from '../../../engine/statistics/properScores.ts';
import { crossEntropyAt, fitTemperature, oneHot } from '../../../engine/statistics/temperature.ts';
import { expectGolden, goldenCases } from './goldens.ts';

type EceCase = {
  p: number[];
  y: number[];
  out: {
    ece10_right: number;
    ece10_left: number;
    ece15_right: number;
    ece15_left: number;
    counts10_right: number[];
    counts10_left: number[];
  };
};

describe('expected calibration error', () => {
  it.each(goldenCases<EceCase>('ece'))('$label', ({ p, y, out }) => {
    expectGolden(calibrationError(p, y, 10, 'right'), out.ece10_right);
    expectGolden(calibrationError(p, y, 10, 'left'), out.ece10_left);
    expectGolden(calibrationError(p, y, 15, 'right'), out.ece15_right);
    expectGolden(calibrationError(p, y, 15, 'left'), out.ece15_left);
    expect(reliabilityCurve(p, y, 10, 'right').map(({ count }) => count)).toEqual(out.counts10_right);
    expect(reliabilityCurve(p, y, 10, 'left').map(({ count }) => count)).toEqual(out.counts10_left);
  });

  it('of two halves pooled is that of the whole', () => {
    const item = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 }));
    fc.assert(
      fc.property(fc.array(item, { minLength: 2, maxLength: 60 }), fc.integer({ min: 1, max: 59 }), (items, cut) => {
        const curve = (part: typeof items) =>
          reliabilityCurve(
            part.map(([p]) => p),
            part.map(([, y]) => y),
          );
        const [a, b] = [curve(items.slice(0, cut)), curve(items.slice(cut))];
        const pooled = a.map((bin, i) => {
          const count = bin.count + b[i].count;
          const pool = (x: number, y: number): number =>
            ((bin.count && bin.count * x) + (b[i].count && b[i].count * y)) / count;
          return { count, meanProb: pool(bin.meanProb, b[i].meanProb), shareTrue: pool(bin.shareTrue, b[i].shareTrue) };
        });
        expect(curveCalibrationError(pooled)).toBeCloseTo(curveCalibrationError(curve(items)), 10);
      }),
      { seed: 1 },
    );
  });
});

type NllCase =
  | { kind: 'binary'; p: number[]; y: number[]; out: { nll: number; nll_clip1e12: number; brier: number } }
  | { kind: 'multiclass'; logits: number[][]; y: number[]; out: { nll: number } };

describe('proper scores', () => {
  it.each(goldenCases<NllCase>('nll'))('$label', (golden) => {
    if (golden.kind === 'multiclass') return expectGolden(logitNll(golden.logits, golden.y), golden.out.nll);
    expectGolden(binaryNll(golden.p, golden.y, 1e-12), golden.out.nll_clip1e12);
    expectGolden(brierScore(golden.p, golden.y), golden.out.brier);
    if (Number.isFinite(golden.out.nll)) expectGolden(binaryNll(golden.p, golden.y), golden.out.nll);
  });

  it('cost infinity for a certain error, unless clipped', () => {
    expect(binaryNll([0], [1])).toBe(Number.POSITIVE_INFINITY);
    expect(binaryNll([0], [1], 1e-12)).toBeCloseTo(-Math.log(1e-12), 12);
  });

  it('give the uniform answer over 101 log 101 nats', () => {
    expect(logitNll([new Array<number>(101).fill(0)], [26])).toBeCloseTo(4.61512, 5);
  });
});

type TemperatureCase = {
  logits: number[][];
  y: (number | number[])[];
  targets?: number[][];
  out: { temperature: number; bound: string | null; nll_before: number; nll_after: number };
};

const itemsOf = ({ logits, y, targets }: TemperatureCase) =>
  logits.map((row, i) => {
    const target = targets?.[i] ?? y[i];
    return { logits: row, target: typeof target === 'number' ? oneHot(target, row.length) : target };
  });

describe('temperature', () => {
  it.each(goldenCases<TemperatureCase>('temperature'))('$label', (golden) => {
    const fit = fitTemperature(itemsOf(golden));
    expect(fit.bound).toBe(golden.out.bound);
    expectGolden(fit.nllBefore, golden.out.nll_before);
    expectGolden(fit.nllAfter, golden.out.nll_after);
    // The goldens state T to 1e-7, the limit of the minimiser that confirmed them.
    if (Number.isNaN(golden.out.temperature)) expect(fit.temperature).toBeNaN();
    else expect(Math.abs(fit.temperature / golden.out.temperature - 1)).toBeLessThan(1e-7);
  });

  it('1 changes nothing, and no temperature changes the largest answer', () => {
    const row = fc.array(
      fc.integer({ min: -80, max: 80 }).map((tenths) => tenths / 10),
      { minLength: 3, maxLength: 3 },
    );
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        (logits, t) => {
          const items = logits.map((one) => ({ logits: one, target: oneHot(1, 3) }));
          expect(crossEntropyAt(items, 1)).toBeCloseTo(
            logitNll(
              logits,
              logits.map(() => 1),
            ),
            10,
          );
          for (const one of logits) {
            const scaled = one.map((logit) => logit / t);
            expect(scaled.indexOf(Math.max(...scaled))).toBe(one.indexOf(Math.max(...one)));
          }
        },
      ),
      { seed: 1 },
    );
  });
});
