/**
 * Byte-pair encoding learned from word counts: the most frequent neighbouring pair becomes a token, again and again.
 * **Source:** R. Sennrich et al., Neural Machine Translation of Rare Words with Subword Units (2016); GPT-2's spelling of bytes.
 */

/** Byte → the printable character that stands for it in `tokenizer.json`. */
export const BYTE_CHARACTERS: readonly string[] = (() => {
  const isPrintable = (byte: number): boolean =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(isPrintable(byte) ? byte : next++));
})();

/** `text` in byte characters. */
export const spellBytes = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => BYTE_CHARACTERS[byte]).join('');

type Word = { parts: string[]; readonly count: number };

function mostFrequentPair(words: readonly Word[]): [string, string] | undefined {
  const counts = new Map<string, number>();
  for (const { parts, count } of words)
    for (let i = 0; i + 1 < parts.length; i++) {
      const key = `${parts[i]} ${parts[i + 1]}`;
      counts.set(key, (counts.get(key) ?? 0) + count);
    }
  let best: string | undefined;
  for (const [key, count] of counts) {
    const bestCount = best === undefined ? 0 : (counts.get(best) ?? 0);
    if (count > bestCount || (count === bestCount && best !== undefined && key < best)) best = key;
  }
  return best === undefined ? undefined : (best.split(' ') as [string, string]);
}

/** The first `merges` merges for words spelled in byte characters with their counts; fewer where words run out. */
export function learnMerges(counts: ReadonlyMap<string, number>, merges: number): [string, string][] {
  const words: Word[] = [...counts].map(([word, count]) => ({ parts: [...word], count }));
  const learned: [string, string][] = [];
  while (learned.length < merges) {
    const pair = mostFrequentPair(words);
    if (!pair) break;
    learned.push(pair);
    const [left, right] = pair;
    for (const word of words) {
      if (!word.parts.includes(left)) continue;
      const joined: string[] = [];
      for (let i = 0; i < word.parts.length; i++) {
        const isPair = word.parts[i] === left && word.parts[i + 1] === right;
        joined.push(isPair ? left + right : word.parts[i]);
        if (isPair) i++;
      }
      word.parts = joined;
    }
  }
  return learned;
}
