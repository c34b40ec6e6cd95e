/** The lists of the domains: large enough, without doubles, and fit for the templates. */
import { describe, expect, it } from 'vitest';
import { PATIENT_FACTORS, PATIENT_TRAITS } from '../../../engine/scenario/domains/healthcare.ts';
import { DOMAINS } from '../../../engine/scenario/domains/index.ts';
import { CALL_SIGNS, namesFor, PEOPLE } from '../../../engine/scenario/names.ts';

const doubles = (values: readonly string[]): string[] => values.filter((value, i) => values.indexOf(value) !== i);

describe.each(Object.entries(DOMAINS))('%s', (_domain, subjects) => {
  it('has subjects of different names', () => expect(doubles(subjects.map(({ name }) => name))).toEqual([]));

  it.each(subjects.map((subject) => [subject.name, subject] as const))(
    '%s has enough of everything',
    (_name, subject) => {
      const factors = subject.episodic.map(({ name }) => name);
      expect(doubles([...subject.stable, ...factors])).toEqual([]);
      expect(subject.stable.length).toBeGreaterThanOrEqual(8);
      expect(factors.length).toBeGreaterThanOrEqual(8);
      expect(doubles([...subject.outcomes.won, ...subject.outcomes.lost])).toEqual([]);
      for (const phrase of [...subject.outcomes.won, ...subject.outcomes.lost])
        expect(phrase).not.toMatch(/\b(was|were|is|are)\b/);
    },
  );
});

describe('domains', () => {
  it('are as many as promised', () => {
    expect(DOMAINS.sports.length).toBeGreaterThanOrEqual(50);
    expect(DOMAINS.general.length).toBeGreaterThanOrEqual(200);
    expect(PATIENT_TRAITS.length).toBe(20);
    expect(PATIENT_FACTORS.length).toBe(20);
  });

  it('use every patient trait and factor for some condition, and only where it bears on it', () => {
    const used = DOMAINS.healthcare.flatMap(({ stable, episodic }) => [...stable, ...episodic.map(({ name }) => name)]);
    const listed = [...PATIENT_TRAITS, ...PATIENT_FACTORS.map(({ name }) => name)];
    expect(new Set(used)).toEqual(new Set(listed));
    const withTrait = (trait: string) =>
      DOMAINS.healthcare.filter(({ stable }) => stable.includes(trait)).map(({ name }) => name);
    expect(withTrait('airway calmness')).toContain('asthma');
    expect(withTrait('airway calmness')).not.toContain('a broken wrist');
  });

  it('give nobody a name that is a word of the subject', () => {
    const falconry = DOMAINS.general.find(({ name }) => name === 'falconry');
    expect(falconry && namesFor(falconry)).not.toContain('Falcon');
    expect(CALL_SIGNS).toContain('Falcon');
  });

  it('give every sport at least ten traits and ten factors', () => {
    for (const { stable, episodic } of DOMAINS.sports) {
      expect(stable.length).toBeGreaterThanOrEqual(10);
      expect(episodic.length).toBeGreaterThanOrEqual(10);
    }
  });
});

describe('names', () => {
  it('are told apart, from one another and from call-signs, and take a plain possessive', () => {
    const all = [...PEOPLE, ...CALL_SIGNS];
    expect(doubles(all)).toEqual([]);
    for (const name of all) expect(name).toMatch(/^[A-Z][a-z]+[a-rt-z]$/);
    // Three fixed teams of nine, the focal entity and two newcomers.
    expect(PEOPLE.length).toBeGreaterThanOrEqual(30);
    expect(CALL_SIGNS.length).toBeGreaterThanOrEqual(30);
  });
});
