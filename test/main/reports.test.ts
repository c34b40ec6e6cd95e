/** Reports in a workspace: kept whole or not at all, listed newest first, read by id only. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addReport, listReports, readReport } from '../../main/reports.ts';
import { sampleReport } from '../engine/figures/sampleReport.ts';
import { FAST_PLACE } from './store/openLab.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(FAST_PLACE, 'reports-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const report = sampleReport();

describe('a report', () => {
  it('is kept with its page under its id and read back the same', () => {
    const page = addReport(folder, report, '<p>page</p>');
    expect(page).toBe(join(folder, report.id, 'report.html'));
    expect(readFileSync(page, 'utf8')).toBe('<p>page</p>');
    expect(readReport(folder, report.id)).toEqual(report);
    expect(readdirSync(folder)).toEqual([report.id]);
  });

  it('is replaced by one of the same id', () => {
    addReport(folder, report, 'one');
    addReport(folder, { ...report, title: 'Second' }, 'two');
    expect(listReports(folder).map(({ title }) => title)).toEqual(['Second']);
  });

  it('is listed by its heading, newest first', () => {
    addReport(folder, { ...report, id: 'a', createdAt: '2026-01-01T00:00:00.000Z' }, '');
    addReport(folder, { ...report, id: 'b', createdAt: '2026-03-01T00:00:00.000Z' }, '');
    mkdirSync(join(folder, '.partial-c'));
    writeFileSync(join(folder, '.partial-c', 'report.json'), '{');
    expect(listReports(folder).map(({ id }) => id)).toEqual(['b', 'a']);
    expect(Object.keys(listReports(folder)[0]).sort()).toEqual(['createdAt', 'id', 'seed', 'study', 'title']);
  });

  it('that does not fit its schema is not kept', () => {
    expect(() => addReport(folder, { ...report, id: '../x' }, '')).toThrow(/^report \.\.\/x: id: /);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(join(folder, '..', 'x'))).toBe(false);
  });

  it.each(['../etc', 'none', '', 'A'])('is not read by the id "%s"', (id) => {
    expect(() => readReport(folder, id)).toThrow(`no report ${id}`);
  });

  it('that was damaged is refused by its file', () => {
    addReport(folder, report, '');
    writeFileSync(join(folder, report.id, 'report.json'), '{"formatVersion":2}');
    expect(() => readReport(folder, report.id)).toThrow(`${join(folder, report.id, 'report.json')}: formatVersion: `);
  });
});
