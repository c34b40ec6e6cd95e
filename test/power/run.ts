/** `npm run test:power [images] [answers] [seed]`: crash images of a power cut, and the negative control that must lose answers. */
import { runPowerCuts } from './crashImages.ts';

const [images = 2000, answers = 400, seed = 1] = process.argv.slice(2).map(Number);
console.log(`crash images: ${images}, answers: ${answers}, seed: ${seed}`);
const cuts = await runPowerCuts({ images, answers, seed });
const control = await runPowerCuts({ images: Math.ceil(images / 20), answers: Math.min(answers, 150), seed }, false);
console.table({ 'as built': cuts, 'no sync, no log': control });
const isGood = cuts.lost + cuts.unopened === 0 && control.lost > 0;
console.log(isGood ? 'power: passed' : `power: FAILED ${cuts.reason}`);
process.exitCode = isGood ? 0 : 1;
