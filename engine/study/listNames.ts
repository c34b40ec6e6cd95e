/** Names in a row as a language puts them: "Ada, Ben and Cy". */

/** The names joined with the language's word for "and". */
export const listNames = (locale: string, names: readonly string[]): string =>
  names.length === 1 ? names[0] : new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
