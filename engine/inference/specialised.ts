/** Attempts by a program's specialised form, where it has one: the same values as the general form, many times faster. */
import { type Distribution, logProbOf } from '../program/distributions/distribution.ts';
import type { Draws } from '../program/draws.ts';
import { createLibrary } from '../program/library/index.ts';
import type { Handler } from '../program/runtime.ts';
import type { SpecialisedMode } from '../program/specialise/emitter.ts';
import type { ProgramHost } from './host.ts';
import { explainFault, PROGRAM_LABEL, type RunningProgram } from './runningProgram.ts';
import { type Attempt, REJECTED } from './sampling.ts';

type Specialised = { readonly attempt: () => unknown; readonly weight: () => number };
type Factory = (
  functions: unknown,
  methods: unknown,
  operators: unknown,
  draws: unknown,
  rejected: unknown,
  logProb: unknown,
) => Specialised;

/** Attempts for `mode` with `handler` answering what is left to the library, or undefined. The code itself draws from `given`. */
export function createSpecialised(
  running: RunningProgram,
  mode: SpecialisedMode,
  handler: Handler,
  host: ProgramHost,
  given: Draws = running.runtime.draws,
): Attempt | undefined {
  const { program, runtime, begin } = running;
  const code = program.hasNestedInference ? undefined : program.specialise(mode);
  if (!code) return undefined;
  const library = createLibrary(runtime);
  const factory = host.load(code.text, PROGRAM_LABEL) as Factory;
  const logProb = (distribution: Distribution, value: unknown): number => logProbOf(distribution, value);
  const explain = (error: unknown): Error => explainFault(program, code, error);
  let form: Specialised;
  try {
    form = factory(library.functions, library.methods, library.operators, given, REJECTED, logProb);
  } catch (error) {
    throw explain(error);
  }
  runtime.handler = handler;
  const result = { value: undefined as unknown, logWeight: 0 };
  const isWeighted = mode === 'importance';
  return () => {
    begin();
    try {
      result.value = form.attempt();
    } catch (error) {
      throw explain(error);
    }
    if (result.value === REJECTED) return REJECTED;
    if (isWeighted) result.logWeight = form.weight();
    return result;
  };
}
