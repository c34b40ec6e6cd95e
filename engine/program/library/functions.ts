/** Functions on functions, and what WebPPL's header has beside arrays: mem, cache, compose, display, error. */
import { describe, LimitReached, ProgramFault } from '../fault.ts';
import { LIMITS, type Runtime, warn } from '../runtime.ts';
import { createKeyMaker } from '../valueKey.ts';
import { arrayOf, functionOf } from './arrays.ts';

const DISPLAY_LIMIT = 20;
const CACHE_LIMIT = 100_000;

const isPlainKey = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';

/** The functions by name, for one runtime. */
export function createFunctionTools(runtime: Runtime) {
  const keyOf = createKeyMaker();
  const tableKey = (args: readonly unknown[]): unknown =>
    args.length === 1 && isPlainKey(args[0]) ? args[0] : args.map(keyOf).join();

  /** `f` with a table of its results, emptied with every run: one draw per argument and run. */
  const mem = (given: unknown): unknown => {
    const f = functionOf(given, 'mem');
    const table = new Map<unknown, unknown>();
    const home = runtime.tracer?.here();
    let run = runtime.run;
    return (...args: unknown[]): unknown => {
      if (run !== runtime.run) {
        table.clear();
        run = runtime.run;
      }
      const key = tableKey(args);
      if (table.has(key)) return table.get(key);
      if (table.size >= LIMITS.memoEntries)
        throw new LimitReached(`mem was called with more than ${LIMITS.memoEntries} different arguments`);
      const place = home === undefined ? undefined : runtime.tracer?.jump(home, String(key));
      const value = f(...args);
      if (place !== undefined) runtime.tracer?.restore(place);
      table.set(key, value);
      runtime.journal?.push(() => table.delete(key));
      return value;
    };
  };
  /** `f`, deterministic, with a table kept over all runs. */
  const cache = (given: unknown): unknown => {
    const f = functionOf(given, 'cache');
    const table = new Map<unknown, unknown>();
    return (...args: unknown[]): unknown => {
      const key = tableKey(args);
      if (table.has(key)) return table.get(key);
      const value = f(...args);
      if (table.size >= CACHE_LIMIT) table.clear();
      table.set(key, value);
      return value;
    };
  };
  let shown = 0;
  const display = (value: unknown): void => {
    if (shown++ < DISPLAY_LIMIT) warn(runtime, `display: ${describe(value)}`);
  };
  return {
    mem,
    cache,
    display,
    print: display,
    error: (message: unknown): never => {
      throw new ProgramFault(
        `the program says: ${typeof message === 'string' ? message.slice(0, 200) : describe(message)}`,
      );
    },
    assert: (isTrue: unknown): void => {
      if (!isTrue) throw new ProgramFault('assert: the condition does not hold');
    },
    apply: (f: unknown, args: unknown): unknown => functionOf(f, 'apply')(...arrayOf(args, 'apply')),
    compose: (f: unknown, g: unknown) => {
      const [outer, inner] = [functionOf(f, 'compose'), functionOf(g, 'compose')];
      return (value: unknown) => outer(inner(value));
    },
    idF: (value: unknown) => value,
    constF: (value: unknown) => () => value,
    trueF: () => true,
    falseF: () => false,
    isEven: (n: unknown) => typeof n === 'number' && n % 2 === 0,
    isOdd: (n: unknown) => typeof n === 'number' && Math.abs(n % 2) === 1,
    lt: (a: unknown, b: unknown) => Number(a) < Number(b),
    gt: (a: unknown, b: unknown) => Number(a) > Number(b),
  };
}
