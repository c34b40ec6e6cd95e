/** OpenEstimate: the scale, the target and the floors, on 181 variables of the published shape whose answers are planted. */
import { describe, expect, it } from 'vitest';
import { estimateBins, readOpenEstimate } from '../../../../engine/evaluation/benchmarks/openEstimate.ts';
import { bestConstant, estimateFloors } from '../../../../engine/evaluation/benchmarks/scoreEstimates.ts';
import { createRandom } from '../../../../engine/random.ts';
import { normalCdf } from '../../../../engine/statistics/normalCdf.ts';

const OPTIONS = { level: 0.95, replicates: 200 };

/** Means of 181 items for which a constant 50 errs by 24.52 points and a constant 26 by 20.19, as on the published ones. */
function plantedMeans(): number[] {
  const [LOW, HIGH, LOW_MEAN] = [106, 74, 12];
  // 24·(106 − 74) + 76 − 2m = 181·(24.52 − 20.19) fixes the one mean between the constants, and 181·24.52 the high ones.
  const middle = (24 * (LOW - HIGH) + 76 - 181 * (24.52 - 20.19)) / 2;
  const high = 50 + (181 * 24.52 - LOW * (50 - LOW_MEAN) - (50 - middle)) / HIGH;
  return [...new Array<number>(LOW).fill(LOW_MEAN), middle, ...new Array<number>(HIGH).fill(high)];
}

/** Three files with the published counts: 46, 74 and 61 variables, 53 of them proportions. */
function plantedFiles(): Record<string, Record<string, object>> {
  const means = plantedMeans();
  const files: Record<string, Record<string, object>> = { glassdoor: {}, nhanes: {}, pitchbook: {} };
  const sizes: [string, number][] = [
    ['glassdoor', 46],
    ['nhanes', 74],
    ['pitchbook', 61],
  ];
  let at = 0;
  for (const [name, size] of sizes)
    for (let i = 0; i < size; i++, at++) {
      const mean = means[at];
      const isBeta = at < 53;
      // The base of the others runs from 0 to 6 000: lo = 3000 − 3·1000.
      files[name][`variable_${i}`] = isBeta
        ? { mean: mean / 100, std: 0.1, se: 0.001, variable: `share ${at}`, ground_truth_distribution_type: 'beta' }
        : {
            mean: 60 * mean,
            std: 900,
            se: 6,
            variable: `amount ${at}`,
            base_variable: 'amount',
            difficulty: 'easy',
            ground_truth_distribution_type: 'normal',
          };
    }
  for (const name of ['nhanes', 'pitchbook'])
    files[name].base = { mean: 3000, std: 1000, se: 6, variable: 'amount', ground_truth_distribution_type: 'normal' };
  return files;
}

/** The planted items, without the two bases that only give the scale. */
const items = Object.entries(plantedFiles()).flatMap(([name, document]) =>
  readOpenEstimate(document, name).filter(({ id }) => !id.endsWith('/base')),
);

describe('OpenEstimate', () => {
  it('has 181 items whose constant and uniform answers score as on the published ones', () => {
    expect(items).toHaveLength(181);
    const rows = estimateFloors(createRandom(1), items, OPTIONS);
    const errorOf = (answer: number): number =>
      items.reduce((sum, { mean }) => sum + Math.abs(mean - answer), 0) / items.length;
    expect(errorOf(50)).toBeCloseTo(24.52, 2);
    expect(errorOf(26)).toBeCloseTo(20.19, 2);
    const rowOf = (label: string) => rows.find((row) => row.label === label);
    expect(rowOf('constant 50')?.score?.value).toBeCloseTo(24.52, 2);
    expect(rowOf('constant 50')).toMatchObject({
      nll: null,
      note: 'no NLL: all mass is on one answer',
      role: 'floor',
      n: 181,
    });
    expect(rowOf('uniform')?.nll?.value).toBeCloseTo(Math.log(101), 12);
    expect(rowOf('uniform')?.nll?.value).toBeCloseTo(4.615, 3);
    expect(rowOf('uniform')?.score?.value).toBeCloseTo(24.52, 2);
  });

  it('finds the constant with the least error', () => {
    const errors = Array.from({ length: 101 }, (_, answer) =>
      items.reduce((sum, { mean }) => sum + Math.abs(mean - answer), 0),
    );
    expect(errors[bestConstant(items)]).toBeCloseTo(Math.min(...errors), 9);
  });

  it('puts a quantity on the scale of its base, and a proportion on percent', () => {
    const [amount] = readOpenEstimate(
      {
        a: {
          mean: 4500,
          std: 10,
          se: 300,
          variable: 'amount in the north',
          base_variable: 'amount',
          difficulty: 'hard',
          ground_truth_distribution_type: 'normal',
        },
        base: { mean: 3000, std: 1000, se: 5, variable: 'amount', ground_truth_distribution_type: 'normal' },
      },
      'x',
    );
    expect(amount.mean).toBeCloseTo(75, 2);
    expect(amount.prompt).toContain('0 stands for 0, 50 for 3000 and 100 for 6000');
    // A standard error of 300 of 6000 is five points: the bins' spread.
    const variance = amount.bins.reduce((sum, share, i) => sum + share * (i - amount.mean) ** 2, 0);
    expect(Math.sqrt(variance)).toBeCloseTo(5, 1);
    const [share] = readOpenEstimate(
      { s: { mean: 0.31, std: 0.1, se: 0.0001, variable: 'share', ground_truth_distribution_type: 'beta' } },
      'x',
    );
    expect(share.bins[31]).toBeCloseTo(normalCdf(1) - normalCdf(-1), 9);
    expect(share.prompt).toContain('percentage itself');
  });

  it('refuses a variable without its base, one that does not vary, and a mean far off the scale', () => {
    const variable = {
      mean: 5,
      std: 1,
      se: 1,
      variable: 'v',
      difficulty: 'easy',
      base_variable: 'b',
      ground_truth_distribution_type: 'normal',
    };
    expect(() => readOpenEstimate({ v: variable }, 'x')).toThrow('no base variable “b” for “v”');
    expect(() =>
      readOpenEstimate({ v: { ...variable, difficulty: undefined, base_variable: undefined, std: 0, mean: 0 } }, 'x'),
    ).toThrow('the base variable “v” does not vary');
    expect(() => estimateBins(1e6, 0.5)).toThrow('a mean of 1000000 lies far off the scale from 0 to 100');
    expect(() => readOpenEstimate({ v: { ...variable, se: 'x' } }, 'x')).toThrow();
  });

  it('has a normal distribution function of full precision', () => {
    for (const [x, p] of [
      [0, 0.5],
      [1, 0.8413447460685429],
      [-1.959963984540054, 0.025],
      [3, 0.9986501019683699],
      [-6, 9.865876450376946e-10],
      [9, 1],
    ] as const)
      expect(Math.abs(normalCdf(x) - p)).toBeLessThan(1e-15 + 1e-12 * p);
  });
});
