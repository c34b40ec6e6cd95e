/** Specialisation: condition, factor and observe. All of a run is one function here, so a run is given up by a plain return. */
import { mark } from '../print/positions.ts';
import { type Emitter, emit, libraryName, lift, named } from './emitter.ts';
import { constant, truth, typeOf, Unspecialisable, type Value } from './values.ts';

const EVIDENCE = new Set(['condition', 'factor', 'observe']);

export const isEvidence = (name: string): boolean => EVIDENCE.has(name);

export function callEvidence(emitter: Emitter, name: string, args: readonly Value[]): Value {
  if (emitter.isTop) throw new Unspecialisable(`${name} at the top`);
  emitter.ties++;
  if (name === 'condition') condition(emitter, args[0] ?? constant(undefined));
  else if (name === 'factor') factor(emitter, args[0] ?? constant(undefined));
  else {
    const value = observe(emitter, args);
    settle(emitter);
    return value;
  }
  settle(emitter);
  return constant(undefined);
}

/** Behind the last evidence, where it stands in the run's own block, the draws decide whether the run goes on. */
function settle(emitter: Emitter): void {
  if (emitter.mode !== 'walks') return;
  const number = ++emitter.evidence;
  if (emitter.block !== emitter.run) return;
  emit(emitter, () => (number === emitter.evidence ? 'if ($settle($w)) return $rejected;' : undefined));
}

function condition(emitter: Emitter, value: Value): void {
  if (emitter.mode === 'forward') return;
  const isTrue = truth(value);
  if (isTrue === true) return;
  // These runs are also those of the prior, where nothing is ruled out.
  const counts = emitter.mode === 'walks' ? '$logU > -Infinity && ' : '';
  emit(emitter, `if (${counts}${isTrue === false ? 'true' : `!${lift(emitter, value)}`}) return $rejected;`);
}

function factor(emitter: Emitter, value: Value): void {
  const given = named(emitter, value);
  const text = lift(emitter, given);
  const complain = `${mark(emitter.at)}${libraryName(emitter, 'factor')}(${text});`;
  // In every mode a factor that is no number, or +Infinity, is the library's to refuse.
  emit(
    emitter,
    typeOf(given) === 'number'
      ? `if (!(${text} < Infinity)) ${complain}`
      : `if (typeof ${text} !== "number" || !(${text} < Infinity)) ${complain}`,
  );
  if (emitter.mode === 'forward') return;
  emitter.hasSoftEvidence = true;
  if (emitter.mode === 'importance') {
    emit(emitter, `$w += ${text};`);
    emit(emitter, 'if ($w === -Infinity) return $rejected;');
    return;
  }
  emit(emitter, `if (${text} > 0) ${complain}`);
  emit(emitter, `$w += ${text};`);
  emit(emitter, 'if ($w < $logU) return $rejected;');
}

function observe(emitter: Emitter, args: readonly Value[]): Value {
  const [distribution, value] = args;
  if (
    distribution?.kind !== 'distribution' ||
    value === undefined ||
    (value.kind === 'constant' && value.value === undefined)
  )
    throw new Unspecialisable('observe of an unknown distribution');
  const text = `$logProb(${lift(emitter, distribution)}, ${lift(emitter, value)})`;
  factor(emitter, {
    kind: 'code',
    text: `${mark(emitter.at)}${text}`,
    type: 'number',
    isName: false,
    home: emitter.block,
  });
  return value;
}
