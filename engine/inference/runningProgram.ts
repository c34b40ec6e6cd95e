/** A compiled program made runnable: its code loaded and linked with a runtime, and its faults turned into errors that name the place. */
import { InternalError, UserError } from '../../shared/errors.ts';
import type { CompiledProgram } from '../program/compile.ts';
import { createDraws } from '../program/draws.ts';
import { ProgramFault } from '../program/fault.ts';
import { createLibrary } from '../program/library/index.ts';
import { type GeneratedCode, offsetAt } from '../program/print/positions.ts';
import { beginRun, createRuntime, type Runtime } from '../program/runtime.ts';
import { faultAt, locate } from '../program/sourceText.ts';
import type { ProgramHost } from './host.ts';
import { createTracer, type PlaceTracer } from './tracer.ts';

export type RunningProgram = {
  readonly program: CompiledProgram;
  readonly runtime: Runtime;
  readonly code: GeneratedCode;
  /** One run: the program's value. Throws what the handler throws to end a run, or a fault. */
  readonly body: () => unknown;
  /** Starts another run: full budgets, nothing memoised. */
  readonly begin: () => void;
  /** The error the user sees for what a run threw. */
  readonly explain: (error: unknown) => Error;
  /** Where choices are, when the program was started with addresses. */
  readonly tracer: PlaceTracer | undefined;
};

/** What stack frames of generated code are named by. */
export const PROGRAM_LABEL = 'credence-program';

/** The source offset of the innermost frame of generated code on the stack of `error`. */
export function offsetOnStack(error: Error, code: GeneratedCode): number | undefined {
  const frame = new RegExp(`${PROGRAM_LABEL}:(\\d+):(\\d+)`).exec(error.stack ?? '');
  return frame ? offsetAt(code, Number(frame[1]), Number(frame[2])) : undefined;
}

/** What the language's own errors mean to the writer of a program. Their text is not passed on: it names generated code. */
function meaningOf(error: Error): { message: string; hint?: string } | undefined {
  if (error instanceof RangeError)
    return /call stack/i.test(error.message)
      ? {
          message: 'calls are nested too deeply',
          hint: 'Is there a recursion without end? Use map, repeat or reduce over long lists.',
        }
      : { message: 'a number is out of range, or data is too long' };
  if (!(error instanceof TypeError)) return undefined;
  if (/is not a function/.test(error.message))
    return { message: 'this is called but is no function', hint: 'Is a name misspelt, or a property missing?' };
  if (/undefined|null/.test(error.message))
    return {
      message: 'a property is taken of undefined or null',
      hint: 'Is an argument missing, or an index too large?',
    };
  return { message: 'this operation does not work on these values' };
}

/** The error the user sees for `error`, thrown by code printed as `code`. */
export function explainFault(program: CompiledProgram, code: GeneratedCode, error: unknown): Error {
  if (error instanceof UserError || error instanceof InternalError) return error;
  if (!(error instanceof Error)) return new InternalError('a run ended by something that is no error');
  const offset = error instanceof ProgramFault && error.at !== undefined ? error.at : offsetOnStack(error, code);
  const meaning =
    error instanceof ProgramFault
      ? { message: error.message, hint: error.hint }
      : offset === undefined && !(error instanceof RangeError)
        ? undefined
        : meaningOf(error);
  if (!meaning) return new InternalError(`${error.name}: ${error.message}`, error);
  // A fault outside the code is one of the value that the model returned.
  return faultAt(program.source, offset ?? program.answerAt ?? 0, `program: ${meaning.message}`, meaning.hint);
}

/** `line:column` of `offset` for a warning. */
export function lineAndColumn(program: CompiledProgram, offset: number): string {
  const { line, column } = locate(program.source, offset);
  return `${line}:${column}`;
}

type Factory = (functions: unknown, methods: unknown, operators: unknown, tracer: unknown, tape: unknown) => unknown;

/** Loads `program` in the form asked for. The top of the program runs here. Throws UserError where it fails. */
export function startProgram(
  program: CompiledProgram,
  host: ProgramHost,
  form: { readonly hasAddresses: boolean },
): RunningProgram {
  const hasAddresses = form.hasAddresses || program.hasNestedInference;
  const tracer = hasAddresses ? createTracer() : undefined;
  const code = program.print({ hasAddresses, isDifferentiable: false });
  const runtime = createRuntime(createDraws());
  runtime.tracer = tracer;
  const library = createLibrary(runtime);
  const explain = (error: unknown): Error => explainFault(program, code, error);
  const factory = host.load(code.text, PROGRAM_LABEL) as Factory;
  let body: unknown;
  try {
    body = factory(library.functions, library.methods, library.operators, runtime.tracer, undefined);
  } catch (error) {
    throw explain(error);
  }
  if (typeof body !== 'function')
    throw faultAt(
      program.source,
      program.entry.body?.at ?? 0,
      'program: the model is no function',
      'Write var model = function () {…; return …}.',
    );
  return { program, runtime, code, body: body as () => unknown, begin: () => beginRun(runtime), explain, tracer };
}
