/** The attacker: a process of its own, so that its work is not the host's nor the stations'. */
import type { Outcome, ToAttacker } from './attackMessages.ts';
import { ATTACKS } from './attacks.ts';

process.on('message', async ({ name, target, ms }: ToAttacker) => {
  const outcome: Outcome = await ATTACKS[name](target, ms);
  process.send?.(outcome);
});
process.on('disconnect', () => process.exit(0));
