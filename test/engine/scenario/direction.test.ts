/** Directions: swapping the sides of a contest turns v into 100 − v, and mirrored results move ranks and contests accordingly (ppt D1). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { createInferencePool, type InferencePool } from '../../../main/processes/inferencePool.ts';
import type { QueryPosterior } from '../../../shared/posterior.ts';

let pool: InferencePool;
beforeAll(() => {
  pool = createInferencePool({ workers: 2 });
});
afterAll(() => pool.stop());

const [scenario] = generateScenarios({
  domain: 'sports',
  count: 1,
  seed: 12,
  cells: [{ P: 0, C: 0, R: 1 }],
  teamSizes: [1],
});
const focal = scenario.focal ?? '';
/** The scenario's evidence with four questions of our own about the focal entity and its first opponent. */
function program(change: { readonly mirrored?: boolean } = {}): string {
  const [trait] = /var (\w+) = mem\(function \(p\)/.exec(scenario.program ?? '')?.slice(1) ?? [];
  const opponent = scenario.conditions[0].sides?.flat().find((name) => name !== focal);
  const evidence = change.mirrored
    ? scenario.program?.replace(/^ {2}beats\((\[.*?\]), (\[.*?\]), /gm, '  beats($2, $1, ')
    : scenario.program;
  const answers = [
    `rank: rank(${trait}('${focal}'))`,
    `other: rank(${trait}('${opponent}'))`,
    `contest: secondWins(['${opponent}'], ['${focal}'])`,
    `swapped: secondWins(['${focal}'], ['${opponent}'])`,
  ];
  return (evidence ?? '').replace(/ {2}return \{\n[\s\S]*?\n {2}\};\n\};/, `  return {${answers.join(', ')}};\n};`);
}
const answer = async (source: string): Promise<Record<string, QueryPosterior>> =>
  (await pool.run({ source, options: { method: 'rejection', seed: 1, samples: 4000 } })).queries;
const mean = (posterior: QueryPosterior): number => posterior.mean ?? Number.NaN;
const error = (posterior: QueryPosterior): number => posterior.mcse ?? Number.NaN;

describe('directions', () => {
  it('follow the results, and turn with the sides', async () => {
    const straight = await answer(program());
    const mirrored = await answer(program({ mirrored: true }));
    const tolerance = 4 * (error(straight.contest) + error(straight.swapped));
    expect(Math.abs(mean(straight.contest) + mean(straight.swapped) - 100)).toBeLessThan(tolerance);
    // The focal entity won every event: it ranks above its opponent and is likely to win again; mirrored, the reverse.
    expect(mean(straight.rank)).toBeGreaterThan(mean(straight.other) + 10);
    expect(mean(straight.contest)).toBeGreaterThan(60);
    expect(mean(mirrored.rank)).toBeLessThan(mean(mirrored.other) - 10);
    expect(mean(mirrored.contest)).toBeLessThan(40);
  });
});
