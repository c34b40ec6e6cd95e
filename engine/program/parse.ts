/** Source text to the parser's tree, with the parser's complaints turned into ours: place, and what probably went wrong. */
import { type Program, parse as parseJavaScript } from 'acorn';
import { prescan } from './prescan.ts';
import { faultAt, type SourceText } from './sourceText.ts';

/** What stands before the offset, blanks and comments apart. */
function before(text: string, offset: number): string {
  return text
    .slice(0, offset)
    .replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length))
    .trimEnd();
}

const STARTS_VALUE = /[A-Za-z0-9_$"'`{[(]/;

/** The likely slip behind an unexpected token, and where it is rather than where the parser stumbled. */
function explain(source: SourceText, offset: number): { offset: number; message: string; hint?: string } {
  const { text } = source;
  if (text.trim() === '') return { offset: 0, message: 'the program is empty' };
  const previous = before(text, offset);
  if (offset >= text.trimEnd().length)
    return {
      offset: previous.length - 1,
      message: 'the text ends inside an open bracket or expression',
      hint: 'Is a closing ) ] or } missing?',
    };
  const token = /^(?:[A-Za-z0-9_$]+|['"`]|.)/.exec(text.slice(offset))?.[0] ?? '';
  const last = previous.at(-1) ?? '';
  const isSameLine = !text.slice(previous.length, offset).includes('\n');
  if (STARTS_VALUE.test(token) && /[A-Za-z0-9_$"'`\])}]/.test(last)) {
    const inside = openBracket(previous);
    if (inside !== undefined && (inside !== '{' || isObjectBrace(previous)))
      return {
        offset: previous.length,
        message: `a comma is missing before "${token}"`,
        hint: 'Separate elements, arguments and properties by commas.',
      };
    if (isSameLine)
      return {
        offset,
        message: `unexpected "${token}"`,
        hint: `Is an operator, a comma or a semicolon missing before "${token}"?`,
      };
  }
  if (/^\)/.test(token) && last === ',')
    return { offset: previous.length - 1, message: 'a comma without a value after it' };
  const inside = openBracket(previous);
  const close = inside && ({ '(': ')', '[': ']', '{': '}' } as const)[inside];
  const isUnclosed = close !== undefined && /^[;)\]}]/.test(token) && token !== close;
  return {
    offset,
    message: `unexpected "${token}"`,
    hint: isUnclosed ? `Is a ${close} missing before it?` : 'Is something left over, or missing, just before it?',
  };
}

/** The innermost bracket still open at the end of `text`. */
function openBracket(text: string): string | undefined {
  const open: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"' || c === "'") {
      const start = i;
      for (i++; i < text.length && text[i] !== c && text[i] !== '\n'; i++) if (text[i] === '\\') i++;
      if (i >= text.length) i = start;
    } else if ('([{'.includes(c)) open.push(c);
    else if (')]}'.includes(c)) open.pop();
  }
  return open.at(-1);
}

/** Whether the innermost open `{` begins an object literal: it then follows an operator, a bracket, a comma or `return`. */
function isObjectBrace(text: string): boolean {
  let depth = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    if (')]}'.includes(text[i])) depth++;
    else if ('([{'.includes(text[i]) && depth-- === 0)
      return /(?:[=(,:?[&|+]|return|=>\s*\()\s*$/.test(text.slice(0, i));
  }
  return false;
}

/** The parser's tree of `source`. Throws UserError with place and hint where the text is no program. */
export function parse(source: SourceText): Program {
  prescan(source);
  try {
    return parseJavaScript(source.text, { ecmaVersion: 2023, sourceType: 'script' });
  } catch (error) {
    if (error instanceof RangeError)
      throw faultAt(source, 0, 'program: nested too deeply', 'Give the inner parts names.');
    if (!(error instanceof SyntaxError) || !('pos' in error) || typeof error.pos !== 'number') throw error;
    const parserMessage = error.message.replace(/\s*\(\d+:\d+\)$/, '');
    if (!/^Unexpected token|^Unterminated/.test(parserMessage))
      throw faultAt(source, error.pos, `program: ${parserMessage[0].toLowerCase()}${parserMessage.slice(1)}`);
    if (/^Unterminated/.test(parserMessage))
      throw faultAt(source, error.pos, `program: ${parserMessage.toLowerCase()}`, 'Is a closing quote missing?');
    const { offset, message, hint } = explain(source, error.pos);
    throw faultAt(source, offset, `program: ${message}`, hint);
  }
}
