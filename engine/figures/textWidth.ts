/** How wide text will be, estimated without a screen: enough to lay out labels and to break lines. */

/** Advance widths in em of a common sans-serif, on the wide side, so that a label never outgrows the room left for it. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ilIj.,:;|!'’‘`·]/, 0.31],
  [/[ frt()[\]{}/\\"“”-]/, 0.4],
  [/[mwMW@%]/, 0.92],
  [/[A-Z&–—]/, 0.7],
  [/[\u1100-\uffff]/, 1],
];
const OTHER = 0.58;

const widthOf = (character: string): number => WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER;

/** The width of `words` set at `size` px, in px. */
export function textWidth(words: string, size: number): number {
  let total = 0;
  for (const character of words) total += widthOf(character);
  return total * size;
}

/** `words` in lines of at most `width` px, broken at spaces; a word longer than a line stands alone. The last of `maxLines` ends in … if text is left. */
export function wrapText(words: string, width: number, size: number, maxLines = Number.POSITIVE_INFINITY): string[] {
  const lines: string[] = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  if (lines.length <= maxLines) return lines;
  const kept = lines.slice(0, maxLines);
  kept[maxLines - 1] = shorten(`${kept[maxLines - 1]} …`, width, size);
  return kept;
}

/** `words` cut to `width` px, with … where something was cut. */
export function shorten(words: string, width: number, size: number): string {
  if (textWidth(words, size) <= width) return words;
  let kept = [...words.replace(/ …$/, '')];
  while (kept.length > 1 && textWidth(`${kept.join('')}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.join('').trimEnd()}…`;
}
