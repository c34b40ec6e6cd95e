/** JSON Lines in memory: each line's value, checked, with its line number for refusals. Blank lines count but hold nothing. */
import type { z } from 'zod';
import { parseJson } from '../jsonFile.ts';

/** The checked values of `text`, one per line. Throws UserError naming file, line and path. */
export const lineValues = <S extends z.ZodType>(
  text: string,
  schema: S,
  file: string,
): { value: z.infer<S>; line: number }[] =>
  text
    .split('\n')
    .flatMap((line, i) =>
      line.trim() === '' ? [] : [{ value: parseJson(line, schema, { file, line: i + 1 }), line: i + 1 }],
    );

/** Whether `text` is one JSON object or array over several lines, rather than one value a line. */
export function isOneDocument(text: string): boolean {
  const [first = '', second] = text.split('\n').filter((line) => line.trim() !== '');
  if (second === undefined) return !/^\s*\{\s*"(scenarioId|participantId)"/.test(first);
  try {
    JSON.parse(first);
    return false;
  } catch {
    return true;
  }
}
