/** Specialisation: samplers. The common ones become arithmetic on the draws; the checks of their parameters stay where parameters vary. */
import { FAMILIES } from '../distributions/index.ts';
import { samplerName } from '../library/probability.ts';
import { isNumericFunction } from '../numeric.ts';
import { mark } from '../print/positions.ts';
import { bind, type Emitter, emit, freshName, joinTypes, libraryName, lift, named, pure } from './emitter.ts';
import { constant, nameOf, truth, typeOf, Unspecialisable, type Value } from './values.ts';

const SAMPLERS: ReadonlyMap<string, string> = new Map(FAMILIES.map((family) => [samplerName(family), family.name]));
const MAKERS = new Set(FAMILIES.map((family) => family.name));
const OTHERS = new Set(['sample', 'flip', 'uniformDraw', 'gaussianDrift', 'uniformDrift', 'dirichletDrift']);

/** Whether the library function draws or makes a distribution. */
export const isDraw = (name: string): boolean => SAMPLERS.has(name) || MAKERS.has(name) || OTHERS.has(name);

/** The field `name` of a record argument, or the argument in that position. */
function parameter(args: readonly Value[], name: string, position: number): Value | undefined {
  const [only] = args;
  if (args.length === 1 && only.kind === 'record') return only.fields.get(name);
  return args[position];
}

export function callDraw(emitter: Emitter, name: string, args: readonly Value[]): Value {
  if (MAKERS.has(name)) return { kind: 'distribution', name, args, at: emitter.at };
  if (emitter.isTop) throw new Unspecialisable('a draw at the top');
  if (name === 'sample') {
    const [distribution] = args;
    if (distribution?.kind !== 'distribution' || args.length !== 1)
      throw new Unspecialisable('sample of an unknown distribution');
    // A fault of the parameters is placed where they stand.
    emitter.at = distribution.at;
    const family = FAMILIES.find((candidate) => candidate.name === distribution.name);
    return family && family.name !== 'Delta' && family.name !== 'Marginal'
      ? callDraw(emitter, samplerName(family), distribution.args)
      : general(emitter, 'sample', args);
  }
  const fast = FAST[name]?.(emitter, args);
  return fast ?? general(emitter, name, args);
}

/** The library's own sampler. */
const general = (emitter: Emitter, name: string, args: readonly Value[]): Value =>
  bind(
    emitter,
    `${mark(emitter.at)}${libraryName(emitter, name)}(${args.map((arg) => lift(emitter, arg)).join(', ')})`,
    isNumericFunction(name) ? 'number' : 'unknown',
  );

const isNumber = (value: Value | undefined): value is Value => value !== undefined && typeOf(value) === 'number';
const numberOf = (value: Value): number | undefined =>
  value.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined;

/** A line that lets the library complain where a check fails. */
function guard(emitter: Emitter, checks: readonly string[], name: string, args: readonly Value[]): void {
  if (checks.length === 0) return;
  const isFine = named(emitter, pure(emitter, `(${checks.join(' && ')})`, 'boolean', args));
  emit(
    emitter,
    `if (!${lift(emitter, isFine)}) ${mark(emitter.at)}${libraryName(emitter, name)}(${args.map((arg) => lift(emitter, arg)).join(', ')});`,
  );
}

/** The check that a value is finite, unless it is known to be. Undefined where it is known not to be. */
function finite(emitter: Emitter, value: Value): string[] | undefined {
  const given = numberOf(value);
  if (given !== undefined) return Number.isFinite(given) ? [] : undefined;
  if (value.kind === 'code' && value.isFinite) return [];
  const text = lift(emitter, value);
  return [`${text} - ${text} === 0`];
}

function drawGaussian(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const [mu, sigma] = [parameter(args, 'mu', 0), parameter(args, 'sigma', 1)];
  if (!isNumber(mu) || !isNumber(sigma)) return undefined;
  const [location, scale] = [finite(emitter, mu), finite(emitter, sigma)];
  const given = numberOf(sigma);
  if (!location || !scale || (given !== undefined && given <= 0)) return undefined;
  guard(
    emitter,
    [...location, ...scale, ...(given === undefined ? [`${lift(emitter, sigma)} > 0`] : [])],
    'gaussian',
    args,
  );
  return bind(emitter, `${lift(emitter, mu)} + ${lift(emitter, sigma)} * $n()`, 'number');
}

function drawUniform(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const [a, b] = [parameter(args, 'a', 0), parameter(args, 'b', 1)];
  if (!isNumber(a) || !isNumber(b)) return undefined;
  const [low, high] = [numberOf(a), numberOf(b)];
  if (low !== undefined && high !== undefined)
    return low < high && high - low < Infinity
      ? bind(emitter, low === 0 && high === 1 ? '$u()' : `${lift(emitter, a)} + ${high - low} * $u()`, 'number')
      : undefined;
  const [x, y] = [lift(emitter, a), lift(emitter, b)];
  guard(emitter, [`${x} < ${y}`, `${y} - ${x} < Infinity`], 'uniform', args);
  return bind(emitter, `${x} + (${y} - ${x}) * $u()`, 'number');
}

function drawFlip(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const p = args.length === 0 ? constant(0.5) : parameter(args, 'p', 0);
  if (!isNumber(p)) return undefined;
  const given = numberOf(p);
  if (given !== undefined && !(given >= 0 && given <= 1)) return undefined;
  const text = lift(emitter, p);
  if (given === undefined) guard(emitter, [`${text} >= 0`, `${text} <= 1`], 'flip', args);
  return bind(emitter, `$u() < ${text}`, 'boolean');
}

/** One of `vs` by weights; the same sums in the same order as the library's. */
function drawCategorical(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const [ps, vs] = [parameter(args, 'ps', 0), parameter(args, 'vs', 1)];
  if (
    vs?.kind !== 'list' ||
    vs.items.length === 0 ||
    vs.items.some((item) => truth(item) === undefined && typeOf(item) === 'unknown')
  )
    return undefined;
  if (ps?.kind !== 'list' || ps.items.length !== vs.items.length || !ps.items.every(isNumber)) return undefined;
  const weights = ps.items.map((p) => lift(emitter, p));
  const given = ps.items.map(numberOf);
  const isKnown = given.every((p) => p !== undefined);
  const sum = given.reduce<number>((total, p) => total + (p ?? 0), 0);
  // The last index that has weight takes what rounding leaves; without knowing the weights the library decides.
  if (isKnown && !(given.every((p) => (p ?? -1) >= 0) && sum > 0 && sum < Infinity && given.at(-1) !== 0))
    return undefined;
  const total = isKnown
    ? String(sum)
    : lift(
        emitter,
        named(
          emitter,
          pure(
            emitter,
            weights.slice(1).reduce((text, weight) => `(${text} + ${weight})`, weights[0]),
            'number',
            ps.items,
          ),
        ),
      );
  if (!isKnown)
    guard(
      emitter,
      [...weights.slice(0, -1).map((weight) => `${weight} >= 0`), `${weights.at(-1)} > 0`, `${total} < Infinity`],
      'categorical',
      args,
    );
  const left = freshName(emitter, 'x');
  emit(emitter, `let ${left} = $u() * ${total};`);
  return pickByWeight(emitter, vs.items, weights, left);
}

function pickByWeight(emitter: Emitter, values: readonly Value[], weights: readonly string[], left: string): Value {
  const isPrimitive = values.every((value) => value.kind === 'constant' || value.kind === 'code');
  const type = values.reduce((whole, value) => (typeOf(value) === whole ? whole : 'unknown'), typeOf(values[0]));
  const texts = values.map((value, i) => (isPrimitive ? lift(emitter, value) : String(i)));
  const chosen = texts
    .slice(0, -1)
    .reduceRight((rest, text, i) => `(${left} -= ${weights[i]}) < 0 ? ${text} : ${rest}`, texts[texts.length - 1]);
  const isAlwaysFinite = values.every((value) => value.kind === 'constant' && Number.isFinite(value.value));
  if (isPrimitive) return { ...bind(emitter, chosen, type), isFinite: isAlwaysFinite };
  return bind(emitter, `[${values.map((value) => lift(emitter, value)).join(', ')}][${chosen}]`, 'unknown');
}

function drawInteger(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const n = parameter(args, 'n', 0);
  const given = n && numberOf(n);
  if (given === undefined || !Number.isInteger(given) || given < 1 || given > 2 ** 31) return undefined;
  return bind(emitter, `$i(${given})`, 'number');
}

function drawOneOf(emitter: Emitter, args: readonly Value[]): Value | undefined {
  const [only] = args;
  const vs = only?.kind === 'record' ? only.fields.get('vs') : only;
  if (vs?.kind !== 'list' || vs.items.length === 0) return undefined;
  const index = bind(emitter, `$i(${vs.items.length})`, 'number');
  const type = vs.items.reduce(
    (whole, item) => joinTypes(item, { ...nameOf('', whole, emitter.top) }),
    typeOf(vs.items[0]),
  );
  return bind(emitter, `${lift(emitter, vs)}[${index.text}]`, type);
}

const FAST: Readonly<Record<string, ((emitter: Emitter, args: readonly Value[]) => Value | undefined) | undefined>> = {
  gaussian: drawGaussian,
  uniform: drawUniform,
  flip: drawFlip,
  bernoulli: drawFlip,
  categorical: drawCategorical,
  randomInteger: drawInteger,
  uniformDraw: drawOneOf,
};
