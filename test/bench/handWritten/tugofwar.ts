/** tugofwar.wppl written by hand as a person would for speed: flat arrays, conditions as they come, queries on accepted runs. */
import type { Draws } from '../../../engine/program/draws.ts';
import type { HandWritten } from './handWritten.ts';

const PLAYERS = 5;
const [ROBIN, OLLIE, LANE, DREW, KAI] = [0, 1, 2, 3, 4];
const MATCHES = 5;

export function createTugOfWar(draws: Draws, isForward: boolean): HandWritten {
  const strength = new Float64Array(PLAYERS);
  const hasStrength = new Uint8Array(PLAYERS);
  const effort = new Float64Array(PLAYERS * MATCHES);
  const hasEffort = new Uint8Array(PLAYERS * MATCHES);
  const drawEffort = (): number => (draws.uniform() < 0.2 ? 20 + 40 * draws.uniform() : 60 + 40 * draws.uniform());
  const strengthOf = (p: number): number => {
    if (hasStrength[p] === 0) {
      strength[p] = 50 + 15 * draws.gaussian();
      hasStrength[p] = 1;
    }
    return strength[p];
  };
  const effortOf = (p: number, match: number): number => {
    const i = p * MATCHES + match;
    if (hasEffort[i] === 0) {
      effort[i] = drawEffort();
      hasEffort[i] = 1;
    }
    return effort[i];
  };
  const pull = (p: number, match: number): number => (strengthOf(p) * effortOf(p, match)) / 100;
  const beat = (a: number, b: number, c: number, d: number, match: number): boolean =>
    pull(a, match) + pull(b, match) > pull(c, match) + pull(d, match);
  const futurePull = (p: number): number => (strengthOf(p) * drawEffort()) / 100;
  return () => {
    hasStrength.fill(0);
    hasEffort.fill(0);
    const isRuledOut =
      !beat(ROBIN, OLLIE, LANE, DREW, 1) ||
      !beat(ROBIN, LANE, OLLIE, DREW, 2) ||
      !beat(ROBIN, DREW, LANE, KAI, 3) ||
      beat(ROBIN, KAI, OLLIE, LANE, 4);
    if (isRuledOut && !isForward) return undefined;
    const own = strengthOf(ROBIN);
    let weaker = 0;
    for (let i = 0; i < 99; i++) if (own > 50 + 15 * draws.gaussian()) weaker++;
    let wins = 0;
    for (let i = 0; i < 100; i++)
      if (futurePull(ROBIN) + futurePull(DREW) <= futurePull(OLLIE) + futurePull(KAI)) wins++;
    return { strength: weaker, effort: effortOf(ROBIN, 4), contest: wins };
  };
}
