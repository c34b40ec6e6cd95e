/** A program's text with its file name: turns offsets into places and makes the errors that show them. */
import { type ErrorLocation, UserError } from '../../shared/errors.ts';

export type SourceText = { readonly text: string; readonly file: string | undefined };

const EXCERPT_LENGTH = 160;
/** Control, format and line-breaking characters: what a terminal would obey instead of show. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Line, column (from 1) and the text of the line at `offset`. Control characters of the excerpt are shown as `?`. */
export function locate(source: SourceText, offset: number): ErrorLocation {
  const at = Math.max(0, Math.min(offset, source.text.length));
  const start = source.text.lastIndexOf('\n', at - 1) + 1;
  const end = source.text.indexOf('\n', at);
  const line = source.text.slice(0, start).split('\n').length;
  const text = source.text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
  const excerpt = text.slice(0, EXCERPT_LENGTH).replace(UNPRINTABLE, '?');
  const column = at - start + 1;
  return {
    ...(source.file === undefined ? {} : { file: source.file }),
    line,
    column,
    ...(column <= EXCERPT_LENGTH + 1 ? { excerpt } : {}),
  };
}

/** The UserError about the place `offset`. */
export const faultAt = (source: SourceText, offset: number, message: string, hint?: string): UserError =>
  new UserError(message, { hint, location: locate(source, offset) });

/** `line:column` for a message. */
export function placeText(source: SourceText, offset: number): string {
  const { line, column } = locate(source, offset);
  return `${source.file ?? 'program'}:${line}:${column}`;
}
