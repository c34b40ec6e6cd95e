/** Reading replies: the JSON or the program in what a language model wrote, with complaints worded so that it can mend them. */
import { z } from 'zod';
import { UserError } from '../../../shared/errors.ts';
import type { LanguageAnswer } from '../../../shared/language.ts';

const FENCE = /```[a-z]*[^\S\n]*\n([\s\S]*?)\n?```/gi;

/** The last fenced block, or the whole text where there is none. */
function fenced(text: string): string {
  return [...text.matchAll(FENCE)].at(-1)?.[1] ?? text;
}

/** Throws UserError for an answer that was cut off: half a reply must not pass for one. */
function wholeText({ text, isWhole }: LanguageAnswer): string {
  if (text.trim() === '') throw new UserError('reply: it is empty');
  if (!isWhole) throw new UserError('reply: it was cut off before its end', { hint: 'Write a shorter one.' });
  return text;
}

/** The JSON object in an answer, checked. Throws UserError where there is none, it cannot be read, or it is of another shape. */
export function readJson<S extends z.ZodType>(answer: LanguageAnswer, schema: S): z.infer<S> {
  const text = fenced(wholeText(answer));
  const [start, end] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (start < 0 || end < start) throw new UserError('reply: expected one JSON object, found none');
  let value: unknown;
  try {
    value = JSON.parse(text.slice(start, end + 1));
  } catch (error) {
    throw new UserError(`reply: the JSON cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UserError(`reply: the JSON is not as asked for: ${z.prettifyError(parsed.error).replace(/\s+/g, ' ')}`);
}

/** The program in an answer. Throws UserError where there is none. */
export function readProgram(answer: LanguageAnswer): string {
  const text = fenced(wholeText(answer)).trim();
  if (!/\bvar\s+model\s*=/.test(text))
    throw new UserError('reply: expected a program with `var model = function () {…}` in a fenced block, found none');
  return `${text}\n`;
}

/** The whole number 0–100 in angle brackets, or alone, that an answer gives. Throws UserError where there is none or another. */
export function readNumber(answer: LanguageAnswer): number {
  const text = wholeText(answer);
  const found = [...text.matchAll(/<\s*(\d{1,3})\s*>/g)].at(-1)?.[1] ?? /^\s*(\d{1,3})\s*\.?\s*$/.exec(text)?.[1];
  const value = Number(found ?? Number.NaN);
  if (value >= 0 && value <= 100) return value;
  throw new UserError(
    `reply: expected one whole number from 0 to 100 in angle brackets, received "${text.slice(0, 80)}"`,
  );
}
