/** The whole library of the language for one runtime: what generated code is given, and which names the gate lets through. */
import { createDraws } from '../draws.ts';
import { createRuntime, type Runtime } from '../runtime.ts';
import { createArrayFunctions } from './arrays.ts';
import { createFunctionTools } from './functions.ts';
import { createMathematics } from './mathematics.ts';
import { callField, createMethods } from './methods.ts';
import { createObjectFunctions } from './objects.ts';
import { createOperators } from './operators.ts';
import { createDistributionMethods, createProbability } from './probability.ts';

export type Library = {
  /** Functions and constants a program may name. */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly methods: ReadonlyMap<string, (target: unknown, ...args: unknown[]) => unknown>;
  /** What generated code calls and no program can name. */
  readonly operators: ReturnType<typeof createOperators> & { readonly callField: typeof callField };
};

/** A library that draws and infers by `runtime`. */
export const createLibrary = (runtime: Runtime): Library => ({
  functions: {
    ...createMathematics(),
    ...createArrayFunctions(runtime),
    ...createObjectFunctions(runtime),
    ...createFunctionTools(runtime),
    ...createProbability(runtime),
  },
  methods: createMethods(runtime, createDistributionMethods(runtime)),
  operators: { ...createOperators(runtime), callField },
});

/** Every name of the library, and every method that is routed to it. */
export function libraryNames(): { readonly functions: ReadonlySet<string>; readonly methods: ReadonlySet<string> } {
  const { functions, methods } = createLibrary(createRuntime(createDraws()));
  return { functions: new Set(Object.keys(functions)), methods: new Set(methods.keys()) };
}
