/** The scenarios pretraining reads: the built-in generator's, training motif cells only, from seeds no evaluation uses. */
import { createRandom } from '../../engine/random.ts';
import { generateScenario } from '../../engine/scenario/generate.ts';
import { allowsTeamSize, MOTIF_CELLS } from '../../engine/scenario/motifs.ts';
import type { Motif, Scenario } from '../../shared/scenario.ts';

/** Seeds of the tokenizer's texts, of pretraining, of its held-out questions and of those that say when a level is mastered; far from those people type. */
export const TOKENIZER_SEED = 7_000_001;
export const PRETRAINING_SEED = 7_000_002;
export const HELD_OUT_SEED = 7_000_003;
export const MASTERY_SEED = 7_000_004;

/** Cells that pretraining never sees. */
export const HELD_OUT_CELLS: readonly string[] = ['1,1,0', '2,1,0'];

const TRAINING_CELLS = MOTIF_CELLS.filter(({ P, C, R }) => !HELD_OUT_CELLS.includes(`${P},${C},${R}`));

/** Scenario `index` of the endless sequence of `seed`, with a team size among `teamSizes` (all from 1 to 9 if absent). */
export function pretrainingScenario(
  seed: number,
  index: number,
  teamSizes: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9],
): Scenario {
  const random = createRandom(seed).split('pretraining', index);
  const motifs = TRAINING_CELLS.flatMap((cell) =>
    teamSizes.filter((teamSize) => allowsTeamSize(cell, teamSize)).map((teamSize): Motif => ({ ...cell, teamSize })),
  );
  return generateScenario(random, {
    id: `pretraining-${seed}-${index}`,
    domain: 'sports',
    style: 'structured',
    motif: motifs[random.split('motif').integer(motifs.length)],
    seed,
  });
}
