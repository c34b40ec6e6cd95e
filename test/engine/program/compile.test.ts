import { describe, expect, test } from 'vitest';
import { compile } from '../../../engine/program/compile.ts';
import { formatError, UserError } from '../../../shared/errors.ts';

/** The error of compiling `text`. */
function refusal(text: string): UserError {
  try {
    compile(text, { file: 'p.wppl' });
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it compiled');
}

describe('diagnoses what published programs get wrong', () => {
  test('a missing comma between properties', () => {
    const error = refusal('var model = function () {\n  var m = {id: 1 wind: 0};\n  return 1;\n};');
    expect(error.message).toBe('program: a comma is missing before "wind"');
    expect(error.location).toMatchObject({ file: 'p.wppl', line: 2, column: 17 });
  });
  test('a missing comma between array elements on two lines is shown where it is missing', () => {
    const error = refusal('var xs = [\n  {id: 1}\n  {id: 2}\n];\nxs');
    expect(error.message).toMatch(/a comma is missing before "\{"/);
    expect(error.location).toMatchObject({ line: 2, column: 10 });
  });
  test('an unbound name, with the closest bound one', () => {
    const error = refusal(
      'var strength = mem(function (p) { return gaussian(50, 10); });\nvar model = function () { return strenght("a"); };',
    );
    expect(error.message).toBe('program: strenght is not defined');
    expect(error.hint).toBe('did you mean strength?');
    expect(formatError(error)).toBe(
      'program: strenght is not defined (p.wppl:2:34)\n  var model = function () { return strenght("a"); };\n                                   ^\nhint: did you mean strength?',
    );
  });
  test('a name of WebPPL that is not supported, with what to use', () => {
    expect(refusal('var model = function () { return mapData({data: [1]}, idF); };').hint).toMatch(/map\(f, data\)/);
  });
  test('a destructuring function called with a string is warned of', () => {
    const { warnings } = compile(
      'var model = function () { var s = mem(function ({athlete}) { return gaussian(0, 1); }); return s("ann"); };',
      { file: 'p.wppl' },
    );
    expect(warnings[0]).toMatch(/p\.wppl:1:\d+: "ann" is passed where the function takes \{athlete\} out of an object/);
  });
  test('a bracket that is not closed, with the one that is missing', () => {
    const error = refusal('var model = function () {\n  condition(flip(0.5);\n  return 1;\n};');
    expect(error.message).toBe('program: unexpected ";"');
    expect(error.hint).toBe('Is a ) missing before it?');
    expect(error.location).toMatchObject({ line: 2, column: 22 });
  });
  test('a model without return is warned of', () => {
    const { warnings } = compile('var model = function () { var x = flip(0.5); };', { file: 'p.wppl' });
    expect(warnings[0]).toMatch(/p\.wppl:1:13: the model has no return/);
    expect(compile('var model = function () { if (flip(0.5)) { return 1; } else { return 2; } };').warnings).toEqual(
      [],
    );
  });
  test('a condition that can never hold is warned of', () => {
    expect(compile('var model = function () { condition(false); return 1; };').warnings[0]).toMatch(/can never hold/);
  });
});
