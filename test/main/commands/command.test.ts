/** Parsing of a command's flags. */
import { describe, expect, it } from 'vitest';
import { defineCommand, parseCommand } from '../../../main/commands/command.ts';

const command = defineCommand({
  name: 'toy',
  summary: 'A toy.',
  positionals: ['FILE'],
  options: {
    seed: { type: 'number', integer: true, description: '' },
    precision: { type: 'number', min: 0, description: '' },
    method: { type: 'string', choices: ['auto', 'mh'], description: '' },
    answers: { type: 'strings', description: '' },
    json: { type: 'boolean', description: '' },
  },
  run: async () => {},
});
const parse = (...args: string[]) => parseCommand(command, args);

describe('parseCommand', () => {
  it('gives typed values and positionals', () => {
    const { values, positionals } = parse(
      'a.wppl',
      '--seed',
      '-3',
      '--method=mh',
      '--answers',
      'x',
      '--answers',
      'y',
      '--json',
    );
    expect(values).toEqual({ seed: -3, precision: undefined, method: 'mh', answers: ['x', 'y'], json: true });
    expect(positionals).toEqual(['a.wppl']);
  });

  it.each([
    [['a', '--sed', '1'], 'toy: unknown flag --sed', 'did you mean --seed?'],
    [['a', '--wholly-other'], 'toy: unknown flag --wholly-other', 'credence toy --help lists the flags'],
    [['a', '--seed', '1.5'], '--seed: expected a whole number, received "1.5"', undefined],
    [['a', '--seed', ''], '--seed: expected a whole number, received ""', undefined],
    [['a', '--precision=-1'], '--precision: expected a number of at least 0, received "-1"', undefined],
    [['a', '--method', 'atuo'], '--method: expected one of auto, mh, received "atuo"', 'did you mean auto?'],
    [[], 'toy: expected FILE, received nothing', 'credence toy --help'],
    [['a', 'b'], 'toy: unexpected argument "b"', 'credence toy --help'],
  ])('refuses %j', (args, message, hint) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ name: 'UserError', message, hint }));
  });

  it('takes what follows -- as positionals', () => {
    expect(parse('--', '--seed').positionals).toEqual(['--seed']);
  });
});
