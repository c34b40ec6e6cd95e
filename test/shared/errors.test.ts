/** Errors as text and as data. */
import { describe, expect, it } from 'vitest';
import {
  CancelledError,
  errorFromData,
  errorToData,
  formatError,
  InternalError,
  UserError,
} from '../../shared/errors.ts';

describe('formatError', () => {
  it('shows message, place, the line with a caret, and the hint', () => {
    const error = new UserError('infer: unbound name "gausian"', {
      hint: 'did you mean gaussian?',
      location: { file: 'coin.wppl', line: 2, column: 9, excerpt: 'var x = gausian(0, 1);' },
    });
    expect(formatError(error)).toBe(
      'infer: unbound name "gausian" (coin.wppl:2:9)\n  var x = gausian(0, 1);\n          ^\nhint: did you mean gaussian?',
    );
  });

  it('does not repeat a place the message already names', () => {
    expect(formatError(new UserError('no file coin.wppl', { location: { file: 'coin.wppl' } }))).toBe(
      'no file coin.wppl',
    );
  });

  it('places errors inside data files by path', () => {
    const error = new UserError('expected a number', { location: { file: 'study.json', path: 'items[3].seed' } });
    expect(formatError(error)).toBe('expected a number (study.json items[3].seed)');
  });
});

describe('errors across a process boundary', () => {
  it('come back as the same kind, with the operation in front', () => {
    const original = new UserError('bad', { hint: 'mend it', location: { file: 'a', line: 1 } });
    const rebuilt = errorFromData(JSON.parse(JSON.stringify(errorToData(original))), 'infer');
    expect(rebuilt).toBeInstanceOf(UserError);
    expect(rebuilt).toMatchObject({ message: 'infer: bad', hint: 'mend it', location: { file: 'a', line: 1 } });
  });

  it('treat anything unknown as internal', () => {
    const rebuilt = errorFromData(errorToData(new TypeError('x is undefined')));
    expect(rebuilt).toBeInstanceOf(InternalError);
    expect(rebuilt.message).toBe('internal: x is undefined');
    expect(errorFromData(errorToData(new InternalError('x'))).message).toBe('internal: x');
  });

  it('keep a cancellation a cancellation', () => {
    expect(errorFromData(errorToData(new CancelledError('train')))).toMatchObject({
      name: 'CancelledError',
      message: 'train: cancelled',
    });
  });
});
