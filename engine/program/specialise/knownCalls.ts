/** Specialisation: library functions whose arguments are known are called now, once, instead of in every run. */
import { createDraws } from '../draws.ts';
import { createLibrary } from '../library/index.ts';
import { createRuntime } from '../runtime.ts';
import { fromKnown, known, Unspecialisable, type Value } from './values.ts';

/** Functions that give data for data, the same every time. */
const FOLDABLE =
  /^(Math|Number|_)\.|^(sum|product|mean|listMean|listVar|listStdev|normalize|zip|sort|flatten|range|append|concat|cons|snoc|first|second|third|fourth|last|secondLast|most|rest|everyOther|remove|extend|isEven|isOdd|isNaN|isFinite|parseFloat|parseInt|Number|String|Boolean|sigmoid|lt|gt|Vector|Matrix|trueF|falseF)$|^\./;

/** The value of the call, or undefined where it must wait. `.name` is a method of the first argument. */
export function foldLibrary(name: string, args: readonly Value[]): Value | undefined {
  if (!FOLDABLE.test(name)) return undefined;
  const data = args.map((arg) => known(arg));
  if (!data.every((part) => part !== undefined)) return undefined;
  const { functions, methods } = createLibrary(createRuntime(createDraws()));
  const f = name.startsWith('.') ? methods.get(name.slice(1)) : functions[name];
  if (typeof f !== 'function') return undefined;
  try {
    return fromKnown(f(...data.map((part) => part?.value)));
  } catch (error) {
    if (error instanceof Unspecialisable) throw error;
    // The fault belongs to the run, with its place: the call is left in the program.
    return undefined;
  }
}
