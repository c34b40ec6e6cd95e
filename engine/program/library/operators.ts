/** What operators, member access and destructuring compile to where plain JavaScript would run a program's or the host's hidden code. */
import { describe, LimitReached, ProgramFault } from '../fault.ts';
import { isAllowedProperty } from '../names.ts';
import { LIMITS, type Runtime, store, warn } from '../runtime.ts';

/** Text of a primitive for + and templates. Objects are refused: their text would run code. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if ((typeof value === 'object' && value !== null) || typeof value === 'function')
    throw new ProgramFault(
      `${describe(value)} cannot be added or joined to text`,
      'Take the element or property that is meant.',
    );
  return String(value);
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** The operators by name, for one runtime. */
export function createOperators(runtime: Runtime) {
  const joined = (text: string): string => {
    if (text.length > LIMITS.stringLength)
      throw new LimitReached(`a string of ${text.length} characters; at most ${LIMITS.stringLength} are allowed`);
    store(runtime, text.length);
    return text;
  };
  /** `a + b` of anything: numbers, else text. */
  const addMixed = (a: unknown, b: unknown): unknown => {
    if (isText(a) || isText(b)) return joined(textOf(a) + textOf(b));
    if (
      (typeof a === 'object' && a !== null) ||
      (typeof b === 'object' && b !== null) ||
      typeof a === 'function' ||
      typeof b === 'function'
    )
      throw new ProgramFault(
        `+ between ${describe(a)} and ${describe(b)}`,
        Array.isArray(a) && Array.isArray(b) ? 'Use a.concat(b).' : 'Take the element or property that is meant.',
      );
    return Number(a) + Number(b);
  };
  return {
    add: (a: unknown, b: unknown): unknown => (typeof a === 'number' && typeof b === 'number' ? a + b : addMixed(a, b)),
    join: (...parts: unknown[]): string => joined(parts.map(textOf).join('')),
    /** `object[index]`. */
    index: (object: unknown, key: unknown): unknown => {
      if (Array.isArray(object) || typeof object === 'string') {
        if (typeof key === 'number')
          return key >= 0 && key < object.length && Number.isInteger(key) ? object[key] : undefined;
        if (key === 'length') return object.length;
        if (typeof key === 'string' && /^\d+$/.test(key)) return object[Number(key)];
        throw new ProgramFault(`the index ${describe(key)} of ${describe(object)} must be a whole number`);
      }
      if (typeof object !== 'object' || object === null)
        throw new ProgramFault(`cannot take [${describe(key)}] of ${describe(object)}`);
      if (typeof key !== 'string' && typeof key !== 'number')
        throw new ProgramFault(`a property name must be a string or number, received ${describe(key)}`);
      const name = String(key);
      if (!isAllowedProperty(name)) throw new ProgramFault(`the property name "${name.slice(0, 60)}" is not allowed`);
      return Object.hasOwn(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
    },
    /** `object.name` for names that prototypes also have: only an own property counts. */
    get: (object: unknown, name: string): unknown => {
      if (object === undefined || object === null)
        throw new ProgramFault(`cannot take .${name} of ${describe(object)}`);
      return typeof object === 'object' && !Array.isArray(object) && Object.hasOwn(object, name)
        ? (object as Readonly<Record<string, unknown>>)[name]
        : undefined;
    },
    /** `name in object`. */
    has: (key: unknown, object: unknown): boolean => {
      if (typeof object !== 'object' || object === null)
        throw new ProgramFault(`"in" needs an object, received ${describe(object)}`);
      return (typeof key === 'string' || typeof key === 'number') && Object.hasOwn(object, key);
    },
    /** Checks what `{a, b}` is taken out of; text and numbers have no such properties, which is nearly always a slip. */
    open: (value: unknown, name: string): unknown => {
      if (value === undefined || value === null)
        throw new ProgramFault(`cannot take {${name}} out of ${describe(value)}`);
      if (typeof value !== 'object')
        warn(
          runtime,
          `{${name}} is taken out of ${describe(value)}, which has no property ${name}: pass an object {${name}: …}`,
        );
      return value;
    },
    /** Called when a recursive function begins. */
    enter: (): void => {
      if (++runtime.depth > LIMITS.depth)
        throw new LimitReached(
          `calls nested more than ${LIMITS.depth} deep`,
          'Is there a recursion without end? Use map, repeat or reduce over long lists.',
        );
      if (--runtime.fuel < 0)
        throw new LimitReached('the run took too many steps', 'Is there a recursion without end?');
    },
    /** Called with what a recursive function returns. */
    leave: (value: unknown): unknown => {
      runtime.depth--;
      return value;
    },
    /** Tables of specialised programs. */
    Numbers: Float64Array,
    Values: Array,
    typeOf: (value: unknown): string => typeof value,
  };
}
