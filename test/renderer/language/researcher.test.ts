/** The researcher's languages: every screen has every text in each, with the same things filled in, and its components say nothing by themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RESEARCHER_LANGUAGES, SCREEN_TEXTS } from '../../../renderer/language/researcher/screens.ts';
import { createResearcherTranslator } from '../../../renderer/language/researcher/translator.ts';
import { findOwnWords } from './findOwnWords.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();

const root = join(import.meta.dirname, '..', '..', '..', 'renderer');
/** The researcher's components and state, and what they share with nobody else. */
const files = ['researcher', 'components', 'plots', 'state'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('widgets'))
    .map((name) => join(root, folder, name)),
);

/** Reviewed: names, commands, keys and abbreviations that are the same in every language, and words that are read in none of them. */
const NAMES: ReadonlySet<string> = new Set([
  'Credence',
  'npm run demo',
  'Ctrl',
  'SD',
  'mcse',
  ...['SVG', 'PNG', 'CSV'].flatMap((format) => [format, `${format}: …`]),
  // A figure's own words are English, as they are printed.
  'Pooled answers in 20 equal bins, none smoothed; W in points.',
  // Said by the state, which speaks no language; screens that load something have their own words for it.
  'Credence does not answer.',
  'Is it still running? If it was stopped, start it again and open the address it prints.',
  // Shown where drawing the page has failed, so that no translation can be asked.
  'This page failed, which is a fault of Credence. Nothing stored is lost: reload it to go on.',
]);

describe.each(Object.entries(SCREEN_TEXTS))('the texts of %s', (_, { en, de }) => {
  it('are all there in German, filled in with the same things', () => {
    const [english, german] = [Object.entries(en), new Map(Object.entries(de))];
    expect([...german.keys()].sort()).toEqual(english.map(([key]) => key).sort());
    for (const [key, text] of english) {
      expect(german.get(key), key).toBeTruthy();
      expect(placeholders(german.get(key) ?? ''), key).toEqual(placeholders(text));
    }
  });
});

it('counts and groups as the language does', () => {
  const speak = (language: keyof typeof RESEARCHER_LANGUAGES) => createResearcherTranslator(language).t;
  expect(speak('en')('count', { ns: 'scenarios', count: 1 })).toBe('1 scenario');
  expect(speak('en')('count', { ns: 'scenarios', count: 10_000 })).toBe('10,000 scenarios');
  expect(speak('de')('count', { ns: 'scenarios', count: 10_000 })).toBe('10.000 Szenarien');
});

it('finds words that are said without a translation', () => {
  const said = (markup: string): string[] =>
    findOwnWords('Shown.tsx', `import { x } from 'A module here'; export const Shown = () => { ${markup} };`);
  expect(said('return <p>Good morning</p>')).toEqual(['Good morning']);
  expect(said('return <p title="Weather" className="is-small" />')).toEqual(['Weather']);
  expect(said("return <p>{isOpen ? 'open' : t('shut')}</p>")).toEqual(['open']);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the template is what is read
  expect(said('return <p>{isOpen && ` and ${n} more`}</p>')).toEqual(['and … more']);
  expect(said("setNote('Not sent: try again.'); return null")).toEqual(['Not sent: try again.']);
  expect(said("return <p className={kind === 'open' ? 'is-open' : ''}>{t('a.key')} · {n}</p>")).toEqual([]);
});

it('looks at every component', () => {
  expect(files.length).toBeGreaterThan(70);
});

it.each(files)('%s has no words of its own', (file) => {
  expect(findOwnWords(file, readFileSync(file, 'utf8')).filter((text) => !NAMES.has(text))).toEqual([]);
});

it('uses every text', () => {
  const everything = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('language'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  const unused = Object.values(SCREEN_TEXTS)
    .flatMap(({ en }) => Object.keys(en))
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter(
      (key) =>
        ![`'${key}'`, `"${key}"`, `\`${key.slice(0, key.lastIndexOf('.') + 1)}\${`].some((written) =>
          everything.includes(written),
        ),
    );
  expect(unused).toEqual([]);
});
