/** What is wrong with a study: where, in which file, and what can be done. */

export type StudyFault = {
  readonly file: 'study.json' | 'items.jsonl' | `locales/${string}.json`;
  /** Path of keys and indices inside the file, such as `timeline[3].order`. */
  readonly path: string;
  readonly problem: string;
  readonly hint?: string;
};

/** The first value that occurs a second time, with both places. */
export function firstRepeated<T>(values: readonly T[]): { readonly value: T; readonly at: number } | undefined {
  const seen = new Set<T>();
  for (const [at, value] of values.entries()) {
    if (seen.has(value)) return { value, at };
    seen.add(value);
  }
  return undefined;
}

/** A fault for a value that is there twice, or none. */
export function repeatedFault(values: readonly string[], path: (index: number) => string, what: string): StudyFault[] {
  const repeated = firstRepeated(values);
  if (!repeated) return [];
  return [{ file: 'study.json', path: path(repeated.at), problem: `the ${what} "${repeated.value}" is there twice` }];
}
