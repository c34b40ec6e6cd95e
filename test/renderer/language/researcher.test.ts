/** The researcher's languages: every screen has every text in each, with the same things filled in, and its components say nothing by themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RESEARCHER_LANGUAGES, SCREEN_TEXTS } from '../../../renderer/language/researcher/screens.ts';
import { createResearcherTranslator } from '../../../renderer/language/researcher/translator.ts';

const placeholders = (text: string): string[] => [...text.matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();

/** Folders and files whose every word is translated; a screen that has been translated is added here. */
const TRANSLATED = [
  'researcher/training',
  'researcher/jobs',
  'researcher/scenarios/BatchActs.tsx',
  'researcher/scenarios/GenerateForm.tsx',
  'researcher/scenarios/ImportForm.tsx',
  'researcher/scenarios/LanguageFields.tsx',
  'researcher/scenarios/ScenarioFilters.tsx',
  'researcher/scenarios/ScenarioList.tsx',
  'researcher/scenarios/ScenarioScreen.tsx',
  'researcher/App.tsx',
  'researcher/Palette.tsx',
  'components/Columns.tsx',
];
const root = join(import.meta.dirname, '..', '..', '..', 'renderer');
const files = TRANSLATED.flatMap((path) =>
  path.endsWith('.tsx')
    ? [join(root, path)]
    : readdirSync(join(root, path))
        .filter((name) => name.endsWith('.tsx'))
        .map((name) => join(root, path, name)),
);

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

it.each(files)('%s has no words of its own', (file) => {
  const source = readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  // Text between tags, and the attributes that are read out.
  const texts = [
    ...source.matchAll(/^\s+([A-Z][a-z]+[ a-z]*)$/gm),
    ...source.matchAll(/(?:aria-label|title|alt|placeholder|label|hint)="([^"]+)"/g),
    ...source.matchAll(/(?<!kbd)>([A-Z][a-z]+[^<{]*)</g),
  ];
  // The name of the application is the same in every language.
  expect(texts.map((match) => match[1]).filter((text) => text !== 'Credence')).toEqual([]);
});

it('uses every text', () => {
  const everything = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('language'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n');
  const keys = Object.keys({ ...SCREEN_TEXTS.training.en, ...SCREEN_TEXTS.scenarios.en, ...SCREEN_TEXTS.jobs.en });
  const unused = keys
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !everything.includes(`'${key}'`) && !everything.includes(`\`${key.split('.')[0]}.\${`));
  expect(unused).toEqual([]);
});
