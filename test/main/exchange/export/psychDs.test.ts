/** Psych-DS: the export keeps every rule of the published schema, and the check of them finds what breaks one. */
import { appendFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { scratchFolder } from '../../../scratch.ts';
import type { Lab } from '../../store/openLab.ts';
import { psychDsFaults } from './psychDsRules.ts';
import { openVariedLab } from './variedLab.ts';

let lab: Lab;
let folder: string;
beforeAll(async () => {
  lab = await openVariedLab();
});
afterAll(() => lab.remove());
beforeEach(async () => {
  folder = join(scratchFolder(), 'dataset');
  await lab.host.exportSession({
    format: 'psych-ds',
    dialect: 'plain',
    extras: ['identities', 'texts', 'times'],
    out: folder,
  });
});

describe('a Psych-DS export', () => {
  it('breaks none of the published rules, whatever people typed', () => {
    expect(psychDsFaults(folder)).toEqual([]);
    expect(readdirSync(join(folder, 'data')).sort()).toContain('study-rowing_description-responseslong_data.csv');
  });

  it.each<[string, RegExp, () => void]>([
    [
      'a column nobody described',
      /CSV_COLUMN_MISSING_FROM_METADATA extra/,
      () => writeFileSync(join(folder, 'data', 'study-x_data.csv'), 'extra\n1\n'),
    ],
    [
      'a file name of another form',
      /FILENAME_KEYWORD_FORMATTING_ERROR/,
      () =>
        renameSync(
          join(folder, 'data', 'study-rowing_description-participants_data.csv'),
          join(folder, 'data', 'study-my-study_data.csv'),
        ),
    ],
    [
      'a row cut short',
      /CSV_/,
      () => appendFileSync(join(folder, 'data', 'study-rowing_description-participants_data.csv'), '"x"\n'),
    ],
    [
      'a variable in no table',
      /VARIABLE_MISSING_FROM_CSV_COLUMNS/,
      () => rmSync(join(folder, 'data', 'study-rowing_description-participants_data.csv')),
    ],
    ['a file nobody knows', /FILE_NOT_CHECKED notes.txt/, () => writeFileSync(join(folder, 'notes.txt'), 'remember\n')],
    ['an ignore file of one name alone', /FILE_NOT_CHECKED export.json/, () => rmSync(join(folder, '.psychdsignore'))],
    [
      'a table that says nothing of its columns',
      /CSV_COLUMN_MISSING_FROM_METADATA/,
      () => {
        const file = join(folder, 'data', 'study-rowing_description-participants_data.json');
        writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), variableMeasured: [] }));
      },
    ],
    [
      'another type of thing',
      /INCORRECT_DATASET_TYPE/,
      () => {
        const file = join(folder, 'dataset_description.json');
        writeFileSync(file, readFileSync(file, 'utf8').replace('"Dataset"', '"Book"'));
      },
    ],
  ])('with %s is found wrong', (_, fault, spoil) => {
    spoil();
    expect(psychDsFaults(folder).join('\n')).toMatch(fault);
  });
});
