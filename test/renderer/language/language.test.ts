/** The page's languages: nothing is missing in any, every plural has its forms, and no component says anything by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { en } from '../../../renderer/language/en.ts';
import { createTranslator, LANGUAGES, PLURAL_SUFFIXES, pageLanguage } from '../../../renderer/language/language.ts';

const TAGS = ['en', 'de', 'ar'] as const;
const PLURAL = new RegExp(`_(${PLURAL_SUFFIXES.join('|')})$`);
const plainKeys = Object.keys(en).filter((key) => !PLURAL.test(key));
const pluralKeys = [...new Set(Object.keys(en).filter((key) => PLURAL.test(key)))].map((key) =>
  key.replace(PLURAL, ''),
);
const textsOf = (tag: (typeof TAGS)[number]): Record<string, string> => ({ ...LANGUAGES[tag] });
const placeholders = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();

/** Plural forms that name the number in words need no digit. */
const NAMED = ['zero', 'one', 'two'];

describe.each(TAGS)('%s', (tag) => {
  const texts = textsOf(tag);

  it('has every text of the English page, with the same things filled in', () => {
    for (const key of plainKeys) {
      expect(texts[key], key).toBeTruthy();
      expect(placeholders(texts[key]), key).toEqual(placeholders(textsOf('en')[key]));
    }
  });

  it('has a form for each plural of its grammar, and no text that English does not know', () => {
    const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
    for (const key of pluralKeys)
      for (const form of forms) {
        const text = texts[`${key}_${form}`];
        expect(text, `${key}_${form}`).toBeTruthy();
        if (!NAMED.includes(form)) expect(placeholders(text), `${key}_${form}`).toContain('count');
      }
    const known = new Set([...plainKeys, ...pluralKeys]);
    expect(Object.keys(texts).filter((key) => !known.has(key.replace(PLURAL, '')))).toEqual([]);
  });

  it('counts as its speakers do', () => {
    const { t } = createTranslator(tag);
    const counted = [0, 1, 2, 3, 11, 100].map((count) => t('chips.left', { count }));
    expect(new Set(counted).size).toBeGreaterThanOrEqual(tag === 'ar' ? 6 : 3);
    expect(t('page.wait', { count: 2 })).toBe(
      { en: 'You can continue in 2 seconds.', de: 'In 2 Sekunden geht es weiter.', ar: 'يمكنك المتابعة بعد ثانيتين.' }[
        tag
      ],
    );
  });
});

it('speaks the language nearest to a study’s, and English where it knows none', () => {
  expect(['de-AT', 'ar-EG', 'en-GB', 'fi', 'AR'].map(pageLanguage)).toEqual(['de', 'ar', 'en', 'en', 'ar']);
});

it('has no words in the participant’s components that are not translated', () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'renderer');
  const folders = ['participant', 'components/widgets'].map((folder) => join(root, folder));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    // Text between tags, and the attributes that are read out.
    const texts = [
      ...source.matchAll(/^\s+([A-Z][a-z]+[ a-z]*)$/gm),
      ...source.matchAll(/(?:aria-label|title|alt|placeholder)="([^"]+)"/g),
    ];
    expect(
      texts.map((match) => match[1]),
      file,
    ).toEqual([]);
  }
});
