/** The known name a mistyped one most resembles, for the hint `did you mean …?`. */

/** Edits (insert, delete, replace, swap of neighbours) between two words, at most `limit` + 1. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (isSame ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length];
}

/** The name of `known` within a third of `word`'s length in edits (case apart), or undefined. */
export function nearestName(word: string, known: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of known) {
    // Among names equally near, the one that begins in the same case: gausian is gaussian, Gausian is Gaussian.
    const edits = name.toLowerCase() === lower ? 0.5 : editDistance(lower, name.toLowerCase(), limit);
    const distance = edits + (name[0] === word[0] ? 0 : 0.25);
    if (edits > limit || distance >= bestDistance) continue;
    best = name;
    bestDistance = distance;
  }
  return best;
}

/** `did you mean x?` when something is near, else `otherwise`. */
export function didYouMean(word: string, known: Iterable<string>, otherwise?: string): string | undefined {
  const guess = nearestName(word, known);
  return guess === undefined ? otherwise : `did you mean ${guess}?`;
}
