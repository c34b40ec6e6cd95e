/** `npm run test:damage [damages] [seed]`: random damages to database and log, each found, mended and without loss. */
import { runRandomDamage } from './randomDamage.ts';

const [damages = 200, seed = 1] = process.argv.slice(2).map(Number);
console.log(`damages: ${damages}, seed: ${seed}`);
const result = await runRandomDamage(damages, seed);
console.table(result);
const isGood = result.lost + result.unmended + result.unseen === 0;
console.log(isGood ? 'damage: passed' : 'damage: FAILED');
process.exitCode = isGood ? 0 : 1;
