/** The built-in generator: what every scenario must satisfy, and that a run can be made in parts. */
import { describe, expect, it } from 'vitest';
import { generateScenarios } from '../../../engine/scenario/generate.ts';
import { MOTIF_CELLS } from '../../../engine/scenario/motifs.ts';
import { UserError } from '../../../shared/errors.ts';
import { motifCell, type Scenario, scenarioSchema } from '../../../shared/scenario.ts';

const sports = (count: number, seed = 1): Scenario[] => [...generateScenarios({ domain: 'sports', count, seed })];

/** Calls of `name` in the program, each as the text between its brackets. */
const callsOf = (program: string, name: string): string[] =>
  [...program.matchAll(new RegExp(`^ {2}${name}\\((.*)\\);$`, 'gm'))].map((match) => match[1]);

const listed = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`).join(', ')}]`;

describe('generateScenarios', () => {
  it('makes scenarios that satisfy the contract', () => {
    for (const scenario of sports(200)) {
      expect(scenarioSchema.parse(scenario)).toEqual(scenario);
      expect(scenario.conditions.length).toBeGreaterThanOrEqual(3);
      expect(scenario.conditions.length).toBeLessThanOrEqual(4);
      expect(scenario.queries.map(({ kind }) => kind)).toEqual(['rank', 'percentage', 'contest', 'contest']);
    }
  });

  it('goes through all cells and team sizes in even shares', () => {
    const counts = new Map<string, number>();
    for (const { motif } of sports(256)) {
      const key = motif ? `${motifCell(motif)},${motif.teamSize}` : '';
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(MOTIF_CELLS.length * 8);
    expect(new Set(counts.values())).toEqual(new Set([2]));
  });

  it('makes the same scenario wherever the run starts, and another for another seed', () => {
    const whole = sports(12);
    const part = [...generateScenarios({ domain: 'sports', count: 4, seed: 1, start: 5 })];
    expect(part).toEqual(whole.slice(5, 9));
    expect(sports(12, 2)[3].background).not.toBe(whole[3].background);
  });

  it('writes one likelihood statement per condition, with the same sides and winner', () => {
    for (const { conditions, program = '' } of sports(128)) {
      const expected = conditions.map(({ sides, winner }, i) => {
        const [first, second] = sides ?? [[], []];
        return winner === 0
          ? `${listed(first)}, ${listed(second)}, ${i + 1}`
          : `${listed(second)}, ${listed(first)}, ${i + 1}`;
      });
      expect(callsOf(program, 'beats')).toEqual(expected);
    }
  });

  it('gives each contest its sides in the order of the question, the second side being the one that is asked about', () => {
    for (const { queries, program = '' } of sports(64))
      for (const { id, kind, target, text } of queries) {
        if (kind !== 'contest' || !target.sides) continue;
        expect(program).toContain(`${id}: secondWins(${listed(target.sides[0])}, ${listed(target.sides[1])})`);
        expect(text.indexOf(target.sides[0][0])).toBeLessThan(text.indexOf(target.sides[1][0]));
        expect(text).toMatch(/(Team|Side) 2 (to win|wins)\?$/);
      }
  });

  it.each(['healthcare', 'general'] as const)('makes scenarios about %s', (domain) => {
    const subdomains = new Set<string>();
    for (const scenario of generateScenarios({ domain, count: 300, seed: 3 })) {
      expect(scenarioSchema.parse(scenario)).toEqual(scenario);
      subdomains.add(scenario.subdomain);
    }
    expect(subdomains.size).toBeGreaterThan(domain === 'general' ? 120 : 25);
  });

  it('states where every patient is looked after, and lets the program know it', () => {
    for (const { conditions, program = '' } of generateScenarios({ domain: 'healthcare', count: 32, seed: 1 })) {
      const patients = new Set(conditions.flatMap(({ sides }) => sides?.flat() ?? []));
      const sites = /siteOf = \{(.*)\}/.exec(program)?.[1] ?? '';
      const [first] = conditions[0].text.split(';');
      for (const patient of patients) {
        expect(conditions[0].text).toContain(patient);
        expect(sites).toContain(`${patient}: ${first.includes(patient) ? 0 : 1}`);
      }
    }
  });

  it('refuses one-on-one for cells with partners', () => {
    const run = (): unknown => [
      ...generateScenarios({ domain: 'sports', count: 1, seed: 1, cells: [{ P: 0, C: 1, R: 0 }], teamSizes: [1] }),
    ];
    expect(run).toThrow(UserError);
    expect(run).toThrow('no motif cell allows a team size of 1');
  });
});
