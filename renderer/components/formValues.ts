/** Reads the values of a submitted form. */

/** The text of a field, trimmed; empty when absent. */
export const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** The number in a field, or `otherwise` where it is empty. The control's own limits have been checked by the browser. */
export function numberOf(form: FormData, name: string, otherwise: number): number {
  const text = textOf(form, name);
  return text === '' ? otherwise : Number(text);
}

/** The one of `choices` that a field holds; the first where it holds none of them. */
export const choiceOf = <const T extends string>(form: FormData, name: string, choices: readonly T[]): T =>
  choices.find((choice) => choice === form.get(name)) ?? choices[0];
