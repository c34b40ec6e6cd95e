/** How the demo's numbers were made, as sentences for the report. */
import { trainConfigSchema } from '../../shared/training.ts';
import type { DemoSize } from './demoSizes.ts';

/** One sentence per step, with counts, seed and method. */
export function describeMethods(size: DemoSize, seed: number): string[] {
  const training = trainConfigSchema.parse(size.training);
  return [
    `Seed ${seed}; the ${size.name} demonstration. The same seed repeats every number on the same machine.`,
    `${size.scenarios} sports scenarios came from the built-in generator, motif cells in even shares, teams of ${size.teamSizes.join(', ')}.`,
    `Each scenario’s program was run by rejection sampling until the Monte Carlo standard error of every query’s mean was at most ${size.precision} points; its own prior is the same program without the observed results.`,
    'Motif cells (P, C, R) = (1,1,0) and (2,1,0) were held out of training; their scenarios were split at random into validation and test.',
    `The shipped transformer was fine-tuned with LoRA (rank ${training.rank}, alpha ${training.alpha}, AdamW at ${training.learningRate}) for at most ${training.epochs} epochs of ${training.epochBatches} batches of ${training.batch} scenarios, once on whole distributions and once on rounded means; each arm keeps the adapter with the best validation error.`,
    'Error is the absolute difference between the mean of the answer distribution and the program’s mean, in points; divergence is KL(program ‖ answer) in nats, each answer first mixed with 0.1 % of the uniform distribution so that an answer of zero mass costs a finite amount. No read-out sees the right answer.',
    'Floors: always 50; the training mean of the query’s kind, with the training histogram as its distribution; the program without its observations.',
    `People are SIMULATED: ${size.participants} made-up participants answered the bundled study through the same store as real ones would. Half think with noisy samples of the program’s posterior, a quarter stay near the middle, a quarter answer carelessly. Their correlation with the program is built in and says nothing about real people.`,
    'The scenario shown in full is the test query whose observed results move its program furthest from its prior.',
  ];
}
