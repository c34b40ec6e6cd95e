/** volley.wppl written by hand as a person would for speed: flat arrays, factors as they come with early rejection, queries on accepted runs. */
import type { Draws } from '../../../engine/program/draws.ts';
import type { HandWritten } from './handWritten.ts';

const PLAYERS = ['elena', 'sofia', 'chloe', 'maya', 'zoe', 'harper', 'lily'] as const;
const [ELENA, SOFIA, CHLOE, MAYA, ZOE, HARPER, LILY] = PLAYERS.keys();
const MATCHES = [
  { id: 1, winners: [ELENA, SOFIA], losers: [CHLOE, MAYA], wind: 0 },
  { id: 2, winners: [ZOE, HARPER], losers: [CHLOE, LILY], wind: 0 },
  { id: 3, winners: [ELENA, SOFIA], losers: [ZOE, HARPER], wind: 1 },
  { id: 4, winners: [CHLOE, HARPER], losers: [MAYA, LILY], wind: 2 },
  { id: 5, winners: [ELENA, SOFIA], losers: [CHLOE, HARPER], wind: 2 },
];
/** How often each player has played before each match. */
const playedBefore = MATCHES.map((match) =>
  PLAYERS.map(
    (_, player) =>
      MATCHES.filter((other) => other.id < match.id && [...other.winners, ...other.losers].includes(player)).length,
  ),
);

export function createVolley(draws: Draws, isForward: boolean): HandWritten {
  const skill = new Float64Array(PLAYERS.length);
  const endurance = new Float64Array(PLAYERS.length);
  const windSkill = new Float64Array(PLAYERS.length);
  const has = new Uint8Array(3 * PLAYERS.length);
  const drawSkill = (): number => {
    const u = draws.uniform();
    return Math.max(0, (u < 0.33 ? 80 : u < 0.66 ? 100 : 140) + 10 * draws.gaussian());
  };
  const skillOf = (p: number): number => {
    if (has[p] === 0) {
      skill[p] = drawSkill();
      has[p] = 1;
    }
    return skill[p];
  };
  const enduranceOf = (p: number): number => {
    if (has[7 + p] === 0) {
      endurance[p] = Math.min(100, Math.max(0, 50 + 15 * draws.gaussian()));
      has[7 + p] = 1;
    }
    return endurance[p];
  };
  const windSkillOf = (p: number): number => {
    if (has[14 + p] === 0) {
      windSkill[p] = 10 * draws.gaussian();
      has[14 + p] = 1;
    }
    return windSkill[p];
  };
  const fatigue = (p: number, match: number): number =>
    Math.min(100, Math.max(0, playedBefore[match][p] * (100 - enduranceOf(p)) * 0.5));
  const performance = (p: number, match: number): number =>
    skillOf(p) - fatigue(p, match) + MATCHES[match].wind * windSkillOf(p);
  const rank = (p: number): number => {
    const own = skillOf(p);
    let count = 0;
    for (let i = 0; i < 99; i++) if (own > drawSkill()) count++;
    return count;
  };
  return () => {
    has.fill(0);
    const logU = Math.log(draws.uniform());
    let weight = 0;
    for (let i = 0; i < MATCHES.length; i++) {
      const { winners, losers } = MATCHES[i];
      const diff =
        performance(winners[0], i) + performance(winners[1], i) - performance(losers[0], i) - performance(losers[1], i);
      weight -= Math.log(1 + Math.exp(-diff / 10));
      if (weight < logU && !isForward) return undefined;
    }
    return {
      rank: rank(SOFIA),
      fatigue: fatigue(ELENA, 4),
      contest3: skillOf(ZOE) + skillOf(LILY) > skillOf(CHLOE) + skillOf(MAYA) ? 100 : 0,
      contest4: skillOf(CHLOE) + skillOf(HARPER) > skillOf(ELENA) + skillOf(SOFIA) ? 100 : 0,
    };
  };
}
