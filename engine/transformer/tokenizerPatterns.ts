/**
 * Patterns of a `tokenizer.json` are somebody else's regular expressions, run over every prompt. Those that can take exponential time are
 * refused before any is compiled: a repeated group that holds a repetition or a choice, a reference to a group, or too much of anything.
 * **Source:** J. Davis et al., The Impact of Regular Expression Denial of Service in Practice (2018), "star height" and overlapping choices.
 */
import { UserError } from '../../shared/errors.ts';

const MOST_PATTERNS = 64;
const LONGEST_PATTERN = 4096;
/** Unbounded repetitions side by side in one alternative: n of them can take time to the power n. */
const MOST_REPETITIONS = 5;

type Group = { hasRepetition: boolean; hasChoice: boolean; repetitions: number };

const emptyGroup = (): Group => ({ hasRepetition: false, hasChoice: false, repetitions: 0 });

/** Length of the quantifier at the beginning of `text` (0 without one) and whether it has no upper end. */
function quantifier(text: string): { length: number; isUnbounded: boolean } {
  const found = /^(?:[*+?]|\{\d*(,?)(\d*)\})[?+]?/.exec(text);
  if (!found) return { length: 0, isUnbounded: false };
  const isUnbounded = /^[*+]/.test(text) || (found[1] === ',' && found[2] === '');
  return { length: found[0].length, isUnbounded };
}

/** Where the character class that begins at `start` ends. */
function classEnd(pattern: string, start: number): number {
  let i = start + 1;
  while (i < pattern.length && pattern[i] !== ']') i += pattern[i] === '\\' ? 2 : 1;
  return i;
}

/** Why `pattern` may take exponential time, or null. */
export function objectionToPattern(pattern: string): string | null {
  if (pattern.length > LONGEST_PATTERN) return `it is longer than ${LONGEST_PATTERN} characters`;
  const open: Group[] = [emptyGroup()];
  for (let i = 0; i < pattern.length; i++) {
    const group = open[open.length - 1];
    const character = pattern[i];
    let closed: Group | undefined;
    if (character === '(') {
      open.push(emptyGroup());
      continue;
    }
    if (character === '|') {
      group.hasChoice = true;
      group.repetitions = 0;
      continue;
    }
    if (character === '\\') {
      if (/^\\(?:[1-9]|k<)/.test(pattern.slice(i))) return 'it refers back to a group';
      i += /^\\[pP]\{/.test(pattern.slice(i)) ? pattern.slice(i).indexOf('}') : 1;
    } else if (character === '[') i = classEnd(pattern, i);
    else if (character === ')' && open.length > 1) {
      closed = open.pop();
    }
    const { length, isUnbounded } = quantifier(pattern.slice(i + 1));
    const outer = open[open.length - 1];
    if (closed?.hasRepetition) outer.hasRepetition = true;
    if (isUnbounded) {
      if (closed?.hasRepetition) return 'it repeats a group that repeats';
      if (closed?.hasChoice) return 'it repeats a group with a choice';
      outer.hasRepetition = true;
      outer.repetitions += 1;
      if (outer.repetitions > MOST_REPETITIONS) return `it has more than ${MOST_REPETITIONS} repetitions in a row`;
    }
    i += length;
  }
  return null;
}

/** Every `Regex` in the parsed file with the path to it. */
function* patternsIn(value: unknown, path: string): Generator<readonly [path: string, pattern: string]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = path ? `${path}.${key}` : key;
    if (key === 'Regex' && typeof inner === 'string') yield [at, inner];
    else yield* patternsIn(inner, at);
  }
}

/** Throws UserError for a parsed `tokenizer.json` with a pattern that may take exponential time. The vocabulary is not looked at. */
export function checkTokenizerPatterns(tokenizerJson: object): void {
  const { model: _vocabulary, added_tokens: _tokens, ...parts } = { model: null, added_tokens: null, ...tokenizerJson };
  const patterns = [...patternsIn(parts, '')];
  if (patterns.length > MOST_PATTERNS)
    throw new UserError(`tokenizer: at most ${MOST_PATTERNS} patterns expected, received ${patterns.length}`, {
      location: { file: 'tokenizer.json' },
    });
  for (const [path, pattern] of patterns) {
    const objection = objectionToPattern(pattern);
    if (objection !== null)
      throw new UserError(`tokenizer: a pattern could run for ever: ${objection}: ${pattern.slice(0, 80)}`, {
        location: { file: 'tokenizer.json', path },
        hint: 'Did this file come with the transformer? Get it from the place where the transformer was published.',
      });
  }
}
