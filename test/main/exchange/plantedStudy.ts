/** A study with planted truth: what every person believes, how they differ, and so the reliability and the ceiling to be found. */
import { createRandom, type Random } from '../../../engine/random.ts';

export const SCENARIOS = 24;
export const QUERIES = 8;
export const PEOPLE = 20;
/** Standard deviations in points: of true means over queries, of persons around them, of one person's values around their own. */
const SD = { truth: 18, person: 16, value: 9 } as const;
const VALUES = 5;

export type Planted = {
  readonly truth: ReadonlyMap<string, number>;
  /** Records per scenario, as the multi-click shape has them. */
  readonly multiClick: Record<string, Record<string, number[]>[]>;
  /** Reliability of the mean of all people. */
  readonly reliability: number;
};

const clamp = (value: number): number => Math.round(Math.max(0, Math.min(100, value)));

/** The bins of the population's single values around `truth`: normal, clamped to the scale. */
export function populationBins(truth: number): number[] {
  const sd = Math.hypot(SD.person, SD.value);
  const bins = new Array<number>(101).fill(0);
  for (let z = -4; z <= 4; z += 0.002) bins[clamp(truth + sd * z)] += Math.exp((-z * z) / 2);
  const total = bins.reduce((sum, mass) => sum + mass, 0);
  return bins.map((mass) => mass / total);
}

function record(random: Random, truths: readonly number[]): Record<string, number[]> {
  return Object.fromEntries(
    truths.map((truth, q) => {
      const own = truth + SD.person * random.gaussian();
      const values = Array.from({ length: VALUES }, () => clamp(own + SD.value * random.gaussian()));
      return [`query${q + 1}`, values];
    }),
  );
}

/** The planted study of `seed`. */
export function plantStudy(seed: number): Planted {
  const random = createRandom(seed);
  const truth = new Map<string, number>();
  const multiClick: Planted['multiClick'] = {};
  for (let s = 0; s < SCENARIOS; s++) {
    const id = `planted-${s}`;
    const truths = Array.from(
      { length: QUERIES },
      () => 50 + SD.truth * Math.max(-1.8, Math.min(1.8, random.gaussian())),
    );
    truths.forEach((value, q) => {
      truth.set(`${id}/query${q + 1}`, value);
    });
    multiClick[id] = Array.from({ length: PEOPLE }, () => record(random, truths));
  }
  const values = [...truth.values()];
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length;
  const noise = (SD.person ** 2 + SD.value ** 2 / VALUES) / PEOPLE;
  return { truth, multiClick, reliability: variance / (variance + noise) };
}
