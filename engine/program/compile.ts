/** Source text to a CompiledProgram: the order of the transforms. Nothing here runs a program. */
import type { ErrorLocation } from '../../shared/errors.ts';
import { convertBlock, type GateState } from './gate.ts';
import { libraryNames } from './library/index.ts';
import { parse } from './parse.ts';
import type { GeneratedCode } from './print/positions.ts';
import { type PrintOptions, printProgram } from './print/printProgram.ts';
import { createScope } from './scope.ts';
import { locate, type SourceText } from './sourceText.ts';
import type { SpecialisedMode } from './specialise/emitter.ts';
import { specialise } from './specialise/specialise.ts';
import { answerAt, functionBehind } from './transforms/findAnswer.ts';
import { type Entry, findEntry } from './transforms/findEntry.ts';
import { findSlips } from './transforms/findSlips.ts';
import { markRecursive } from './transforms/markRecursive.ts';

export type CompiledProgram = {
  readonly source: SourceText;
  readonly entry: Entry;
  /** What is wrong without being an error, one sentence each with its place. */
  readonly warnings: readonly string[];
  /** The code in one of its forms. */
  readonly print: (form: Omit<PrintOptions, 'methods'>) => GeneratedCode;
  /** Whether the program calls Infer inside, whose runs then need addresses. */
  readonly hasNestedInference: boolean;
  /** Whether factor or observe may weigh a run, so that rejection needs a draw to compare with. */
  readonly hasSoftEvidence: boolean;
  /** Offset of the first hard condition. */
  readonly conditionAt: number | undefined;
  /** Offset of what the model returns: the place of a fault in its value. */
  readonly answerAt: number | undefined;
  readonly placeOf: (offset: number) => ErrorLocation;
  /** The form made for one way of running, or undefined where the program is beyond that. */
  readonly specialise: (mode: SpecialisedMode) => GeneratedCode | undefined;
};

/** The gate's tree of `source` with what the gate noted. Throws UserError with place and hint. */
function readProgram(source: SourceText, functions: ReadonlySet<string>) {
  const state: GateState = {
    source,
    libraryNames: functions,
    scope: createScope(undefined, 0),
    level: 0,
    nodes: 0,
    depth: 0,
    sites: 0,
    bindings: [],
    functions: [],
    declaring: [],
    references: new Map(),
    inferenceCalls: 0,
    hasSoftEvidence: false,
    conditionAt: undefined,
  };
  const statements = convertBlock(state, parse(source).body);
  return { state, statements };
}

/**
 * Compiles a program of the WebPPL subset. Throws UserError with file, line, column and hint where the text is no program of the
 * language. `file` is only named in messages.
 */
export function compile(text: string, { file }: { readonly file?: string } = {}): CompiledProgram {
  const source: SourceText = { text, file };
  const { functions, methods } = libraryNames();
  const { state, statements } = readProgram(source, functions);
  markRecursive(state.functions, state.references);
  const entry = findEntry(source, statements);
  const model = entry.body && functionBehind(entry.body);
  return {
    source,
    entry,
    warnings: findSlips(source, statements, entry.body),
    print: (form) => printProgram(entry, { ...form, methods }),
    hasSoftEvidence: state.hasSoftEvidence,
    conditionAt: state.conditionAt,
    answerAt: model ? answerAt(model) : entry.value?.at,
    placeOf: (offset) => locate(source, offset),
    specialise: (mode) => specialise(entry, mode),
    hasNestedInference: state.inferenceCalls > (entry.isInferred ? 1 : 0),
  };
}
