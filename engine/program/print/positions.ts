/** Places in generated code: printers leave marks that name source offsets; here they are taken out and kept as a table. */

/** Marks are made of control characters, which printed code holds nowhere else: text is JSON-escaped. */
export const mark = (offset: number): string => `\u0001${offset}\u0002`;

export type GeneratedCode = {
  readonly text: string;
  /** For each line of `text`, the columns (from 1) that stand for source offsets, in order. */
  readonly places: readonly (readonly { readonly column: number; readonly offset: number }[])[];
};

/** The code without its marks, and where they stood. */
export function takeMarks(marked: string): GeneratedCode {
  const places: { column: number; offset: number }[][] = [];
  const lines = marked.split('\n').map((line) => {
    const row: { column: number; offset: number }[] = [];
    let text = '';
    for (const [i, part] of line.split('\u0001').entries()) {
      if (i === 0) {
        text += part;
        continue;
      }
      const end = part.indexOf('\u0002');
      row.push({ column: text.length + 1, offset: Number(part.slice(0, end)) });
      text += part.slice(end + 1);
    }
    places.push(row);
    return text;
  });
  return { text: lines.join('\n'), places };
}

/** The source offset of the last mark at or before a place in the generated text, else of the first after it. */
export function offsetAt(code: GeneratedCode, line: number, column: number): number | undefined {
  for (let i = Math.min(line, code.places.length) - 1; i >= 0; i--) {
    const row = code.places[i];
    const found = row.findLast((place) => i < line - 1 || place.column <= column);
    if (found) return found.offset;
  }
  return code.places.flat()[0]?.offset;
}
