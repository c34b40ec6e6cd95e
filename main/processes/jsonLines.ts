/** The one reader of line files: line by line with the bytes each takes, however large the file, and JSON Lines under a schema. */
import { createReadStream, existsSync } from 'node:fs';
import type { z } from 'zod';
import { UserError } from '../../shared/errors.ts';

const NEWLINE = 0x0a;

/** A line without its end, its number from 1, and the bytes `begin` up to `end` of the file that it and its end take. */
export type Line = { readonly text: string; readonly number: number; readonly begin: number; readonly end: number };

const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  return text.endsWith('\r') ? text.slice(0, -1) : text;
};

/** The lines of a file as they are asked for. The system's errors come through as they are. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0);
  let begin = 0;
  let number = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE, from)) {
      const end = begin + at + 1 - from;
      yield { text: textOf(rest.subarray(from, at)), number: ++number, begin, end };
      begin = end;
      from = at + 1;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield { text: textOf(rest), number: ++number, begin, end: begin + rest.length };
}

/** The JSON value of a line. Throws UserError naming file and line, the operation's name in front where there is one. */
export function parseJson(text: string, location: { file: string; line: number }, operation?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const what = operation ? `${operation}: line ${location.line} is not JSON: ${reason}` : 'this line is not JSON';
    throw new UserError(what, { location, cause });
  }
}

/** A line's value under `schema`. Throws UserError naming file, line and field. */
export function parseRecord<T>(text: string, schema: z.ZodType<T>, location: { file: string; line: number }): T {
  const parsed = schema.safeParse(parseJson(text, location));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UserError(`this line is not as expected: ${issue.path.join('.')}: ${issue.message}`, { location });
}

/** The values of a JSON Lines file under `schema` with the lines they stand on; empty lines are passed over. Throws UserError. */
export async function* recordsOf<T>(
  file: string,
  schema: z.ZodType<T>,
): AsyncGenerator<{ readonly value: T; readonly line: Line }> {
  if (!existsSync(file))
    throw new UserError('this file is missing', { location: { file }, hint: 'Is this a dataset folder?' });
  for await (const line of linesOf(file))
    if (line.text.trim() !== '') yield { value: parseRecord(line.text, schema, { file, line: line.number }), line };
}

/** All of them, for files known to be small. */
export async function readJsonLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const values: T[] = [];
  for await (const { value } of recordsOf(file, schema)) values.push(value);
  return values;
}
