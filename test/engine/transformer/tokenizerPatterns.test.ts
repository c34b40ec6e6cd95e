/** Patterns that can take exponential time are refused by name; those of published tokenizers pass. */
import { describe, expect, test } from 'vitest';
import { createTokenizer } from '../../../engine/transformer/tokenizer.ts';
import { checkTokenizerPatterns, objectionToPattern } from '../../../engine/transformer/tokenizerPatterns.ts';
import { readJson } from './goldens.ts';

describe('accepted', () => {
  test.each(['tiny-llama3', 'tiny-qwen2'])('the patterns of %s', (name) => {
    expect(() => checkTokenizerPatterns(readJson('tokenizers', name, 'tokenizer.json'))).not.toThrow();
  });
  test.each([
    String.raw`[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}]*[\p{Ll}\p{Lm}]+(?i:'s|'t|'re)?|\p{N}{1,3}| ?[^\s\p{L}]+[\r\n/]*|\s+(?!\S)|\s+`,
    '(?:ab{2,3}c)+',
    String.raw`[(+)*]+\(\)+`,
  ])('%s', (pattern) => {
    expect(objectionToPattern(pattern)).toBeNull();
  });
});

test.each([
  ['(a+)+b', 'it repeats a group that repeats'],
  ['((a*)b?)*', 'it repeats a group that repeats'],
  ['(?:(?:x{2,}))+', 'it repeats a group that repeats'],
  ['(a|a)*b', 'it repeats a group with a choice'],
  [String.raw`(.)\1+`, 'it refers back to a group'],
  ['a*a*a*a*a*a*b', 'it has more than 5 repetitions in a row'],
  ['a'.repeat(5000), 'it is longer than 4096 characters'],
])('%s is refused', (pattern, says) => {
  const file = { pre_tokenizer: { type: 'Split', pattern: { Regex: pattern } }, model: { vocab: {} } };
  expect(() => createTokenizer(file, {})).toThrow(
    expect.objectContaining({
      name: 'UserError',
      message: expect.stringContaining(says),
      hint: expect.stringContaining('published'),
      location: { file: 'tokenizer.json', path: 'pre_tokenizer.pattern.Regex' },
    }),
  );
});

test('too many patterns are refused', () => {
  const pretokenizers = Array.from({ length: 65 }, () => ({ type: 'Split', pattern: { Regex: 'a' } }));
  expect(() => checkTokenizerPatterns({ pre_tokenizer: { pretokenizers } })).toThrow(/at most 64 patterns/);
});
