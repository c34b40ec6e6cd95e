/**
 * Specialises a program to one way of running it (rejection, importance weights, or the prior): the whole run becomes one function in which
 * known players, teams and events are gone, memoised draws are variables computed where they are first needed, and a run that is ruled
 * out ends by a plain return. Draws and arithmetic stay in the order of the general form, so both give the same numbers.
 * **Source:** N. Jones, C. Gomard, P. Sestoft, Partial evaluation and automatic program generation (1993).
 */
import { type GeneratedCode, takeMarks } from '../print/positions.ts';
import { printText } from '../print/printProgram.ts';
import type { Entry } from '../transforms/findEntry.ts';
import { callFunction } from './calls.ts';
import { createEmitter, type Emitter, emit, lift, linesText, type SpecialisedMode } from './emitter.ts';
import { evaluate, evaluateStatements } from './evaluate.ts';
import { constant, type Environment, Unspecialisable, type Value } from './values.ts';

/**
 * A function expression `($functions, $methods, $, $draws, $rejected, $logProb) => {attempt, weight}`: `attempt()` gives the value of one run
 * or `$rejected`; `weight()` the log weight of the last.
 */
export type SpecialisedProgram = GeneratedCode;

function evaluateProgram(emitter: Emitter, entry: Entry): Value {
  const environment: Environment = { names: new Map(), parent: undefined };
  if (!entry.body) {
    emitter.block = emitter.run;
    emitter.isTop = false;
    evaluateStatements(emitter, entry.top, environment);
    return entry.value ? evaluate(emitter, entry.value, environment) : constant(undefined);
  }
  evaluateStatements(emitter, entry.top, environment);
  const body = evaluate(emitter, entry.body, environment);
  emitter.block = emitter.run;
  emitter.isTop = false;
  return callFunction(emitter, body, []);
}

/** The declarations around the run: library names, constants, tables of memoised results. */
function preamble(emitter: Emitter): string[] {
  const tables = emitter.classes.map(({ id, low, high, type, reads, isOncePerKey }) => {
    if (reads === 1 && isOncePerKey) return undefined;
    const size = high - low + 1;
    return `const t${id} = ${type === 'number' ? `new $.Numbers(${size})` : `new $.Values(${size})`}, u${id} = new $.Numbers(${size});`;
  });
  return [
    `const $m = new $.Numbers(${emitter.cells});`,
    ...[...emitter.libraryNames].map(([name, local]) => `const ${local} = $functions[${printText(name)}];`),
    ...[...emitter.methodNames].map(([name, local]) => `const ${local} = $methods.get(${printText(name)});`),
    ...[...emitter.constants].map(([text, name]) => `const ${name} = ${text};`),
    ...tables.filter((line) => line !== undefined),
  ];
}

/** The specialised form of a program for `mode`, or undefined where it is beyond the specialiser. */
export function specialise(entry: Entry, mode: SpecialisedMode): SpecialisedProgram | undefined {
  const emitter = createEmitter(mode);
  try {
    const value = evaluateProgram(emitter, entry);
    emit(emitter, `return ${returned(emitter, value)};`);
    // Printed before the preamble, which declares what the lines turn out to use.
    const top = linesText(emitter.top.lines);
    const run = linesText(emitter.run.lines);
    const slots = linesText(emitter.slots);
    const draw =
      mode === 'walks'
        ? '$logU = $begin();'
        : mode === 'rejection' && emitter.hasSoftEvidence
          ? '$logU = Math.log($u());'
          : '';
    const lines = [
      '(function ($functions, $methods, $, $draws, $rejected, $logProb) {',
      '"use strict";',
      'const $u = $draws.uniform, $n = $draws.gaussian, $i = $draws.integer, $add = $.add;',
      ...(mode === 'walks' ? ['const $begin = $draws.begin, $settle = $draws.settle;'] : []),
      'let $run = 0, $w = 0, $logU = 0;',
      ...preamble(emitter),
      top,
      ...emitter.functions,
      'function attempt() {',
      `$run++; $w = 0; ${draw}`,
      slots,
      run,
      '}',
      'return {attempt: attempt, weight: function () { return $w; }};',
      '})',
    ];
    return takeMarks(lines.join('\n'));
  } catch (error) {
    if (error instanceof Unspecialisable || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What a run returns: a record made anew, so that a run may keep it. */
function returned(emitter: Emitter, value: Value): string {
  if (value.kind === 'record')
    return `{${[...value.fields].map(([name, field]) => `${printText(name)}: ${lift(emitter, field)}`).join(', ')}}`;
  return lift(emitter, value);
}
