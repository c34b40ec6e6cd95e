/**
 * Gate, first part: an iterative look over the raw text before the recursive parser sees it. Bounds size and nesting, and refuses
 * characters that make text look like something it is not (bidirectional controls, zero-width characters, line separators).
 */
import { faultAt, type SourceText } from './sourceText.ts';

export const SOURCE_LIMIT = 200_000;
export const NESTING_LIMIT = 200;
const STRING_LIMIT = 10_000;

const HIDDEN = /[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]/;
const OPENING = '([{';
const CLOSING = ')]}';

/** The offset just behind the string, template or comment that starts at `i`; `i` itself if none does. */
function skipQuoted(text: string, i: number): number {
  const c = text[i];
  if (c === '/' && text[i + 1] === '/') return endOr(text, text.indexOf('\n', i));
  if (c === '/' && text[i + 1] === '*') return endOr(text, text.indexOf('*/', i + 2), 2);
  if (c !== '"' && c !== "'") return i;
  let j = i + 1;
  while (j < text.length && text[j] !== c && text[j] !== '\n') j += text[j] === '\\' ? 2 : 1;
  return Math.min(j + 1, text.length);
}

const endOr = (text: string, found: number, length = 0): number => (found < 0 ? text.length : found + length);

/** Throws UserError where the text is too long, too deeply nested, or holds hidden characters. */
export function prescan(source: SourceText): void {
  const { text } = source;
  if (text.length > SOURCE_LIMIT)
    throw faultAt(
      source,
      SOURCE_LIMIT,
      `program: the source has ${text.length} characters; at most ${SOURCE_LIMIT} are allowed`,
    );
  const hidden = HIDDEN.exec(text);
  if (hidden) {
    const code = hidden[0].codePointAt(0)?.toString(16).padStart(4, '0');
    throw faultAt(
      source,
      hidden.index,
      `program: the hidden character U+${code} is not allowed`,
      'Delete it and type the text anew.',
    );
  }
  let depth = 0;
  let prefixes = 0;
  for (let i = 0; i < text.length; ) {
    const end = skipQuoted(text, i);
    if (end > i) {
      if (end - i > STRING_LIMIT && text[i] !== '/')
        throw faultAt(source, i, `program: a string of ${end - i} characters; at most ${STRING_LIMIT} are allowed`);
      i = end;
      prefixes = 0;
      continue;
    }
    const c = text[i++];
    if (OPENING.includes(c)) depth++;
    else if (CLOSING.includes(c)) depth--;
    prefixes = '!-+~'.includes(c) ? prefixes + 1 : c.trim() === '' ? prefixes : 0;
    if (depth > NESTING_LIMIT || prefixes > NESTING_LIMIT)
      throw faultAt(source, i - 1, `program: nested more than ${NESTING_LIMIT} deep`, 'Give the inner parts names.');
  }
}
