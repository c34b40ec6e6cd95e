/** Wording: the small pieces of English that the text renderers share. */
import { InternalError } from '../../shared/errors.ts';

const NUMBERS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const ORDINALS = ['zeroth', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth'];

/** `three`; digits above ten. */
export const numberWord = (n: number): string => NUMBERS[n] ?? String(n);

/** `third`. */
export const ordinalWord = (n: number): string => ORDINALS[n] ?? `${n}th`;

/** `Ada`, `Ada and Bela`, `Ada, Bela and Cedric`. */
export const listText = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;

/** `an engine`, `a canoe`: by the first letter, but for the words of the domains' lists that sound otherwise. */
export const withArticle = (noun: string): string =>
  `${/^[aeiou]/i.test(noun) && !/^(uni|use|eu|one)/i.test(noun) ? 'an' : 'a'} ${noun}`;

export const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `template` with every `{slot}` filled in, sentences starting with a capital. Throws InternalError for a slot without a filling. */
export function fill(template: string, slots: Readonly<Record<string, string>>): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, slot: string) => {
    if (!Object.hasOwn(slots, slot)) throw new InternalError(`no filling for {${slot}} in "${template}"`);
    return slots[slot];
  });
  return filled.replace(/(^|[.?!] )([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}
