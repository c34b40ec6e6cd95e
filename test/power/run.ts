/** `npm run test:power [images] [answers] [seed]`: crash images of a power cut, and the negative control that must lose answers. */
import { runPowerCuts } from './crashImages.ts';

const [images = 2000, answers = 400, seed = 1] = process.argv.slice(2).map(Number);
console.log(`crash images: ${images}, answers: ${answers}, seed: ${seed}`);
const cuts = await runPowerCuts({ images, answers, seed });
const control = await runPowerCuts({ images: Math.ceil(images / 20), answers: Math.min(answers, 150), seed }, false);
console.table({ 'as built': cuts, 'no sync, no log': control });
const { lost, doubled, outOfOrder, unopened, slowestOpenMs, reason } = cuts;
const isGood =
  cuts.images > 0 && lost + doubled + outOfOrder + unopened === 0 && control.lost > 0 && slowestOpenMs < 2000;
console.log(
  `power: ${isGood ? 'passed' : 'FAILED'}: n ${cuts.images} crash images, lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}, not opened ${unopened}${reason && ` (${reason})`}, reopened in at most ${slowestOpenMs.toFixed(0)} ms, negative control lost ${control.lost} of its answers in ${control.images} images`,
);
process.exitCode = isGood ? 0 : 1;
